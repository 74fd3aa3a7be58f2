/** What is asked of the target once for all items: who runs the migration, its groups, templates and classifications. */
import {
  type BoxClient,
  type BoxMetadataTemplate,
  isBoxError,
  type NewMetadataTemplate,
} from '@boxhaul/client';

/** What of it counts the call. */
interface Asking {
  readonly signal: AbortSignal;
  expect(calls: number): void;
}

export class Target {
  readonly #client: BoxClient;
  readonly #asked = new Map<string, Promise<unknown>>();

  constructor(client: BoxClient) {
    this.#client = client;
  }

  /** Who owns what is made here. */
  login(asking: Asking): Promise<string> {
    return this.#once('me', asking, async () => {
      const { login } = await this.#client.users.me({ fields: ['login'], signal: asking.signal });
      return login.toLowerCase();
    });
  }

  /** The id of the group with this name. */
  groupId(name: string, asking: Asking): Promise<string | undefined> {
    return this.#once(`group ${name}`, asking, async () => {
      const found = this.#client.groups.list({ filterTerm: name, signal: asking.signal });
      for await (const group of found) if (group.name === name) return group.id;
      return undefined;
    });
  }

  /** Names of the classifications that the enterprise has. */
  classifications(asking: Asking): Promise<ReadonlySet<string>> {
    return this.#once('classifications', asking, async () => {
      const found = await this.#client.classifications.list({ signal: asking.signal });
      return new Set(found.map(({ key }) => key));
    });
  }

  /** A template as it is here; made, if it can be and was not there. */
  template(
    scope: 'global' | 'enterprise',
    templateKey: string,
    wanted: ((signal: AbortSignal) => Promise<NewMetadataTemplate>) | undefined,
    asking: Asking,
  ): Promise<BoxMetadataTemplate | undefined> {
    return this.#once(`template ${scope} ${templateKey}`, asking, async () => {
      const found = await this.#find(scope, templateKey, asking.signal);
      if (found || !wanted || scope === 'global') return found;
      const wish = await wanted(asking.signal);
      asking.expect(1);
      try {
        return await this.#client.metadataTemplates.create(wish, { signal: asking.signal });
      } catch (error) {
        // Another run made it, or a first try whose answer was lost.
        if (!isBoxError(error) || error.status !== 409) throw error;
        return await this.#find(scope, templateKey, asking.signal);
      }
    });
  }

  async #find(
    scope: 'global' | 'enterprise',
    templateKey: string,
    signal: AbortSignal,
  ): Promise<BoxMetadataTemplate | undefined> {
    try {
      return await this.#client.metadataTemplates.get({ scope, templateKey }, { signal });
    } catch (error) {
      if (isBoxError(error) && error.status === 404) return undefined;
      throw error;
    }
  }

  /** Asks once, and again after a failure. */
  #once<T>(what: string, { expect }: Asking, ask: () => Promise<T>): Promise<T> {
    const known = this.#asked.get(what) as Promise<T> | undefined;
    if (known) return known;
    expect(1);
    const asked = ask();
    this.#asked.set(what, asked);
    asked.catch(() => this.#asked.delete(what));
    return asked;
  }
}
