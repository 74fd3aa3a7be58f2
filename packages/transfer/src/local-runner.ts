/** Does work in this process: several at once, each as soon as it is found. */
import { Slots } from './slots.ts';

/**
 * Takes items from `take` until there are none and does `work` on each, up to `concurrency` at once; with `slots`,
 * up to so many as they are, and more while work stands aside. Resolves when all that was begun has ended. The first
 * error of `take` or `work` keeps more from being begun and is thrown at the end; `onError` hears of it at once, to
 * stop what is in flight. Once `ending` fires nothing more is begun.
 */
export async function runAll<Item>(
  take: () => Promise<Item | undefined>,
  work: (item: Item) => Promise<void>,
  options: {
    concurrency: number;
    slots?: Slots;
    ending: AbortSignal;
    onError: (error: unknown) => void;
  },
): Promise<void> {
  const { ending, onError, slots = new Slots(options.concurrency) } = options;
  const errors: unknown[] = [];
  const workers: Promise<void>[] = [];
  const worker = async () => {
    try {
      while (errors.length === 0 && !ending.aborted && !slots.isCrowded) {
        const item = await take();
        if (item === undefined) return;
        await work(item);
      }
    } catch (error) {
      errors.push(error);
      if (errors.length === 1) onError(error);
    } finally {
      // At once: of several that find it crowded at the same time, only so many are to leave.
      slots.leave();
    }
  };
  slots.fill(() => void workers.push(worker()));
  // More can start while these are waited for.
  for (let next = 0; next < workers.length; next++) await workers[next];
  if (errors.length > 0) throw errors[0];
}
