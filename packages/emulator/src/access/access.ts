import type { FastifyRequest } from 'fastify';
import type { Box, Caller } from '../box.ts';
import { BoxError, ChallengeError, notFound } from '../box-error.ts';
import { textOf } from '../http/text-of.ts';
import { parseId, rootFolderId } from '../ids.ts';
import { currentLock } from '../represent/values.ts';
import { rootFolderOf, View } from '../represent/view.ts';
import { type FileRow, type ItemRow, type ItemType, isFile, kinds } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { type Deed, scopesAllow } from './deeds.ts';
import type { Right } from './roles.ts';
import { openSharedLink } from './shared-link-header.ts';

/** How Box shows an id in an error: with its kind before it. */
const idPrefixes: Record<ItemType, string> = { folder: 'd', file: 'f', web_link: 'w' };

/** What it depends on whether a request may have its way. */
export interface AccessOptions {
  store: Store;
  caller: Caller;
  /** Gives the absolute base of the download host. */
  downloadUrl: () => string;
  /** The `If-Match` header. */
  ifMatch?: string | undefined;
  /** The `BoxApi` header. */
  boxApi?: string | undefined;
  /** Whether the request asks that nobody be told: `box-notifications: off`. @default false */
  isQuiet?: boolean;
  /** Where the request comes from. @default this machine */
  ipAddress?: string | undefined;
}

/** A request's access. @throws BoxError when its `BoxApi` header opens nothing */
export function accessOf(box: Box, request: FastifyRequest): Access {
  const { 'if-match': ifMatch, boxapi: boxApi, 'x-rep-hints': hints } = request.headers;
  const access = new Access({
    store: box.store,
    caller: request.caller,
    downloadUrl: () => box.urlsFor(request).download,
    ifMatch,
    boxApi: typeof boxApi === 'string' ? boxApi : undefined,
    ipAddress: request.ip,
    isQuiet: textOf(request.headers['box-notifications']).toLowerCase() === 'off',
  });
  access.view.representations = {
    hints: typeof hints === 'string' ? hints : undefined,
    apiUrl: () => box.urlsFor(request).api,
  };
  return access;
}

/**
 * What one request may see and do: finds items by the ids that a caller gives, and refuses in
 * Box's words. Make it anew for each request, and look items up inside the transaction that
 * changes them.
 */
export class Access {
  readonly store: Store;
  readonly userId: number;
  readonly view: View;
  readonly ipAddress: string;
  readonly isQuiet: boolean;
  readonly #caller: Caller;
  readonly #ifMatch: string | undefined;

  /** @throws BoxError when the `BoxApi` header opens nothing */
  constructor({ store, caller, downloadUrl, ifMatch, boxApi, ipAddress, isQuiet }: AccessOptions) {
    this.store = store;
    this.#caller = caller;
    this.userId = Number(caller.userId);
    this.ipAddress = ipAddress ?? '127.0.0.1';
    this.isQuiet = isQuiet ?? false;
    this.#ifMatch = etagOf(ifMatch);
    this.view = new View({ store, userId: this.userId, downloadUrl, scopes: caller.scopes });
    if (boxApi !== undefined) {
      this.view.linkedItemId = openSharedLink(boxApi, this.userId, store).item_id;
    }
  }

