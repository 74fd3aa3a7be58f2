import type { GrantRow } from '../store/collaborations.ts';
import type { AncestorRow } from '../store/items.ts';
import type { ItemRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import type { CollaboratorRole } from './roles.ts';

/** The part of an item's path that a viewer is shown. */
export interface VisiblePath {
  /** Whether it begins with the viewer's root folder. */
  isFromRoot: boolean;
  /** The folders down to the item's parent. */
  folders: readonly AncestorRow[];
}

/**
 * What others have given to one user, directly or through groups. It is read once, when it is
 * first needed; whether an item is reached is then a matter of the ids on its path.
 */
export class SharedWith {
  readonly #store: Store;
  readonly #userId: number;
  #grants: Map<number, GrantRow[]> | undefined;

  constructor(store: Store, userId: number) {
    this.#store = store;
    this.#userId = userId;
  }

  /** The user's roles on an item that has this path. */
  roles(item: ItemRow, path: readonly AncestorRow[]): CollaboratorRole[] {
    return this.#on(item, path).map((grant) => grant.role);
  }

  /** Where the user finds the item: below the topmost folder that was given, or the whole way. */
  visiblePath(item: ItemRow, path: readonly AncestorRow[]): VisiblePath {
    const grants = this.#on(item, path);
    if (grants.some((grant) => grant.can_view_path === 1)) {
      return { isFromRoot: true, folders: path };
    }
    const top = path.findIndex((folder) => this.#all().has(folder.id));
    return {
      isFromRoot: grants.some((grant) => grant.is_access_only === 0),
      folders: top === -1 ? [] : path.slice(top),
    };
  }

  /**
   * The items of others that the user's root folder shows: not those that are in a folder which it
   * shows already, and none that went to the trash.
   */
  inRoot(pathOf: (parentId: number) => readonly AncestorRow[]): number[] {
    const given = this.#store.collaborations.itemsGivenTo(this.#userId);
    const ids = new Set(given.map((item) => item.id));
    const isTop = (item: ItemRow) =>
      item.owner_id !== this.#userId &&
      pathOf(item.parent_id).every((folder) => folder.trashed_at === null && !ids.has(folder.id));
    return given.filter(isTop).map((item) => item.id);
  }

  #on(item: ItemRow, path: readonly AncestorRow[]): GrantRow[] {
    const grants = this.#all();
    if (grants.size === 0) return [];
    return [...path, item].flatMap((one) => grants.get(one.id) ?? []);
  }

  #all(): Map<number, GrantRow[]> {
    this.#grants ??= Map.groupBy(
      this.#store.collaborations.grantsOf(this.#userId),
      (grant) => grant.item_id,
    );
    return this.#grants;
  }
}
