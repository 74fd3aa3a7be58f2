import type { BoxFolderLock } from '../activity-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page, pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { deleteItem } from './item-changes.ts';

/** Locks that keep folders from being moved or deleted; a file's lock is `files.lock`. */
export class FolderLocks {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The locks on a folder. Only its owner and co-owners may ask.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/reference/get-folder-locks/
   * @example
   * ```ts
   * await client.folderLocks.create(folderId);
   * for (const { id, created_at, locked_operations } of await client.folderLocks.list(folderId)) {
   *   console.log(id, created_at, locked_operations?.delete ? 'cannot be deleted' : '');
   * }
   * ```
   */
  async list(folderId: string, { signal }: CallOptions = {}): Promise<readonly BoxFolderLock[]> {
    const query = { folder_id: folderId };
    const request = { method: 'GET', path: '/folder_locks', query, signal } as const;
    return (await answerOf(this.#send, request, page<BoxFolderLock>)).entries;
  }

  /**
   * Locks a folder against being moved and deleted, by its owner too, until the lock is deleted.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/reference/post-folder-locks/
   * @example
   * ```ts
   * import { isBoxError } from '@boxhaul/client';
   *
   * await client.folderLocks.create(folderId);
   * try {
   *   await client.folders.delete(folderId, { recursive: true });
   * } catch (error) {
   *   if (!isBoxError(error)) throw error;
   *   console.log('it is safe:', error.code);
   * }
   * ```
   */
  async create(folderId: string, { signal }: CallOptions = {}): Promise<BoxFolderLock> {
    const json = {
      folder: { type: 'folder', id: folderId },
      locked_operations: { move: true, delete: true },
    };
    return await answerOf<BoxFolderLock>(
      this.#send,
      { method: 'POST', path: '/folder_locks', json, signal },
      entity('folder_lock'),
    );
  }

  /**
   * Takes a lock off its folder.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/reference/delete-folder-locks-id/
   * @example
   * ```ts
   * await client.folderLocks.create(folderId);
   * for (const { id } of await client.folderLocks.list(folderId)) await client.folderLocks.delete(id);
   * ```
   */
  async delete(lockId: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/folder_locks', lockId), undefined, { signal });
  }
}
