import type { Access } from '../access/access.ts';
import { checkNotFrozen } from '../access/folder-lock.ts';
import { BoxError } from '../box-error.ts';
import { rootFolderId } from '../ids.ts';
import { checkName, foldName } from '../names.ts';
import { type ItemRow, isFile, kinds } from '../store/rows.ts';
import { giveBelow } from './give.ts';
import { type FolderKey, orNameInUse } from './names-in-use.ts';
import { endWebhooksOn, recordEndOfLock, recordEvent } from './record-event.ts';
import { dropUnusedContents } from './store-contents.ts';

/**
 * Puts an item in the trash, with all that is below it. To be called inside a transaction.
 *
 * @throws BoxError `folder_not_empty` for a folder with active items, unless `isRecursive`
 */
export function moveToTrash(access: Access, item: ItemRow, isRecursive: boolean): void {
  const { items, sharedLinks } = access.store;
  const isFolder = item.kind === kinds.folder;
  checkNotFrozen(access, item);
  if (isFolder && !isRecursive && items.hasChildren(item.id, item.owner_id)) {
    throw new BoxError('folder_not_empty');
  }
  sharedLinks.delete(item.id);
  const changes = {
    trashed_at: access.store.nowSeconds(),
    is_shared: 0,
    lock: null,
    etag: item.etag + 1,
    sequence_id: item.sequence_id + 1,
  } as const;
  items.update(item.id, changes);
  items.addSize(item.parent_id, item.owner_id, -item.size, 0);
  if (item.lock !== null) recordEndOfLock(access, item);
  recordEvent(access, 'trash', { ...item, ...changes });
}

/**
 * Takes an item out of the trash: into its old folder if that is still there, else into the one
 * that is asked for. To be called inside a transaction.
 */
export function restoreFromTrash(
  access: Access,
  item: ItemRow,
  asked: { name: unknown; parentId: unknown },
): ItemRow {
  const folder = oldFolder(access, item) ?? access.destination(asked.parentId ?? item.parent_id);
  const name = checkName(asked.name ?? item.name);
  const changes = {
    parent_id: folder.id,
    owner_id: folder.owner_id,
    name,
    folded: foldName(name),
    trashed_at: null,
    etag: item.etag + 1,
    sequence_id: item.sequence_id + 1,
  };
  orNameInUse({ folder, name, form: 'array', view: access.view }, () =>
    access.store.items.update(item.id, changes),
  );
  const keptBytes = giveBelow(access, item, folder.owner_id);
  access.store.items.addSize(item.parent_id, item.owner_id, 0, -keptBytes);
  access.store.items.addSize(folder.id, folder.owner_id, item.size, keptBytes);
  access.view.forgetPaths();
  const restored = { ...item, ...changes };
  recordEvent(access, 'restore', restored);
  return restored;
}

function oldFolder(access: Access, item: ItemRow): FolderKey | undefined {
  if (item.parent_id === rootFolderId) return { id: rootFolderId, owner_id: item.owner_id };
  const folder = access.store.items.get(item.parent_id);
  return folder && access.view.trashedAt(folder) === null ? folder : undefined;
}

/**
 * Deletes a trashed item for good, with all that is below it. What was deleted by itself before
 * the folder above it stays in the trash.
 *
 * @param findItem looks it up in the transaction; `undefined`: nothing is to be done
 */
export function purge(access: Access, findItem: () => ItemRow | undefined): void {
  const { store } = access;
  const contents = store.transaction(() => {
    const item = findItem();
    const dropped = new Set<string>();
    if (item === undefined) return dropped;
    const bytes = purgeTree(access, item, dropped);
    store.items.addSize(item.parent_id, item.owner_id, 0, -bytes);
    return dropped;
  });
  for (const sha1 of contents) dropUnusedContents(store, sha1);
}

/**
 * Deletes all that a user owns for good, in the trash or not; it belongs with the deletion of the
 * user, which `deleteUser` does in the same transaction.
 *
 * @param deleteUser gives the user's id
 */
export function purgeAllOf(access: Access, deleteUser: () => number): void {
  const { store } = access;
  const contents = store.transaction(() => {
    const ownerId = deleteUser();
    const dropped = new Set<string>();
    const all = Number.MAX_SAFE_INTEGER;
    const tops = [
      ...store.items.children(rootFolderId, ownerId),
      ...store.listing.trashAfter(ownerId, undefined, all),
    ];
    for (const item of tops) purgeTree(access, item, dropped);
    return dropped;
  });
  for (const sha1 of contents) dropUnusedContents(store, sha1);
}

/** @returns how many bytes the versions of the tree had; their SHA-1s go to `dropped` */
function purgeTree(access: Access, top: ItemRow, dropped: Set<string>): number {
  const { items, versions, sharedLinks, collaborations, favorites } = access.store;
  const waiting = [top];
  let bytes = 0;
  recordEvent(access, 'purge', top);
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    if (item.kind === kinds.folder) waiting.push(...items.children(item.id, item.owner_id));
    if (isFile(item)) {
      for (const { sha1, size } of [...versions.deleteOf(item.id), item]) {
        dropped.add(sha1);
        bytes += size;
      }
    }
    if (item.is_shared === 1) sharedLinks.delete(item.id);
    collaborations.deleteOfItem(item.id);
    endWebhooksOn(access, item);
    favorites.forgetItem(item.id);
    items.delete(item.id);
  }
  return bytes;
}
