/**
 * Why `context.signal` has fired. Both are ordinary ends, so they carry no stack.
 */

/** Ctrl-C, or someone asked the process to end. */
export class Interrupted extends Error {
  constructor(signalName: string) {
    super(`interrupted (${signalName})`);
    this.name = 'Interrupted';
  }
}

/** The reader of stdout has gone away, as `head` does when it has seen enough. */
export class OutputClosed extends Error {
  constructor() {
    super('the reader of the output has gone away');
    this.name = 'OutputClosed';
  }
}

/** Wrappers such as npx pass a Ctrl-C on that has reached this process already: one press, two signals. */
const onePressMs = 250;

/** What a signal does: the first tells `controller`, one that comes later ends the process now. */
export function interrupter(
  controller: AbortController,
  { endNow, nowMs }: { readonly endNow: () => void; readonly nowMs: () => number },
): (signalName: string) => void {
  let firstAtMs: number | undefined;
  return (signalName) => {
    if (firstAtMs === undefined) {
      firstAtMs = nowMs();
      controller.abort(new Interrupted(signalName));
    } else if (nowMs() - firstAtMs > onePressMs) {
      endNow();
    }
  };
}
