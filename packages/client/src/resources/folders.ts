import type { BoxFolder, BoxItem, BoxItemPage } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { isBoxError } from '../errors.ts';
import { pathOfItem } from '../reference.ts';
import type { Lookup, Send } from '../request.ts';
import { answerOf, entity, page, pathOf } from './answers.ts';
import {
  type CallOptions,
  type ChangeOptions,
  type FieldsOptions,
  fieldsOf,
  type ItemOrder,
  type ListOptions,
} from './call-options.ts';
import { type DeleteOptions, deleteItem, type FolderChanges, updateItem } from './item-changes.ts';
import { type CopyTarget, copyItem } from './item-copies.ts';
import { itemList } from './lists.ts';
import { Since } from './since.ts';

/**
 * Box's folders; the root has the id `0`. What is around them has its own place: `trash`, `sharedLinks`,
 * `collaborations`, `folderLocks`, `webLinks`, `metadata`, and `zipDownloads` for all that a folder holds.
 */
export class Folders {
  readonly #send: Send;
  readonly #clock: Clock;

  constructor(send: Send, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /**
   * A folder, with its first hundred items.
   *
   * @throws {BoxApiError} `not_found` (404): there is none, or this user may not see it; `trashed` (404)
   * @see https://developer.box.com/reference/get-folders-id/
   * @example
   * ```ts
   * const folder = await client.folders.get(folderId, { fields: ['size', 'owned_by'] });
   * console.log(`${folder.name} of ${folder.owned_by?.login}: ${folder.size} bytes`);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxFolder> {
    const query = { fields: fieldsOf('folder', fields) };
    return await answerOf<BoxFolder>(
      this.#send,
      { method: 'GET', path: pathOf('/folders', id), query, signal },
      entity('folder'),
    );
  }

  /**
   * Everything that a folder holds, files, folders and web links, page after page as the loop asks for it.
   *
   * In an order of its own with `sort` or `direction`: Box then lists by offset, gives no more than about the first
   * 10,000 items, and what comes or goes meanwhile may shift others out of sight or show them twice. Without, it
   * lists by marker, however many there are.
   *
   * @throws {BoxApiError} as `get`, at the first step of the loop
   * @throws {BoxhaulError} `paging_loop`: Box's pages lead in a circle
   * @see https://developer.box.com/reference/get-folders-id-items/
   * @example
   * ```ts
   * for await (const item of client.folders.items(folderId, { fields: ['size'] })) {
   *   if (item.type === 'file') console.log(item.name, item.size, item.sha1);
   * }
   * // the newest first
   * for await (const { name } of client.folders.items(folderId, { sort: 'date', direction: 'DESC' })) {
   *   console.log(name);
   * }
   * ```
   */
  items(id: string, { fields, ...options }: ListOptions & ItemOrder = {}): AsyncIterable<BoxItem> {
    const path = `${pathOf('/folders', id)}/items`;
    return itemList(this.#send, path, { fields: fieldsOf('item', fields) }, options);
  }

  /**
   * One page of what a folder holds, and how much there is in all. To see everything, `items` is surer: what comes
   * into the folder or leaves it between two pages moves the others.
   *
   * @param options `offset`: how many items to pass over, at most 10,000; `limit`: at most 1000. @default 0 and 1000
   * @throws {BoxApiError} as `get`; `invalid_offset` (400)
   * @see https://developer.box.com/guides/api-calls/pagination/offset-based/
   * @example
   * ```ts
   * const page = await client.folders.itemsPage(folderId, { limit: 20, sort: 'date', direction: 'DESC' });
   * for (const item of page.entries) console.log(item.type, item.name);
   * console.log(`the newest ${page.entries.length} of ${page.total_count}`);
   * ```
   */
  async itemsPage(
    id: string,
    {
      offset = 0,
      limit = 1000,
      sort,
      direction,
      fields,
      signal,
    }: FieldsOptions & ItemOrder & { readonly offset?: number; readonly limit?: number } = {},
  ): Promise<BoxItemPage> {
    const path = `${pathOf('/folders', id)}/items`;
    const query = { offset, limit, sort, direction, fields: fieldsOf('item', fields) };
    return await answerOf(this.#send, { method: 'GET', path, query, signal }, itemPage);
  }

  /**
   * The path of a folder, from the root of this client's user: `/Team/Reports`; `/` of the root itself.
   *
   * @throws {BoxApiError} as `get`
   * @see https://developer.box.com/reference/get-folders-id/
   * @example
   * ```ts
   * console.log(await client.folders.path(folderId)); // /Reports
   * ```
   */
  async path(id: string, { signal }: CallOptions = {}): Promise<string> {
    return pathOfItem(await this.get(id, { fields: ['path_collection'], signal }));
  }

  /**
   * Makes a folder. When the answer of an attempt was lost and the next one finds the name in use by a folder
   * that was made since, that folder is the answer.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `item_name_invalid` (400); `not_found` (404): no such parent
   * @see https://developer.box.com/reference/post-folders/
   * @example
   * ```ts
   * import { isBoxError } from '@boxhaul/client';
   *
   * try {
   *   const { id } = await client.folders.create({ name: 'Reports', parentId: '0' });
   *   console.log('made', id);
   * } catch (error) {
   *   if (!isBoxError(error, 'item_name_in_use')) throw error;
   *   console.log('there already:', error.conflict?.id);
   * }
   * ```
   */
  async create(
    folder: { readonly name: string; readonly parentId: string },
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxFolder> {
    return await answerOf<BoxFolder>(
      this.#send,
      {
        method: 'POST',
        path: '/folders',
        query: { fields: fieldsOf('folder', fields) },
        json: { name: folder.name, parent: { id: folder.parentId } },
        lookup: this.#lookUpCreated(fields, signal),
        signal,
      },
      entity('folder'),
    );
  }

  /**
   * Renames, moves or describes a folder, or changes what may be done with it.
   *
   * @throws {BoxApiError} `precondition_failed` (412), `item_name_in_use` (409), `cyclical_folder_structure` (400)
   * @see https://developer.box.com/reference/put-folders-id/
   * @example
   * ```ts
   * const { etag } = await client.folders.get(folderId);
   * await client.folders.update(
   *   folderId,
   *   { name: 'Old reports', description: 'Until 2025', tags: ['archive'] },
   *   { ifMatch: etag ?? undefined },
   * );
   * ```
   */
  async update(
    id: string,
    changes: FolderChanges,
    options: ChangeOptions = {},
  ): Promise<BoxFolder> {
    return await updateItem<BoxFolder>(this.#send, this.#clock, 'folder', id, changes, options);
  }

  /**
   * Gives a folder another name; as `update`.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), `item_name_invalid` (400); otherwise as `update`
   * @see https://developer.box.com/reference/put-folders-id/
   * @example
   * ```ts
   * const folder = await client.folders.rename(folderId, 'Reports of 2026');
   * console.log(folder.name, folder.etag);
   * ```
   */
  async rename(id: string, name: string, options: ChangeOptions = {}): Promise<BoxFolder> {
    return await this.update(id, { name }, options);
  }

  /**
   * Moves a folder into another one, with all that it holds; as `update`.
   *
   * @throws {BoxApiError} `item_name_in_use` (409): the other has one of this name; `cyclical_folder_structure` (400): into
   *   itself, or below; `not_found` (404): no such folder
   * @see https://developer.box.com/reference/put-folders-id/
   * @example
   * ```ts
   * const archive = await client.folders.create({ name: 'Archive', parentId: '0' });
   * await client.folders.move(folderId, archive.id);
   * console.log(await client.folders.path(folderId)); // /Archive/Reports
   * ```
   */
  async move(id: string, parentId: string, options: FieldsOptions = {}): Promise<BoxFolder> {
    return await this.update(id, { parentId }, options);
  }

  /**
   * Copies a folder into another one, with all that it holds; Box may still be at it when it answers. It is not
   * repeated when nobody can tell whether it was done: there might be two copies then.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `not_found` (404)
   * @see https://developer.box.com/reference/post-folders-id-copy/
   * @example
   * ```ts
   * const copy = await client.folders.copy(folderId, { parentId: '0', name: 'Reports, to play with' });
   * for await (const item of client.folders.items(copy.id)) console.log(item.name);
   * ```
   */
  async copy(id: string, target: CopyTarget, options: FieldsOptions = {}): Promise<BoxFolder> {
    return await copyItem<BoxFolder>(this.#send, { type: 'folder', id }, target, options);
  }

  /**
   * Puts a folder into the trash, from where `trash.restore` brings it back and `trash.delete` ends it. If it is gone
   * when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `folder_not_empty` (400) without `recursive`; `not_found` or `trashed` (404);
   *   `precondition_failed` (412)
   * @see https://developer.box.com/reference/delete-folders-id/
   * @example
   * ```ts
   * await client.folders.delete(folderId, { recursive: true });
   * await client.trash.restore({ type: 'folder', id: folderId }); // with all that it held
   * ```
   */
  async delete(
    id: string,
    {
      recursive,
      ...options
    }: DeleteOptions & {
      /** With all that it holds. @default false */
      readonly recursive?: boolean;
    } = {},
  ): Promise<void> {
    await deleteItem(this.#send, pathOf('/folders', id), { recursive }, options);
  }

  /** Box holds names unique, so that the repetition itself tells what became of the attempt before. */
  #lookUpCreated(fields: FieldsOptions['fields'], signal: AbortSignal | undefined): Lookup {
    const since = new Since(this.#clock);
    return async (failure) => {
      const conflict = isBoxError(failure, 'item_name_in_use') ? failure.conflict : undefined;
      if (conflict?.type !== 'folder') return undefined;
      const response = await this.#send({
        method: 'GET',
        path: pathOf('/folders', conflict.id),
        query: { fields: fieldsOf('folder', fields && [...fields, 'created_at']) },
        signal,
      });
      const found = entity<BoxFolder>('folder')(response.data);
      return found && since.includes(found.created_at, response) ? { data: found } : undefined;
    };
  }
}

function itemPage(data: unknown): BoxItemPage | undefined {
  const found = page<BoxItem>(data);
  return found && 'total_count' in found ? (found as BoxItemPage) : undefined;
}
