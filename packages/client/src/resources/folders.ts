import type { BoxFolder, BoxItem } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { isBoxError } from '../errors.ts';
import type { Lookup, Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import {
  type ChangeOptions,
  type FieldsOptions,
  fieldsOf,
  type ListOptions,
} from './call-options.ts';
import { type DeleteOptions, deleteItem, type ItemChanges, updateItem } from './item-changes.ts';
import { type CopyTarget, copyItem } from './item-copies.ts';
import { markerList } from './lists.ts';
import { Since } from './since.ts';

export type { ListOptions } from './call-options.ts';

/** Box's folders; the root has the id `0`. */
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
   * @throws {BoxApiError} as `get`, at the first step of the loop
   * @throws {BoxhaulError} `paging_loop`: Box's pages lead in a circle
   * @see https://developer.box.com/reference/get-folders-id-items/
   */
  items(id: string, { fields, ...options }: ListOptions = {}): AsyncIterable<BoxItem> {
    const query = { usemarker: true, fields: fieldsOf('item', fields) };
    return markerList(this.#send, `${pathOf('/folders', id)}/items`, query, options);
  }

  /**
   * Makes a folder. When the answer of an attempt was lost and the next one finds the name in use by a folder
   * that was made since, that folder is the answer.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `item_name_invalid` (400); `not_found` (404): no such parent
   * @see https://developer.box.com/reference/post-folders/
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
   * Renames, moves or describes a folder.
   *
   * @throws {BoxApiError} `precondition_failed` (412), `item_name_in_use` (409), `cyclical_folder_structure` (400)
   * @see https://developer.box.com/reference/put-folders-id/
   */
  async update(id: string, changes: ItemChanges, options: ChangeOptions = {}): Promise<BoxFolder> {
    return await updateItem<BoxFolder>(this.#send, this.#clock, 'folder', id, changes, options);
  }

  /** Gives a folder another name; as `update`. */
  async rename(id: string, name: string, options: ChangeOptions = {}): Promise<BoxFolder> {
    return await this.update(id, { name }, options);
  }

  /** Moves a folder into another one, with all that it holds; as `update`. */
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
   */
  async copy(id: string, target: CopyTarget, options: FieldsOptions = {}): Promise<BoxFolder> {
    return await copyItem<BoxFolder>(this.#send, { type: 'folder', id }, target, options);
  }

  /**
   * Puts a folder into the trash. If it is gone when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `folder_not_empty` (400) without `recursive`; `not_found` or `trashed` (404);
   *   `precondition_failed` (412)
   * @see https://developer.box.com/reference/delete-folders-id/
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
