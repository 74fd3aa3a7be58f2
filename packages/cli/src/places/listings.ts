/** Folders of Box as one command has seen them: each is listed once, and only as far as someone asks. */
import type { BoxClient, BoxItem } from '@boxhaul/client';
import type { Ahead } from './path-pattern.ts';

/** A folder's contents, for any number of readers. */
export interface Listing {
  /** All that is in the folder, in Box's order: folders, files, web links, each by name. */
  items(): AsyncGenerator<BoxItem, void, void>;
  /**
   * The item of this name. Case does not count, as it does not in Box; a name that differs only in how its accents are
   * composed (as macOS writes them) counts if there is none nearer. The listing is read no further than to there.
   */
  named(name: string): Promise<BoxItem | undefined>;
  /** Begins to read, for someone who will ask soon. */
  readAhead(wanted: Ahead): void;
}

export interface Listings {
  /** @throws what listing the folder throws, to each who reads */
  of(folderId: string): Listing;
}

/** So many items are kept; folders that were read longest ago are forgotten first, and read again when asked for. */
const KEPT_ITEMS = 100_000;

export function listingsOf(
  client: BoxClient,
  { fields, signal }: { readonly fields: readonly string[]; readonly signal: AbortSignal },
): Listings {
  const kept = new Map<string, SharedListing>();
  let count = 0;
  const forgetOldest = () => {
    for (const [id, listing] of kept) {
      if (count <= KEPT_ITEMS || kept.size === 1) return;
      kept.delete(id);
      count -= listing.forget();
    }
  };
  return {
    of(folderId) {
      const known = kept.get(folderId);
      // Put behind the others: it is the last that was read now.
      kept.delete(folderId);
      const listing =
        known ??
        new SharedListing(client.folders.items(folderId, { fields, signal }), () => {
          count += 1;
          forgetOldest();
        });
      kept.set(folderId, listing);
      return listing;
    },
  };
}

class SharedListing implements Listing {
  readonly #source: AsyncIterator<BoxItem>;
  readonly #read: BoxItem[] = [];
  readonly #byName = new Map<string, BoxItem>();
  readonly #byComposedName = new Map<string, BoxItem>();
  #onItem: (() => void) | undefined;
  /** The item that is being read; those who wait for it share it. */
  #next: Promise<boolean> | undefined;
  #isComplete = false;

  /** @param onItem is told of each item that is kept */
  constructor(source: AsyncIterable<BoxItem>, onItem: () => void) {
    this.#source = source[Symbol.asyncIterator]();
    this.#onItem = onItem;
  }

  async *items(): AsyncGenerator<BoxItem, void, void> {
    for (let at = 0; at < this.#read.length || (await this.#readOne()); at++) {
      const item = this.#read[at];
      if (item) yield item;
    }
  }

  async named(name: string): Promise<BoxItem | undefined> {
    const wanted = name.toLowerCase();
    for (;;) {
      const found = this.#byName.get(wanted);
      if (found) return found;
      if (!(await this.#readOne())) return this.#byComposedName.get(wanted.normalize());
    }
  }

  readAhead({ names, isAny }: Ahead): void {
    const reading = isAny ? [this.#readAll()] : names.map((name) => this.named(name));
    // Whoever asks for it meets the error.
    for (const part of reading) part.catch(() => undefined);
  }

  /** Counts no more; those who still read it do so. @returns how many items were counted */
  forget(): number {
    this.#onItem = undefined;
    return this.#read.length;
  }

  async #readAll(): Promise<void> {
    while (await this.#readOne());
  }

  /** @returns whether there was one more */
  #readOne(): Promise<boolean> {
    if (this.#isComplete) return Promise.resolve(false);
    this.#next ??= this.#take();
    return this.#next;
  }

  async #take(): Promise<boolean> {
    const { done, value } = await this.#source.next();
    this.#next = undefined;
    if (done) {
      this.#isComplete = true;
      return false;
    }
    const name = value.name.toLowerCase();
    this.#read.push(value);
    if (!this.#byName.has(name)) this.#byName.set(name, value);
    const composed = name.normalize();
    if (!this.#byComposedName.has(composed)) this.#byComposedName.set(composed, value);
    this.#onItem?.();
    return true;
  }
}
