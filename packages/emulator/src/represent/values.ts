import { extname } from 'node:path';
import type { Deed } from '../access/deeds.ts';
import type { Right } from '../access/roles.ts';
import { representRepresentations } from '../contents/representations.ts';
import { rootFolderId } from '../ids.ts';
import { classificationValue } from '../metadata/represent-fields.ts';
import type { AncestorRow } from '../store/items.ts';
import { type ItemRow, isFile, kinds, typeOf } from '../store/rows.ts';
import { formatTime } from '../times.ts';
import { favoritesOf } from './collection.ts';
import { representSharedLink } from './shared-link.ts';
import { authenticatedDownloadUrl, trashSeconds } from './version.ts';
import { rootFolderName, type View } from './view.ts';
import { watermarkInfo } from './watermark.ts';

/** One member of an item's JSON. */
export type Value = (item: ItemRow, view: View) => unknown;

const isRoot = (item: ItemRow) => item.kind === kinds.folder && item.id === rootFolderId;
const unlessRoot =
  (value: Value): Value =>
  (item, view) =>
    isRoot(item) ? null : value(item, view);
const timeOrNull = (seconds: number | null) => (seconds === null ? null : formatTime(seconds));
const parsed = (json: string | null): unknown => (json === null ? null : JSON.parse(json));

const rootMini = {
  type: 'folder',
  id: '0',
  sequence_id: null,
  etag: null,
  name: rootFolderName,
} as const;
const trashMini = {
  type: 'folder',
  id: '1',
  sequence_id: null,
  etag: null,
  name: 'Trash',
} as const;
const nobody = { type: 'user', id: '', name: '', login: '' } as const;

function folderMini(folder: AncestorRow) {
  return {
    type: 'folder',
    id: String(folder.id),
    sequence_id: String(folder.sequence_id),
    etag: String(folder.etag),
    name: folder.name,
  };
}

function pathCollection(item: ItemRow, view: View) {
  const entries = isRoot(item) ? [] : pathEntries(item, view);
  return { total_count: entries.length, entries };
}

function pathEntries(item: ItemRow, view: View) {
  if (view.trashedAt(item) !== null) return [trashMini];
  const { isFromRoot, folders } = view.visiblePath(item);
  const minis = folders.map(folderMini);
  return isFromRoot ? [rootMini, ...minis] : minis;
}

function parentOf(item: ItemRow, view: View) {
  if (isRoot(item)) return null;
  const { isFromRoot, folders } = view.visiblePath(item);
  const parent = folders.at(-1);
  if (parent) return folderMini(parent);
  return isFromRoot ? rootMini : null;
}

function lockOf(item: ItemRow, view: View) {
  const lock = currentLock(item, view.store.nowSeconds());
  if (!lock) return null;
  const expires = timeOrNull(lock.expiresAt);
  return {
    type: 'lock',
    id: String(lock.id),
    created_by: view.userMini(lock.userId),
    created_at: formatTime(lock.createdAt),
    // Box's spec has the first name, its recorded answers the second.
    expired_at: expires,
    expires_at: expires,
    is_download_prevented: lock.isDownloadPrevented,
    app_type: null,
  };
}

/** A file's lock as the store keeps it. */
export interface Lock {
  id: number;
  userId: number;
  createdAt: number;
  expiresAt: number | null;
  isDownloadPrevented: boolean;
}

/** The lock that holds at the moment. */
export function currentLock(item: ItemRow, nowSeconds: number): Lock | undefined {
  if (item.lock === null) return undefined;
  const lock = JSON.parse(item.lock) as Lock;
  return lock.expiresAt !== null && lock.expiresAt <= nowSeconds ? undefined : lock;
}

/** Seldom used members that clients may set, kept as they are. */
export type Settings = Record<string, unknown>;

export function settingsOf(item: Pick<ItemRow, 'settings'>): Settings {
  return item.settings === null ? {} : (JSON.parse(item.settings) as Settings);
}

const setting =
  (name: string, usual: unknown): Value =>
  (item) =>
    settingsOf(item)[name] ?? usual;

/** What it takes to invite others: an owner may keep that to owners and co-owners. */
export function invitingRight(item: ItemRow): Right {
  return settingsOf(item).can_non_owners_invite === false ? 'settings' : 'invite';
}

/** What the viewer's role and the token's scopes let it do: pages show their buttons by this. */
function permissionsOf(item: ItemRow, view: View) {
  const may = (right: Right, deed: Deed) => view.permits(item, right, deed);
  const common = {
    can_download: may('download', 'download'),
    can_upload: may(item.kind === kinds.file ? 'version' : 'upload', 'upload'),
    can_rename: may('rename', 'rename'),
    can_delete: may('delete', 'delete'),
    can_share: may('share', 'share'),
    can_set_share_access: may('invite', 'share'),
    can_invite_collaborator: may(invitingRight(item), 'change'),
    can_apply_watermark: may('settings', 'change'),
  };
  if (item.kind !== kinds.file) return common;
  const { can_upload, can_rename, can_apply_watermark, ...rest } = common;
  const canComment = may('comment', 'comment');
  return {
    can_download: rest.can_download,
    can_preview: may('preview', 'preview'),
    can_upload,
    can_comment: canComment,
    can_rename,
    can_delete: rest.can_delete,
    can_share: rest.can_share,
    can_set_share_access: rest.can_set_share_access,
    can_invite_collaborator: rest.can_invite_collaborator,
    can_annotate: canComment,
    can_view_annotations_all: canComment,
    can_view_annotations_self: canComment,
    can_apply_watermark,
  };
}

