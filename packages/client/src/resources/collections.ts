import type { BoxCollection } from '../activity-types.ts';
import type { BoxItem } from '../box-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import { type CallOptions, fieldsOf, type ListOptions } from './call-options.ts';
import { type ItemReference, itemPath } from './item-copies.ts';
import { offsetList } from './lists.ts';

/** A user's collections. Box has one for each user, Favorites. */
export class Collections {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The user's collections.
   *
   * @throws {BoxApiError} Box refused, at the first step of the loop
   * @see https://developer.box.com/reference/get-collections/
   * @example
   * ```ts
   * for await (const collection of client.collections.list()) {
   *   for await (const item of client.collections.items(collection.id)) {
   *     console.log(collection.name, item.type, item.name);
   *   }
   * }
   * ```
   */
  list(options: Omit<ListOptions, 'fields'> = {}): AsyncIterable<BoxCollection> {
    return offsetList(this.#send, '/collections', {}, options);
  }

  /**
   * The collection of the user's favorites, whose id differs from user to user; undefined should Box list none.
   *
   * @throws {BoxApiError} Box refused
   * @see https://developer.box.com/guides/collections/
   * @example
   * ```ts
   * const favorites = await client.collections.favorites();
   * if (favorites) await client.collections.set({ type: 'file', id: fileId }, [favorites.id]);
   * ```
   */
  async favorites({ signal }: CallOptions = {}): Promise<BoxCollection | undefined> {
    for await (const collection of this.list({ signal })) {
      if (collection.collection_type === 'favorites') return collection;
    }
    return undefined;
  }

  /**
   * One collection.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-collections-id/
   * @example
   * ```ts
   * for await (const { id } of client.collections.list()) {
   *   const { name, collection_type } = await client.collections.get(id);
   *   console.log(name, collection_type);
   * }
   * ```
   */
  async get(id: string, { signal }: CallOptions = {}): Promise<BoxCollection> {
    return await answerOf<BoxCollection>(
      this.#send,
      { method: 'GET', path: pathOf('/collections', id), signal },
      entity('collection'),
    );
  }

  /**
   * What a collection holds, page after page.
   *
   * @throws {BoxApiError} `not_found` (404), at the first step of the loop
   * @see https://developer.box.com/reference/get-collections-id-items/
   * @example
   * ```ts
   * const favorites = await client.collections.favorites();
   * if (favorites) {
   *   for await (const { name } of client.collections.items(favorites.id)) console.log(name);
   * }
   * ```
   */
  items(id: string, { fields, ...options }: ListOptions = {}): AsyncIterable<BoxItem> {
    const query = { fields: fieldsOf('item', fields) };
    return offsetList(this.#send, `${pathOf('/collections', id)}/items`, query, options);
  }

  /**
   * Puts an item into these collections, and takes it out of all others.
   *
   * @param collectionIds none: out of all
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/guides/collections/
   * @example
   * ```ts
   * const favorites = await client.collections.favorites();
   * if (favorites) {
   *   await client.collections.set({ type: 'folder', id: folderId }, [favorites.id]);
   *   await client.collections.set({ type: 'folder', id: folderId }, []);
   * }
   * ```
   */
  async set(
    item: ItemReference,
    collectionIds: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    const json = { collections: collectionIds.map((id) => ({ id })) };
    await answerOf(
      this.#send,
      { method: 'PUT', path: itemPath(item), query: { fields: 'collections' }, json, signal },
      entity(item.type),
    );
  }
}
