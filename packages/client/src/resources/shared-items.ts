import type { BoxItem } from '../box-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity } from './answers.ts';
import { type FieldsOptions, fieldsOf } from './call-options.ts';

/** What a shared link gives access to. */
export class SharedItems {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The file, folder or web link behind a shared link. Its id works in other calls of a client made with
   * `withSharedLink`, or of one whose user can reach the item anyway.
   *
   * @throws {BoxApiError} `incorrect_shared_item_password` (403): the password is wrong or missing;
   *   `not_found` (404): there is no such link
   * @see https://developer.box.com/reference/get-shared-items/
   * @example
   * ```ts
   * const password = 'Sesame&123';
   * const { url } = await client.sharedLinks.set({ type: 'folder', id: folderId }, { access: 'open', password });
   *
   * const item = await client.sharedItems.get(url, { password });
   * const viewer = client.withSharedLink(url, password);
   * for await (const { name } of viewer.folders.items(item.id)) console.log(name);
   * ```
   */
  async get(
    url: string,
    { password, fields, signal }: FieldsOptions & { readonly password?: string | undefined } = {},
  ): Promise<BoxItem> {
    return await answerOf<BoxItem>(
      this.#send,
      {
        method: 'GET',
        path: '/shared_items',
        query: { fields: fieldsOf('item', fields) },
        headers: { boxapi: sharedLinkHeader(url, password) },
        ...(password !== undefined && { secrets: [password, encodeURIComponent(password)] }),
        signal,
      },
      entity('file', 'folder', 'web_link'),
    );
  }
}

/** The value of the `BoxApi` header, which lets a call see what a shared link shows. */
export function sharedLinkHeader(url: string, password?: string): string {
  const link = `shared_link=${encodeURIComponent(url)}`;
  return password === undefined
    ? link
    : `${link}&shared_link_password=${encodeURIComponent(password)}`;
}
