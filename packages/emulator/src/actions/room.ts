import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';

/**
 * Checks that a file of this size may be uploaded to a user's Box. Uploads ask twice: before the bytes are kept, and in
 * the transaction that makes the file, for others may have filled the room meanwhile.
 *
 * @throws BoxError 403 `file_size_limit_exceeded` or `storage_limit_exceeded`
 */
export function checkRoom(access: Access, ownerId: number, sizeBytes: number): void {
  const largest = access.view.user(ownerId)?.max_upload_size ?? 0;
  if (sizeBytes > largest) throw new BoxError('file_size_limit_exceeded');
  checkSpace(access, ownerId, sizeBytes);
}

/**
 * Checks that so many bytes more fit into a user's Box, as it is at this moment.
 *
 * @throws BoxError 403 `storage_limit_exceeded`
 */
export function checkSpace({ store }: Access, ownerId: number, bytes: number): void {
  const owner = store.users.get(ownerId);
  // A negative amount is Box's way to say that there is no limit.
  if (!owner || owner.space_amount < 0) return;
  if (owner.space_used + bytes > owner.space_amount) throw new BoxError('storage_limit_exceeded');
}
