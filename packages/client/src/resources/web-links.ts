import type { BoxWebLink } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { pathOfItem } from '../reference.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import {
  type CallOptions,
  type ChangeOptions,
  type FieldsOptions,
  fieldsOf,
} from './call-options.ts';
import { type DeleteOptions, deleteItem, type ItemChanges, updateItem } from './item-changes.ts';
import { type CopyTarget, copyItem } from './item-copies.ts';

/** What can be changed of a web link; what is absent stays as it is. */
export type WebLinkChanges = Pick<ItemChanges, 'name' | 'parentId' | 'description'> & {
  /** Of http or https. */
  readonly url?: string | undefined;
};

/** Links to places on the web that stand in folders as files do. */
export class WebLinks {
  readonly #send: Send;
  readonly #clock: Clock;

  constructor(send: Send, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /**
   * A web link. One that lies in the trash is answered too, with `item_status: 'trashed'`.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-web-links-id/
   * @example
   * ```ts
   * const link = await client.webLinks.create({ url: 'https://example.com', parentId: '0' });
   * const { name, url } = await client.webLinks.get(link.id);
   * console.log(name, url);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxWebLink> {
    const query = { fields: fieldsOf('web_link', fields) };
    return await answerOf<BoxWebLink>(
      this.#send,
      { method: 'GET', path: pathOf('/web_links', id), query, signal },
      entity('web_link'),
    );
  }

  /**
   * The path of a web link, from the root of this client's user: `/Team/Wiki`.
   *
   * @throws {BoxApiError} as `get`
   * @throws {InputError} it lies in the trash
   * @see https://developer.box.com/reference/get-web-links-id/
   * @example
   * ```ts
   * const link = await client.webLinks.create({
   *   url: 'https://example.com',
   *   parentId: folderId,
   *   name: 'Sources',
   * });
   * console.log(await client.webLinks.path(link.id)); // /Reports/Sources
   * ```
   */
  async path(id: string, { signal }: CallOptions = {}): Promise<string> {
    return pathOfItem(await this.get(id, { fields: ['path_collection'], signal }));
  }

  /**
   * Makes a web link. It is not repeated when nobody can tell whether it was made.
   *
   * @throws {BoxApiError} `item_name_in_use` (409); `bad_request` (400): the URL is not of http or https;
   *   `not_found` (404): no such folder
   * @see https://developer.box.com/reference/post-web-links/
   * @example
   * ```ts
   * const link = await client.webLinks.create({
   *   url: 'https://example.com/figures',
   *   parentId: folderId,
   *   name: 'Figures',
   *   description: 'Where the figures come from',
   * });
   * console.log(link.id);
   * ```
   */
  async create(
    link: {
      readonly url: string;
      readonly parentId: string;
      /** @default made of the URL by Box */
      readonly name?: string | undefined;
      readonly description?: string | undefined;
    },
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxWebLink> {
    const { parentId, ...same } = link;
    return await answerOf<BoxWebLink>(
      this.#send,
      {
        method: 'POST',
        path: '/web_links',
        query: { fields: fieldsOf('web_link', fields) },
        json: { ...same, parent: { id: parentId } },
        signal,
      },
      entity('web_link'),
    );
  }

  /**
   * Renames, moves, describes or redirects a web link.
   *
   * @throws {BoxApiError} `precondition_failed` (412), `item_name_in_use` (409), `not_found` (404)
   * @see https://developer.box.com/reference/put-web-links-id/
   * @example
   * ```ts
   * for await (const item of client.folders.items(folderId)) {
   *   if (item.type !== 'web_link' || !item.url.startsWith('http:')) continue;
   *   await client.webLinks.update(item.id, { url: item.url.replace('http:', 'https:') });
   * }
   * ```
   */
  async update(
    id: string,
    changes: WebLinkChanges,
    options: ChangeOptions = {},
  ): Promise<BoxWebLink> {
    return await updateItem<BoxWebLink>(this.#send, this.#clock, 'web_link', id, changes, options);
  }

  /**
   * Copies a web link into a folder.
   *
   * @throws {BoxApiError} `item_name_in_use` (409); `not_found` (404)
   * @example
   * ```ts
   * const link = await client.webLinks.create({ url: 'https://example.com', parentId: '0' });
   * const copy = await client.webLinks.copy(link.id, { parentId: folderId });
   * console.log(copy.url);
   * ```
   */
  async copy(id: string, target: CopyTarget, options: FieldsOptions = {}): Promise<BoxWebLink> {
    return await copyItem<BoxWebLink>(this.#send, { type: 'web_link', id }, target, options);
  }

  /**
   * Puts a web link into the trash. If it is gone when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `not_found`, `trashed` (404); `precondition_failed` (412)
   * @see https://developer.box.com/reference/delete-web-links-id/
   * @example
   * ```ts
   * const link = await client.webLinks.create({ url: 'https://example.com/old', parentId: folderId });
   * await client.webLinks.delete(link.id, { ifMatch: link.etag ?? undefined });
   * ```
   */
  async delete(id: string, options: DeleteOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/web_links', id), undefined, options);
  }
}
