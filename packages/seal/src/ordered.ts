/**
 * Works on items side by side, up to `atOnce` of them, and gives the outcomes in the order of the items. An error of
 * the items or of the work ends it; work that is under way then is waited for.
 */
export async function* ordered<Item, Outcome>(
  items: AsyncIterable<Item>,
  work: (item: Item, index: number) => Promise<Outcome>,
  atOnce: number,
): AsyncGenerator<Outcome, void, void> {
  const underway: Promise<Outcome>[] = [];
  let index = 0;
  try {
    for await (const item of items) {
      const outcome = work(item, index++);
      // Whoever waits for it hears of its failure; until then nobody does.
      outcome.catch(() => undefined);
      underway.push(outcome);
      const first = underway.length === atOnce ? underway.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = underway.shift(); next; next = underway.shift()) yield await next;
  } finally {
    await Promise.allSettled(underway);
  }
}
