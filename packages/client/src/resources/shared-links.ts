import type { BoxSharedLink } from '../box-types.ts';
import { BoxConnectionError } from '../errors.ts';
import type { BoxRequest, Send } from '../request.ts';
import { answerOf, entity } from './answers.ts';
import { boxTime, type CallOptions } from './call-options.ts';
import { type ItemReference, itemPath } from './item-copies.ts';

/** How a link is to be; what is absent stays as it is, or as Box makes it. */
export interface SharedLinkSettings {
  /** Everyone with the link, everyone in the company, or only those invited. @default the enterprise's */
  readonly access?: 'open' | 'company' | 'collaborators' | undefined;
  /** Only for `open` links: at least 8 characters with a digit, a capital or a special one. null: none. */
  readonly password?: string | null | undefined;
  /** At least 12 characters; `https://….box.com/v/<name>`. */
  readonly vanityName?: string | undefined;
  /** When it ends; null: never. */
  readonly unsharedAt?: Date | string | null | undefined;
  /** Not for `collaborators` links. @default true */
  readonly canDownload?: boolean | undefined;
  /** Files only, and only with `canDownload`. @default false */
  readonly canEdit?: boolean | undefined;
}

/** Links by which items are shared, one an item. What such a link opens is in `sharedItems`. */
export class SharedLinks {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * An item's link; undefined if it has none.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/guides/shared-links/
   * @example
   * ```ts
   * const link = await client.sharedLinks.get({ type: 'file', id: fileId });
   * console.log(link ? `${link.url}, for ${link.effective_access}` : 'not shared');
   * ```
   */
  async get(item: ItemReference, { signal }: CallOptions = {}): Promise<BoxSharedLink | undefined> {
    return await this.#ask(item, { method: 'GET', signal });
  }

  /**
   * Makes an item's link, or changes the one that it has, which keeps its URL.
   *
   * @throws {BoxApiError} `bad_request` (400): settings that do not go together; `not_found` (404);
   *   `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/guides/shared-links/create-or-update-for-file/
   * @example
   * ```ts
   * const folder = await client.folders.get(folderId);
   * const inAWeek = new Date(Date.now() + 7 * 86_400_000);
   * const link = await client.sharedLinks.set(folder, {
   *   access: 'open',
   *   password: 'Sesame&123',
   *   unsharedAt: inAWeek,
   *   canDownload: false,
   * });
   * console.log(link.url);
   * ```
   */
  async set(
    item: ItemReference,
    settings: SharedLinkSettings = {},
    { signal }: CallOptions = {},
  ): Promise<BoxSharedLink> {
    const { password } = settings;
    const secrets = typeof password === 'string' ? [password] : [];
    const json = { shared_link: settingsForBox(settings) };
    const link = await this.#ask(item, { method: 'PUT', json, secrets, signal });
    if (link) return link;
    const path = itemPath(item);
    throw new BoxConnectionError(`PUT ${path} was answered without the link that it should make`, {
      code: 'unexpected_answer',
      method: 'PUT',
      path,
    });
  }

  /**
   * Takes an item's link away. One that is made later has another URL.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/put-files-id--remove-shared-link/
   * @example
   * ```ts
   * const folder = await client.folders.get(folderId, { fields: ['shared_link'] });
   * if (folder.shared_link?.access === 'open') await client.sharedLinks.remove(folder);
   * ```
   */
  async remove(item: ItemReference, { signal }: CallOptions = {}): Promise<void> {
    await this.#ask(item, { method: 'PUT', json: { shared_link: null }, signal });
  }

  async #ask(
    item: ItemReference,
    request: Omit<BoxRequest, 'path'>,
  ): Promise<BoxSharedLink | undefined> {
    const found = await answerOf<ItemReference & { shared_link?: BoxSharedLink | null }>(
      this.#send,
      { ...request, path: itemPath(item), query: { fields: 'shared_link' } },
      entity(item.type),
    );
    return found.shared_link ?? undefined;
  }
}

function settingsForBox(settings: SharedLinkSettings): object {
  const { access, password, vanityName, unsharedAt, canDownload, canEdit } = settings;
  const hasPermissions = canDownload !== undefined || canEdit !== undefined;
  return {
    access,
    password,
    vanity_name: vanityName,
    unshared_at: unsharedAt === null ? null : boxTime(unsharedAt),
    ...(hasPermissions && { permissions: { can_download: canDownload, can_edit: canEdit } }),
  };
}
