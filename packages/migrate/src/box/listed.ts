/** What is asked of each item when a folder of the source is listed: all that can be known of it without another call. */
import { createHash } from 'node:crypto';
import type { BoxFile, BoxFileVersion, BoxItem } from '@boxhaul/client';
import type { FileFacts, OriginEntry } from '@boxhaul/transfer';
import { endsOf, settingsOf, watermarkOf } from './settings-of.ts';

export const LISTED_FIELDS = [
  'name',
  'size',
  'sha1',
  'file_version',
  'version_number',
  'description',
  'tags',
  'shared_link',
  'comment_count',
  'has_collaborations',
  'lock',
  'owned_by',
  'content_created_at',
  'content_modified_at',
  'expires_at',
  'disposition_at',
  'watermark_info',
  'folder_upload_email',
  'can_non_owners_invite',
  'can_non_owners_view_collaborators',
  'is_collaboration_restricted_to_enterprise',
];

/** An entry of an origin in Box, with what was listed of it; of an earlier state, its version as well. */
export interface BoxEntry extends OriginEntry {
  readonly item: BoxItem;
  readonly version?: BoxFileVersion;
  /** What it inherits is from folders that do not come along. */
  readonly isTop?: boolean;
}

const KINDS = { file: 'file', folder: 'folder', web_link: 'web-link' } as const;

export function entryOf(item: BoxItem): BoxEntry {
  return {
    name: item.name,
    path: `${item.type}/${item.id}`,
    kind: KINDS[item.type],
    item,
    ...(item.type === 'file' && { facts: factsOf(item) }),
    ...(item.type === 'web_link' && { url: item.url, facts: { sizeBytes: 0 } }),
  };
}

/** @throws it is none of ours */
export function boxEntry(entry: OriginEntry): BoxEntry {
  if ('item' in entry) return entry as BoxEntry;
  throw new Error(`${entry.path} was not listed in Box`);
}

function factsOf(file: BoxFile): FileFacts {
  const modifiedMs = Date.parse(file.content_modified_at ?? '');
  const createdMs = Date.parse(file.content_created_at ?? '');
  const owner = file.owned_by?.login;
  return {
    sizeBytes: file.size ?? 0,
    ...(!Number.isNaN(modifiedMs) && { modifiedMs }),
    ...(!Number.isNaN(createdMs) && { createdMs }),
    ...(owner !== undefined && { owner }),
  };
}

/** All that the listing tells of an item's details, without what changes when somebody merely looks at it. */
export function printOf({ item, isTop = false }: BoxEntry): string {
  const { type, id, etag, description, tags, has_collaborations, shared_link: link } = item;
  const shared = link && [link.url, link.access, link.effective_permission, link.unshared_at];
  const ofFile =
    item.type === 'file'
      ? [item.version_number, item.comment_count, item.lock?.id, item.file_version?.id]
      : [];
  const set = [settingsOf(item), watermarkOf(item, isTop), endsOf(item)];
  const all = [type, id, etag, description, tags, has_collaborations, shared, ...ofFile, set];
  return createHash('sha256').update(JSON.stringify(all)).digest('base64url');
}