  /** @throws ChallengeError when the token's scopes do not reach */
  require(deed: Deed): void {
    if (!scopesAllow(this.#caller.scopes, deed)) throw new ChallengeError('insufficient_scope');
  }

  /** An item to show. A file or web link may be in the trash; a folder there is 404 `trashed`. */
  readable(type: ItemType, id: unknown): ItemRow {
    const item = this.#find(type, id);
    if (!item) throw this.#missing(type, id);
    if (type === 'folder' && this.view.trashedAt(item) !== null) throw new BoxError('trashed');
    return item;
  }

  /** An item to work with: not in the trash. @throws BoxError 403 when the caller lacks the right */
  active(type: ItemType, id: unknown, right: Right = 'see'): ItemRow {
    const item = this.readable(type, id);
    if (this.view.trashedAt(item) !== null) throw new BoxError('trashed');
    this.demand(item, right);
    return item;
  }

  activeFile(id: unknown, right: Right = 'see'): FileRow {
    const item = this.active('file', id, right);
    if (!isFile(item)) throw this.#missing('file', id);
    return item;
  }

  /** @throws BoxError 403 unless the caller has all these rights to the item */
  demand(item: ItemRow, ...rights: readonly Right[]): void {
    if (!rights.every((right) => this.view.allows(item, right))) {
      throw new BoxError('access_denied_insufficient_permissions');
    }
  }

  /**
   * An item to change, for which the caller needs all of `rights`; not the root folder.
   *
   * @throws BoxError 412 when it is gone and the request has `If-Match`; 403 when it may not be changed
   */
  changeable(type: ItemType, id: unknown, ...rights: readonly Right[]): ItemRow {
    const item = this.#toChange(type, id, rights);
    if (this.#isLockedForMe(item)) throw new BoxError('access_denied_item_locked');
    return item;
  }

  /** A file whose lock may go: the caller's own, or anybody's when the caller is its owner or a co-owner. */
  unlockable(type: ItemType, id: unknown): ItemRow {
    const item = this.#toChange(type, id, ['version']);
    if (this.#isLockedForMe(item) && !this.view.allows(item, 'settings')) {
      throw new BoxError('access_denied_item_locked');
    }
    return item;
  }

  #isLockedForMe(item: ItemRow): boolean {
    const lock = currentLock(item, this.store.nowSeconds());
    return lock !== undefined && lock.userId !== this.userId;
  }

  #toChange(type: ItemType, id: unknown, rights: readonly Right[]): ItemRow {
    const item = this.#find(type, id);
    if (!item && this.#ifMatch !== undefined && parseId(id) !== undefined) {
      throw new BoxError('precondition_failed');
    }
    if (!item) throw this.#missing(type, id);
    if (this.view.trashedAt(item) !== null) throw new BoxError('trashed');
    if (item.id === rootFolderId) throw new BoxError('access_denied_insufficient_permissions');
    this.demand(item, ...(rights.length === 0 ? (['rename'] as const) : rights));
    return item;
  }

  changeableFile(id: unknown, ...rights: readonly Right[]): FileRow {
    const item = this.changeable('file', id, ...rights);
    if (!isFile(item)) throw this.#missing('file', id);
    return item;
  }

  /** An item that was itself deleted, as opposed to a folder above it; its owner's, or an editor's. */
  trashed(type: ItemType, id: unknown): ItemRow {
    const item = this.#find(type, id);
    if (!item) throw this.#missing(type, id);
    if (item.trashed_at !== null) {
      this.demand(item, 'delete');
      return item;
    }
    throw this.view.trashedAt(item) === null
      ? new BoxError('not_trashed')
      : this.#missing(type, id);
  }

  /** A folder to put something in. `role` names it in the error. */
  destination(id: unknown, role = 'parent'): ItemRow {
    const folder = this.#find('folder', id);
    if (!folder) throw notFound(role, `d_${textOf(id)}`);
    if (this.view.trashedAt(folder) !== null) throw new BoxError('trashed');
    this.demand(folder, 'upload');
    return folder;
  }

  /** The item that the request's `BoxApi` header names. */
  linkedItem(): ItemRow {
    const item =
      this.view.linkedItemId === undefined
        ? undefined
        : this.store.items.get(this.view.linkedItemId);
    if (!item || this.view.trashedAt(item) !== null) throw new BoxError('not_found');
    return item;
  }

  /** @throws BoxError 412 when the request has an `If-Match` other than the item's etag */
  checkIfMatch(item: Pick<ItemRow, 'etag'>): void {
    if (this.#ifMatch === undefined || this.#ifMatch === '*') return;
    if (this.#ifMatch !== String(item.etag)) throw new BoxError('precondition_failed');
  }

  #find(type: ItemType, idText: unknown): ItemRow | undefined {
    const id = parseId(idText);
    if (id === undefined) throw new BoxError('method_not_allowed');
    const item = this.#row(type, id);
    if (!item) return undefined;
    this.#checkRestriction(item);
    const { linkedItemId } = this.view;
    if (linkedItemId !== undefined && this.view.isWithin(item, linkedItemId)) return item;
    this.view.linkedItemId = undefined;
    return this.view.allows(item, 'see') ? item : undefined;
  }

  #row(type: ItemType, id: number): ItemRow | undefined {
    if (id === rootFolderId) {
      const user = type === 'folder' ? this.view.user(this.userId) : undefined;
      return user && rootFolderOf(user);
    }
    const item = this.store.items.get(id);
    return item?.kind === kinds[type] ? item : undefined;
  }

  /** A downscoped token reaches its one item, with all below it. */
  #checkRestriction(item: ItemRow): void {
    const resource = this.#caller.restrictedTo?.resource;
    if (resource && !this.view.isWithin(item, Number(resource.id))) {
      throw new ChallengeError('insufficient_scope');
    }
  }

  #missing(type: ItemType, id: unknown): BoxError {
    const role = type === 'folder' ? 'folder' : 'item';
    return notFound(role, `${idPrefixes[type]}_${textOf(id)}`);
  }
}

/** An etag of a header: Box has them raw, some clients quote them. */
export function etagOf(header: string | undefined): string | undefined {
  return header?.trim().replace(/^"(.*)"$/, '$1');
}
