import { BoxError } from '../box-error.ts';
import { type ItemRow, kinds } from '../store/rows.ts';
import type { Access } from './access.ts';

/**
 * Refuses to move or delete a folder that is locked; what lies in it is not. To be called inside the
 * transaction that would do it.
 *
 * @throws BoxError 403, even for the owner: the lock must go first
 */
export function checkNotFrozen(access: Access, item: ItemRow): void {
  if (item.kind === kinds.folder && access.store.folderLocks.of(item.id)) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
}
