/** Lines of those who wait, one for each key: first come, first served, and nobody waits for another line. */
export class Lines {
  /** The end of each line: who comes next waits for it. */
  readonly #ends = new Map<string, Promise<void>>();

  /**
   * Settles when all who came before have had their turn, also for those who gave up waiting.
   * @returns to be called when one's turn is over
   * @throws the signal's reason when it fires
   */
  async stand(key: string, signal: AbortSignal | undefined): Promise<() => void> {
    const before = this.#ends.get(key);
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#ends.set(key, promise);
    const leave = () => {
      if (this.#ends.get(key) === promise) this.#ends.delete(key);
      resolve();
    };
    if (!before) return leave;
    try {
      await abortable(before, signal);
      return leave;
    } catch (error) {
      void before.then(leave);
      throw error;
    }
  }
}

/** The same promise, given up on when the signal fires. */
export async function abortable<T>(
  promise: Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  if (!signal) return promise;
  signal.throwIfAborted();
  const gone = Promise.withResolvers<never>();
  const onAbort = () => gone.reject(signal.reason);
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    return await Promise.race([promise, gone.promise]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
