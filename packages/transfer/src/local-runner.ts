/** Does work in this process: several at once, each as soon as it is found. */

/**
 * Takes items from `take` until there are none and does `work` on each, up to `concurrency` at once.
 * Resolves when all that was begun has ended. The first error of `take` or `work` keeps more from being
 * begun and is thrown at the end; `onError` hears of it at once, to stop what is in flight. Once `ending`
 * fires nothing more is begun.
 */
export async function runAll<Item>(
  take: () => Promise<Item | undefined>,
  work: (item: Item) => Promise<void>,
  options: { concurrency: number; ending: AbortSignal; onError: (error: unknown) => void },
): Promise<void> {
  const errors: unknown[] = [];
  const worker = async () => {
    while (errors.length === 0 && !options.ending.aborted) {
      const item = await take();
      if (item === undefined) return;
      await work(item);
    }
  };
  const guarded = () =>
    worker().catch((error: unknown) => {
      errors.push(error);
      if (errors.length === 1) options.onError(error);
    });
  await Promise.all(Array.from({ length: options.concurrency }, guarded));
  if (errors.length > 0) throw errors[0];
}
