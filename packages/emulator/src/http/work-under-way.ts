import type { RouteHandlerMethod } from 'fastify';

/**
 * Requests that are being worked on. A handler goes on for a while after its connection is gone, and
 * the state must not be closed under it.
 */
export class WorkUnderWay {
  readonly #work = new Set<Promise<unknown>>();

  /** The same handler, known to this while it works. */
  watched(handler: RouteHandlerMethod): RouteHandlerMethod {
    const work = this.#work;
    return function (request, reply) {
      const answer: unknown = Reflect.apply(handler, this, [request, reply]);
      if (answer instanceof Promise) {
        const settled: Promise<unknown> = answer.then(
          () => work.delete(settled),
          () => work.delete(settled),
        );
        work.add(settled);
      }
      return answer;
    };
  }

  /** Settles when all is done, or after `mostMs`: nobody waits for ever for a handler that is stuck. */
  async ended(mostMs: number): Promise<void> {
    const { promise: patience, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, mostMs);
    await Promise.race([Promise.all(this.#work), patience]);
    clearTimeout(timer);
  }
}
