import type { BoxItem } from '../box-types.ts';
import { isBoxError } from '../errors.ts';
import type { Lookup, Send } from '../request.ts';
import { answerOf, entity } from './answers.ts';
import {
  type CallOptions,
  type FieldsOptions,
  fieldsOf,
  type ItemOrder,
  type ListOptions,
} from './call-options.ts';
import { deleteItem } from './item-changes.ts';
import { type ItemOfType, type ItemReference, itemPath } from './item-copies.ts';
import { itemList } from './lists.ts';

/** What was deleted and is not gone yet. */
export class Trash {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Everything in the trash, page after page. What lies in a trashed folder is not listed itself. In an order of its
   * own with `sort` or `direction`, on the terms of `client.folders.items`.
   *
   * @throws {BoxApiError} Box refused, at the first step of the loop
   * @see https://developer.box.com/reference/get-folders-trash-items/
   * @example
   * ```ts
   * await client.files.delete(fileId);
   * for await (const item of client.trash.items({ fields: ['trashed_at'], sort: 'size' })) {
   *   console.log(item.type, item.name, item.trashed_at);
   * }
   * ```
   */
  items({ fields, ...options }: ListOptions & ItemOrder = {}): AsyncIterable<BoxItem> {
    const query = { fields: fieldsOf('item', fields) };
    return itemList(this.#send, '/folders/trash/items', query, options);
  }

  /**
   * An item that was deleted by itself, as opposed to a folder above it.
   *
   * @throws {BoxApiError} 404: it is not in the trash
   * @see https://developer.box.com/reference/get-files-id-trash/
   * @example
   * ```ts
   * await client.files.delete(fileId);
   * const { purged_at } = await client.trash.get({ type: 'file', id: fileId });
   * console.log('gone for good on', purged_at);
   * ```
   */
  async get<T extends BoxItem['type']>(
    item: ItemReference<T>,
    { fields, signal }: FieldsOptions = {},
  ): Promise<ItemOfType<T>> {
    const query = { fields: fieldsOf(item.type, fields) };
    const path = `${itemPath(item)}/trash`;
    const request = { method: 'GET', path, query, signal } as const;
    return await answerOf<ItemOfType<T>>(
      this.#send,
      request,
      entity(item.type as ItemOfType<T>['type']),
    );
  }

  /**
   * Takes an item out of the trash, into its old folder. If it is out of it when an attempt is repeated whose answer
   * was lost, it is done.
   *
   * @param to `parentId`: where it goes if its old folder is gone; `name`: a new one, if the old one is in use
   * @throws {BoxApiError} `not_trashed`, `not_found` (404); `item_name_in_use` (409)
   * @see https://developer.box.com/reference/post-files-id/
   * @example
   * ```ts
   * await client.files.delete(fileId);
   * const file = await client.trash.restore({ type: 'file', id: fileId }, { name: 'back.txt' });
   * console.log(file.name, file.sha1);
   * ```
   */
  async restore<T extends BoxItem['type']>(
    item: ItemReference<T>,
    to: { readonly parentId?: string | undefined; readonly name?: string | undefined } = {},
    { fields, signal }: FieldsOptions = {},
  ): Promise<ItemOfType<T>> {
    const path = itemPath(item);
    const query = { fields: fieldsOf(item.type, fields) };
    const lookup: Lookup = async (failure) => {
      if (!isBoxError(failure, 'not_trashed')) return undefined;
      const { data } = await this.#send({ method: 'GET', path, query, signal });
      return { data };
    };
    const parent = to.parentId === undefined ? undefined : { id: to.parentId };
    return await answerOf<ItemOfType<T>>(
      this.#send,
      { method: 'POST', path, query, json: { name: to.name, parent }, lookup, signal },
      entity(item.type as ItemOfType<T>['type']),
    );
  }

  /**
   * Deletes an item for good that is in the trash, with all that is below it.
   *
   * @throws {BoxApiError} `not_trashed`, `not_found` (404)
   * @see https://developer.box.com/reference/delete-files-id-trash/
   * @example
   * ```ts
   * await client.files.delete(fileId);
   * // empties the trash: nothing of it comes back
   * for await (const item of client.trash.items()) await client.trash.delete(item);
   * ```
   */
  async delete(item: ItemReference, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, `${itemPath(item)}/trash`, undefined, { signal });
  }
}
