/** How many requests came in, by method and path pattern, such as `GET /folders/:id/items`. */
export type Counts = Record<string, number>;

/**
 * Counts requests to Box's API. The same call counts alike under each prefix and alias that Box has for it; the
 * emulator's own calls, under `/_emulator/`, do not count.
 */
export interface Counter {
  /** @param operation method and pattern */
  count(operation: string): void;
  /** As {@link count}, and it was told that this is not emulated. */
  countNotEmulated(operation: string): void;
  all(): Counts;
  notEmulated(): Counts;
  reset(): void;
}

export function requestCounter(): Counter {
  const counts = new Map<string, number>();
  const missing = new Map<string, number>();
  const add = (to: Map<string, number>, operation: string) => {
    if (!operation.includes(' /_emulator/')) to.set(operation, (to.get(operation) ?? 0) + 1);
  };
  return {
    count: (operation) => add(counts, operation),
    countNotEmulated(operation) {
      add(counts, operation);
      add(missing, operation);
    },
    all: () => sorted(counts),
    notEmulated: () => sorted(missing),
    reset() {
      counts.clear();
      missing.clear();
    },
  };
}

function sorted(counts: Map<string, number>): Counts {
  return Object.fromEntries([...counts].sort(([one], [other]) => (one < other ? -1 : 1)));
}
