import { Access } from '../access/access.ts';
import { trashSeconds } from '../represent/version.ts';
import type { ItemRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { dropUnusedContents } from './store-contents.ts';
import { purge } from './trash.ts';

/**
 * Deletes for good what has been in the trash for 30 days, items and past versions of files. What it gives is to be
 * called before each request: it looks once in a second of the emulator's time.
 */
export function trashExpiry(store: Store): () => void {
  let looked = Number.NaN;
  return () => {
    const now = store.nowSeconds();
    if (now === looked) return;
    looked = now;
    const deadline = now - trashSeconds;
    for (const id of store.items.inTrashSince(deadline)) purgeExpired(store, id, deadline);
    purgeVersions(store, deadline);
  };
}

function purgeExpired(store: Store, id: number, deadline: number): void {
  const ownerId = store.items.get(id)?.owner_id;
  if (ownerId === undefined) return;
  purge(asOwner(store, ownerId), () => {
    const item = store.items.get(id);
    // Another process may have been quicker, or may have restored it.
    return isExpired(item, deadline) ? item : undefined;
  });
}

function isExpired(item: ItemRow | undefined, deadline: number): boolean {
  return item !== undefined && item.trashed_at !== null && item.trashed_at <= deadline;
}

function purgeVersions(store: Store, deadline: number): void {
  const dropped = store.transaction(() => {
    const versions = store.versions.deleteInTrashSince(deadline);
    for (const { file_id: fileId, size } of versions) {
      const file = store.items.get(fileId);
      if (file) store.users.addSpace(file.owner_id, -size, 0);
    }
    return versions.map(({ sha1 }) => sha1);
  });
  for (const sha1 of dropped) dropUnusedContents(store, sha1);
}

/** Nobody asked for it: webhooks are told of the owner. */
function asOwner(store: Store, ownerId: number): Access {
  const caller = {
    userId: String(ownerId),
    enterpriseId: '0',
    clientId: '',
    tokenHash: '',
    scopes: [],
    restrictedTo: undefined,
  };
  return new Access({ store, caller, downloadUrl: () => '' });
}
