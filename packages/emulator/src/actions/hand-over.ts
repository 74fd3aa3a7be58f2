import type { Access } from '../access/access.ts';
import { BoxError, notFound } from '../box-error.ts';
import { rootFolderId } from '../ids.ts';
import type { CollaborationRow } from '../store/collaborations.ts';
import { giveBelow } from './give.ts';
import { orNameInUse } from './names-in-use.ts';

/**
 * Makes a collaborator the owner of an item, which goes to that user's root folder; who owned it
 * becomes co-owner by a new collaboration. To be called inside a transaction.
 *
 * @throws BoxError 403 unless the caller owns it, 404 when it is in the trash; 409 when the new owner has an item of its name
 */
export function handOver(access: Access, row: CollaborationRow): void {
  const { store, view, userId } = access;
  const item = store.items.get(row.item_id);
  const newOwnerId = row.user_id;
  if (!item) throw notFound('collab', String(row.id));
  if (view.trashedAt(item) !== null) throw new BoxError('trashed');
  if (item.owner_id !== userId || newOwnerId === null || row.status !== 'accepted') {
    throw new BoxError('access_denied_insufficient_permissions');
  }
  const now = store.nowSeconds();
  const folder = { id: rootFolderId, owner_id: newOwnerId };
  orNameInUse({ folder, name: item.name, form: 'array', view }, () =>
    store.items.update(item.id, {
      parent_id: rootFolderId,
      owner_id: newOwnerId,
      etag: item.etag + 1,
      sequence_id: item.sequence_id + 1,
    }),
  );
  const keptBytes = giveBelow(access, item, newOwnerId);
  store.items.addSize(item.parent_id, userId, -item.size, -keptBytes);
  store.items.addSize(rootFolderId, newOwnerId, item.size, keptBytes);
  store.collaborations.delete(row.id);
  store.collaborations.insert({
    ...row,
    user_id: userId,
    role: 'co-owner',
    can_view_path: 0,
    is_access_only: 0,
    created_by: userId,
    created_at: now,
    modified_at: now,
    expires_at: null,
    acknowledged_at: now,
  });
}
