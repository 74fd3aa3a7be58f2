import { type Deed, scopesAllow } from '../access/deeds.ts';
import { allows, type Right, type Role } from '../access/roles.ts';
import { SharedWith, type VisiblePath } from '../access/shared-with.ts';
import type { RepresentationRequest } from '../contents/representations.ts';
import { rootFolderId } from '../ids.ts';
import type { AncestorRow } from '../store/items.ts';
import { type ItemRow, plainColumns, type SharedLinkRow, type UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** A user as items show them. */
export interface UserMini {
  type: 'user';
  id: string;
  name: string;
  login: string;
}

/** What a view is made for. */
export interface ViewOptions {
  store: Store;
  /** Who looks. */
  userId: number;
  /** Gives the absolute base of the download host, for links to contents. */
  downloadUrl: () => string;
  /** The scopes of the token that looks. @default those of a token that may do all */
  scopes?: readonly string[] | undefined;
}

/**
 * The Box as one request sees it: what representations need besides an item's own row. Looks up
 * each user and each path once. Made for one answer, after the changes that it shows.
 */
export class View {
  readonly store: Store;
  readonly userId: number;
  /** The item through whose shared link the request looks: nothing above it is shown. */
  linkedItemId: number | undefined;
  /** What was written last in the standard form: an item that was changed is shown in its event, then in the answer. */
  written: { item: ItemRow; standard: Record<string, unknown> } | undefined;
  /** What the request says about representations of files. */
  representations: RepresentationRequest | undefined;
  readonly #downloadUrl: () => string;
  readonly #scopes: readonly string[] | undefined;
  #sharedWith: SharedWith;
  readonly #users = new Map<number, UserRow | undefined>();
  readonly #paths = new Map<number, AncestorRow[]>();

  constructor({ store, userId, downloadUrl, scopes }: ViewOptions) {
    this.store = store;
    this.userId = userId;
    this.#downloadUrl = downloadUrl;
    this.#scopes = scopes;
    this.#sharedWith = new SharedWith(store, userId);
  }

  get downloadUrl(): string {
    return this.#downloadUrl();
  }

  user(id: number): UserRow | undefined {
    if (!this.#users.has(id)) this.#users.set(id, this.store.users.get(id));
    return this.#users.get(id);
  }

  userMini(id: number): UserMini {
    const user = this.user(id);
    return { type: 'user', id: String(id), name: user?.name ?? '', login: user?.login ?? '' };
  }

  /** The folders from below the root down to `parentId`, whether they are in the trash or not. */
  path(parentId: number): AncestorRow[] {
    if (parentId === rootFolderId) return [];
    let path = this.#paths.get(parentId);
    if (!path) {
      path = this.store.items.ancestors(parentId);
      this.#paths.set(parentId, path);
    }
    return path;
  }

  /** Forgets paths, after a change to a folder's name, place or state. */
  forgetPaths(): void {
    this.#paths.clear();
  }

  /** Forgets all that was looked up: others may have changed it while the request waited. */
  forget(): void {
    this.#users.clear();
    this.#paths.clear();
    this.#sharedWith = new SharedWith(this.store, this.userId);
  }

  /** When an item went to the trash, by itself or in a folder above it; null: it did not. */
  trashedAt(item: ItemRow): number | null {
    if (item.trashed_at !== null) return item.trashed_at;
    return (
      this.path(item.parent_id).find((folder) => folder.trashed_at !== null)?.trashed_at ?? null
    );
  }

  /** Whether `item` is the item `id`, or lies below the folder `id`. */
  isWithin(item: ItemRow, id: number): boolean {
    return item.id === id || this.path(item.parent_id).some((folder) => folder.id === id);
  }

  /** Whether the viewer has a right to an item, as its owner, by collaboration or by a shared link. */
  allows(item: ItemRow, right: Right): boolean {
    return item.owner_id === this.userId || allows(this.#rolesOn(item), right);
  }

  /** Whether the viewer has a right to an item and the token's scopes reach as far: what `permissions` tell. */
  permits(item: ItemRow, right: Right, deed: Deed): boolean {
    return (!this.#scopes || scopesAllow(this.#scopes, deed)) && this.allows(item, right);
  }

  /** The folders above an item that the viewer is shown. */
  visiblePath(item: ItemRow): VisiblePath {
    const path = this.path(item.parent_id);
    if (this.linkedItemId !== undefined) {
      const from = path.findIndex((folder) => folder.id === this.linkedItemId);
      return { isFromRoot: false, folders: from === -1 ? [] : path.slice(from) };
    }
    if (item.owner_id === this.userId) return { isFromRoot: true, folders: path };
    return this.#sharedWith.visiblePath(item, path);
  }

  /** The ids of the items of others that the viewer's root folder shows. */
  sharedInRoot(): number[] {
    return this.#sharedWith.inRoot((parentId) => this.path(parentId));
  }

  #rolesOn(item: ItemRow): Role[] {
    const roles: Role[] = this.#sharedWith.roles(item, this.path(item.parent_id));
    if (this.linkedItemId === undefined || !this.isWithin(item, this.linkedItemId)) return roles;
    const link = this.store.sharedLinks.of(this.linkedItemId);
    if (!link) return roles;
    const byLink = link.can_download === 1 ? 'link viewer' : 'link previewer';
    return [...roles, link.can_edit === 1 ? 'link editor' : byLink];
  }

  sharedLink(item: ItemRow): SharedLinkRow | undefined {
    return item.is_shared === 1 ? this.store.sharedLinks.of(item.id) : undefined;
  }
}

/** The row that stands for a user's root folder, which no table holds. */
export function rootFolderOf(user: UserRow): ItemRow {
  return {
    id: rootFolderId,
    kind: 0,
    parent_id: rootFolderId,
    owner_id: user.id,
    name: rootFolderName,
    folded: '',
    description: '',
    size: user.root_size,
    etag: 0,
    sequence_id: 0,
    created_at: user.created_at,
    modified_at: user.created_at,
    content_created_at: user.created_at,
    content_modified_at: user.created_at,
    created_by: user.id,
    modified_by: user.id,
    ...plainColumns,
  };
}

export const rootFolderName = 'All Files';
