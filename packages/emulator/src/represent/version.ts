import { extname } from 'node:path';
import type { VersionRow } from '../store/rows.ts';
import { formatTime } from '../times.ts';
import type { View } from './view.ts';

/** How long things stay in the trash. */
export const trashSeconds = 30 * 24 * 3600;

/** Where a file's contents are for those who put `access_token=` behind it. */
export function authenticatedDownloadUrl(fileId: number, view: View): string {
  return `${view.downloadUrl}/api/2.0/files/${fileId}/content`;
}

/** What Box writes of a version that was not asked for by name only when there is something to say. */
const seldom = ['trashed_by', 'restored_at', 'restored_by'];

/** What Box writes of a version only when it is asked for by name; Box UI Elements do. */
const onlyNamed = [
  'version_number',
  'extension',
  'permissions',
  'authenticated_download_url',
  'is_download_available',
];

/**
 * A version of a file, with the members that `?fields=` names or those that Box writes by itself.
 * https://developer.box.com/reference/resources/file-version/
 */
export function representVersion(version: VersionRow, fields: unknown, view: View) {
  const members = Object.entries(membersOf(version, view));
  if (typeof fields === 'string' && fields !== '') {
    const wanted = new Set(['type', 'id', ...fields.split(',')]);
    return Object.fromEntries(members.filter(([name]) => wanted.has(name)));
  }
  const isUsual = ([name, value]: [string, unknown]) =>
    !onlyNamed.includes(name) && (value !== null || !seldom.includes(name));
  return Object.fromEntries(members.filter(isUsual));
}

function membersOf(version: VersionRow, view: View): Record<string, unknown> {
  const timeOrNull = (time: number | null) => (time === null ? null : formatTime(time));
  const userOrNull = (id: number | null) => (id === null ? null : view.userMini(id));
  const { trashed_at: trashedAt } = version;
  return {
    type: 'file_version',
    id: String(version.id),
    sha1: version.sha1,
    name: version.name,
    size: version.size,
    created_at: formatTime(version.created_at),
    modified_at: formatTime(version.modified_at),
    modified_by: view.userMini(version.created_by),
    trashed_at: timeOrNull(trashedAt),
    trashed_by: userOrNull(version.trashed_by),
    restored_at: timeOrNull(version.restored_at),
    restored_by: userOrNull(version.restored_by),
    purged_at: timeOrNull(trashedAt === null ? null : trashedAt + trashSeconds),
    uploader_display_name: view.userMini(version.created_by).name,
    version_number: String(version.number),
    extension: extname(version.name).slice(1),
    permissions: permissionsOn(version, view),
    authenticated_download_url: `${authenticatedDownloadUrl(version.file_id, view)}?version=${version.id}`,
    is_download_available: true,
  };
}

function permissionsOn(version: VersionRow, view: View) {
  const file = view.store.items.get(version.file_id);
  const may = (deed: 'delete' | 'download' | 'preview') =>
    file !== undefined && view.permits(file, deed, deed);
  return {
    can_delete: may('delete'),
    can_download: may('download'),
    can_preview: may('preview'),
  };
}
