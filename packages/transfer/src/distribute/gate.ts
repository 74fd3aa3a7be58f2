/**
 * What Box lets an account do in one of its folders. It is found out by the first that tries, while others wait: what
 * is refused once is refused to all of them, and costs one call however many files were to go there.
 */
import { type BoxClient, isBoxError } from '@boxhaul/client';

/** New items in a folder and new versions of those that are there are different rights. */
export type WriteRight = 'create' | 'version';

export class Gate {
  readonly #doors = new WeakMap<BoxClient, Record<WriteRight, Door>>();

  /**
   * Does what takes a right, if it is not known that the account has it not.
   * @throws what `work` throws; or the refusal that another met
   */
  pass<T>(client: BoxClient, right: WriteRight, work: () => Promise<T>): Promise<T> {
    const doors = this.#doors.get(client) ?? { create: new Door(), version: new Door() };
    this.#doors.set(client, doors);
    return doors[right].pass(work);
  }
}

class Door {
  #isOpen = false;
  #refusal: unknown;
  #trying: Promise<void> | undefined;

  async pass<T>(work: () => Promise<T>): Promise<T> {
    while (this.#trying && !this.#isOpen) await this.#trying;
    if (this.#refusal !== undefined) throw this.#refusal;
    if (this.#isOpen) return work();
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#trying = promise;
    try {
      const done = await work();
      this.#isOpen = true;
      return done;
    } catch (error) {
      if (isBoxError(error, 'access_denied_insufficient_permissions')) this.#refusal = error;
      throw error;
    } finally {
      this.#trying = undefined;
      resolve();
    }
  }
}
