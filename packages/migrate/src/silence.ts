/** Servers that say nothing any more, without hanging up. */

/** Who is silent for so long will stay it. */
const SILENCE_MS = 60_000;

/** Fires when nothing more is wanted, or when an answer is not to be expected any more. */
export function answeredSoon(signal: AbortSignal, withinMs = SILENCE_MS): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
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
