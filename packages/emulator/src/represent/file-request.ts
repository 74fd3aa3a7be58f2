import type { FileRequestRow } from '../store/file-requests.ts';
import type { ItemRow } from '../store/rows.ts';
import { formatTime } from '../times.ts';
import { representItem } from './item.ts';
import type { View } from './view.ts';

/** A file request. https://developer.box.com/reference/resources/file-request/ */
export function representFileRequest(request: FileRequestRow, folder: ItemRow, view: View) {
  return {
    id: String(request.id),
    type: 'file_request',
    title: request.title,
    description: request.description,
    status: request.status,
    is_email_required: request.is_email_required === 1,
    is_description_required: request.is_description_required === 1,
    ...(request.expires_at === null ? {} : { expires_at: formatTime(request.expires_at) }),
    folder: representItem(folder, 'mini', view),
    // A path on whatever host the enterprise has.
    url: `/f/${request.token}`,
    etag: String(request.etag),
    created_by: view.userMini(request.created_by),
    created_at: formatTime(request.created_at),
    updated_by: view.userMini(request.updated_by),
    updated_at: formatTime(request.updated_at),
  };
}