/** An address as Box has it, for those who may look at the file; nothing is there. */
function embedLinkOf(item: ItemRow, view: View) {
  if (!view.allows(item, 'preview')) return null;
  const page = Buffer.from(`${item.id} ${item.version_id}`).toString('base64url');
  return { url: `https://app.box.com/preview/expiring_embed/${page}` };
}

const inviteeRoles = [
  'editor',
  'viewer',
  'previewer',
  'uploader',
  'previewer uploader',
  'co-owner',
  'viewer uploader',
];

/** Every member that an item's JSON may have, by name; which item has which is in represent.ts. */
export const itemValues: Readonly<Record<string, Value>> = {
  type: (item) => typeOf(item.kind),
  id: (item) => String(item.id),
  sequence_id: unlessRoot((item) => String(item.sequence_id)),
  etag: unlessRoot((item) => String(item.etag)),
  name: (item) => item.name,
  sha1: (item) => item.sha1,
  file_version: (item) =>
    isFile(item)
      ? { type: 'file_version', id: String(item.version_id), sha1: item.sha1 }
      : undefined,
  url: (item) => item.url,
  description: (item) => item.description,
  size: (item) => item.size,
  path_collection: pathCollection,
  created_at: unlessRoot((item) => formatTime(item.created_at)),
  modified_at: unlessRoot((item) => formatTime(item.modified_at)),
  content_created_at: unlessRoot((item) => formatTime(item.content_created_at)),
  content_modified_at: unlessRoot((item) => formatTime(item.content_modified_at)),
  trashed_at: (item, view) => timeOrNull(view.trashedAt(item)),
  purged_at: (item, view) => {
    const trashedAt = view.trashedAt(item);
    return trashedAt === null ? null : formatTime(trashedAt + trashSeconds);
  },
  created_by: (item, view) => (isRoot(item) ? nobody : view.userMini(item.created_by)),
  modified_by: (item, view) => view.userMini(item.modified_by),
  owned_by: (item, view) => view.userMini(item.owner_id),
  shared_link: (item, view) => {
    const link = view.trashedAt(item) === null ? view.sharedLink(item) : undefined;
    return link ? representSharedLink(link, item, view) : null;
  },
  parent: parentOf,
  item_status: (item, view) => (view.trashedAt(item) === null ? 'active' : 'trashed'),
  // Its place among the members; representFolder fills it in.
  item_collection: () => undefined,
  folder_upload_email: (item, view) =>
    view.trashedAt(item) === null ? setting('folder_upload_email', null)(item, view) : null,
  permissions: permissionsOf,
  tags: (item) => parsed(item.tags) ?? [],
  collections: (item, view) =>
    view.store.favorites.has(view.userId, item.id) ? [favoritesOf(view)] : [],
  lock: lockOf,
  version_number: (item) => String(item.version_number),
  comment_count: (item, view) => view.store.comments.count(item.id),
  extension: (item) => extname(item.name).slice(1),
  is_package: () => false,
  expiring_embed_link: embedLinkOf,
  watermark_info: watermarkInfo,
  is_accessible_via_shared_link: (item, view) => view.sharedLink(item) !== undefined,
  allowed_invitee_roles: (item) => (item.kind === kinds.file ? ['editor', 'viewer'] : inviteeRoles),
  allowed_shared_link_access_levels: () => ['collaborators', 'open', 'company'],
  is_externally_owned: (item, view) =>
    view.user(item.owner_id)?.enterprise_id !== view.user(view.userId)?.enterprise_id,
  has_collaborations: (item, view) => view.store.collaborations.hasAny(item.id),
  expires_at: () => null,
  representations: (item, view) =>
    isFile(item) ? representRepresentations(item, view) : undefined,
  // These four are in no document, but Box UI Elements share and download by them.
  allowed_shared_link_access_levels_disabled_reasons: () => ({}),
  shared_link_features: () => ({ download_url: true, password: true, vanity_name: true }),
  authenticated_download_url: (item, view) => authenticatedDownloadUrl(item.id, view),
  is_download_available: () => true,
  classification: classificationValue,
  uploader_display_name: (item, view) =>
    isFile(item) ? view.userMini(item.version_by).name : undefined,
  disposition_at: setting('disposition_at', null),
  shared_link_permission_options: () => ['can_preview', 'can_download', 'can_edit'],
  is_associated_with_app_item: (item, view) =>
    view.store.appItems.ofItem(item.id, undefined, { limit: 1, afterId: 0 }).length > 0,
  sync_state: setting('sync_state', 'not_synced'),
  can_non_owners_invite: setting('can_non_owners_invite', true),
  is_collaboration_restricted_to_enterprise: setting(
    'is_collaboration_restricted_to_enterprise',
    false,
  ),
  can_non_owners_view_collaborators: setting('can_non_owners_view_collaborators', true),
};
