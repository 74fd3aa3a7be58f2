import { Access } from '../access/access.ts';
import type { Box, Caller } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { rootFolderId } from '../ids.ts';
import type { ItemRow } from '../store/rows.ts';

/** A file request as somebody would make it in Box's web app. */
export interface NewFileRequest {
  /** The folder that files are to come to. */
  folderId: string;
  /** @default 'Files for', and the folder's name */
  title?: string | undefined;
}

/**
 * Makes a file request, active and without an end, for a folder of the caller's.
 *
 * @returns its id
 * @throws BoxError 404 when there is no such folder, 403 for the root folder
 */
export function addFileRequest(box: Box, caller: Caller, request: NewFileRequest): string {
  const { store } = box;
  // What is made here is not shown, so no URL is needed.
  const access = new Access({ store, caller, downloadUrl: () => '' });
  return store.transaction(() => {
    const folder = access.active('folder', request.folderId, 'upload');
    const own = newRequest(access, folder);
    store.fileRequests.put({
      ...own,
      title: request.title ?? `Files for ${folder.name}`,
      description: null,
      status: 'active',
      is_email_required: 0,
      is_description_required: 0,
      expires_at: null,
    });
    return String(own.id);
  });
}

/**
 * What every new file request has of its own. To be called inside a transaction.
 *
 * @throws BoxError 403 for the root folder, which nobody can be asked to put files into
 */
export function newRequest(access: Access, folder: ItemRow) {
  if (folder.id === rootFolderId) throw new BoxError('access_denied_insufficient_permissions');
  const { store, userId } = access;
  const now = store.nowSeconds();
  return {
    id: store.items.takeIds(1),
    folder_id: folder.id,
    token: store.chance.hex(16),
    etag: 0,
    created_by: userId,
    created_at: now,
    updated_by: userId,
    updated_at: now,
  };
}
