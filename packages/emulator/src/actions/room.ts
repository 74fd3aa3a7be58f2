import type { Access } from '../access.ts';
import { BoxError } from '../box-error.ts';

/**
 * Checks that a file of this size may be uploaded to a user's Box.
 *
 * @throws BoxError 403 `file_size_limit_exceeded` or `storage_limit_exceeded`
 */
export function checkRoom(access: Access, ownerId: number, sizeBytes: number): void {
  const owner = access.view.user(ownerId);
  if (!owner) return;
  if (sizeBytes > owner.max_upload_size) throw new BoxError('file_size_limit_exceeded');
  // A negative amount is Box's way to say that there is no limit.
  if (owner.space_amount >= 0 && owner.space_used + sizeBytes > owner.space_amount) {
    throw new BoxError('storage_limit_exceeded');
  }
}
