/** Servers that say nothing any more, without hanging up. */
import { TransferFailure } from '@boxhaul/transfer';

/** Who is silent for so long will stay it. */
export const SILENCE_MS = 60_000;

/** How long an answer is waited for. */
export interface Patience {
  /** @default 60 s */
  readonly withinMs?: number;
  /** Asking again would take too long, so that this is the end of it. @default false */
  readonly isLast?: boolean;
}

/**
 * An answer, unless it is not to be expected any more.
 * @param ask what it is given fires when it is to end
 * @throws `Error`: the server fell silent; of what is not asked again a {TransferFailure} `connection`
 */
export async function answered<T>(
  ask: (end: AbortSignal) => Promise<T>,
  signal: AbortSignal,
  { withinMs = SILENCE_MS, isLast = false }: Patience = {},
): Promise<T> {
  signal.throwIfAborted();
  const stop = new AbortController();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  const end = (reason: unknown) => {
    reject(reason);
    stop.abort(reason);
  };
  const abort = () => end(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  const words = noAnswerIn(withinMs);
  const timer = setTimeout(
    () => end(isLast ? new TransferFailure('connection', words) : new Error(words)),
    withinMs,
  );
  try {
    return await Promise.race([ended, ask(stop.signal)]);
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  }
}

/** What is to be said of a server that was waited for so long. */
export function noAnswerIn(ms: number): string {
  return `the server gave no answer in ${ms / 1000} s`;
}

/**
 * Bytes as they come, unless none come for too long. What the reader takes its time for does not count.
 * @param open what it is given fires when it is to end
 * @throws `Error`: the server fell silent
 */
export async function* unlessSilent(
  open: (end: AbortSignal) => AsyncIterable<Uint8Array>,
  signal: AbortSignal,
  silenceMs = SILENCE_MS,
): AsyncGenerator<Uint8Array, void, void> {
  const stop = new AbortController();
  const bytes = open(AbortSignal.any([signal, stop.signal]))[Symbol.asyncIterator]();
  const { promise: ended, reject } = Promise.withResolvers<never>();
  // Whoever reads on hears of it; between two reads nobody does.
  ended.catch(() => undefined);
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    for (;;) {
      const timer = setTimeout(() => reject(new Error('nothing came any more')), silenceMs);
      const { value, done } = await Promise.race([bytes.next(), ended]).finally(() =>
        clearTimeout(timer),
      );
      if (done) return;
      yield value;
    }
  } finally {
    signal.removeEventListener('abort', abort);
    stop.abort(new Error('nothing more is wanted'));
    // It ends by the signal; whoever waits for one that does not answer would wait for ever.
    bytes.return?.().catch(() => undefined);
  }
}
