import type { Access } from '../access/access.ts';
import { checkNotFrozen } from '../access/folder-lock.ts';
import type { Right } from '../access/roles.ts';
import { BoxError } from '../box-error.ts';
import type { Chance } from '../chance.ts';
import { asBody, type Body, descriptionOf, invalid, parentIdOf } from '../http/request-body.ts';
import { parseId, rootFolderId } from '../ids.ts';
import { checkName, foldName } from '../names.ts';
import type { Lock } from '../represent/values.ts';
import { settingsOf } from '../represent/values.ts';
import { type ItemRow, kinds } from '../store/rows.ts';
import { parseTime } from '../times.ts';
import { inheritMetadata } from './cascade.ts';
import { setCollections } from './favorite.ts';
import { giveBelow } from './give.ts';
import { orNameInUse } from './names-in-use.ts';
import { type ItemEvent, recordEvent } from './record-event.ts';
import { setSharedLink } from './share.ts';

type Changes = Partial<Omit<ItemRow, 'id'>>;

/**
 * What `PUT` does to a file, folder or web link: any of its members may come together. To be
 * called inside a transaction.
 *
 * @returns the item as it is now; etag and sequence id go up when something changed
 */
export function changeItem(access: Access, item: ItemRow, body: Body): ItemRow {
  const members = Object.keys(body);
  // A pure move takes the latest item, whatever etag the client knows.
  const isPureMove = members.length === 1 && body.parent !== undefined;
  if (!isPureMove) access.checkIfMatch(item);
  access.require(members.every(isForRename) ? 'rename' : deedOf(members));
  const changes: Changes = {
    ...nameChanges(item, body),
    ...placeChanges(access, item, body),
    ...plainChanges(item, body),
    ...(item.kind === kinds.file ? fileChanges(access, item, body) : {}),
    ...settingChanges(item, body, access.store.chance),
    ...linkChanges(access, item, body),
  };
  setCollections(access, item, body.collections);
  const changed = Object.keys(changes).some(
    (name) => changes[name as keyof Changes] !== item[name as keyof ItemRow],
  );
  // A link that was there may have changed without the item's row showing it.
  if (!changed && body.shared_link === undefined) return item;
  return save(access, item, changes);
}

/** What `item_rename` allows: the Content Sidebar describes files with it, too. */
const isForRename = (member: string) => member === 'name' || member === 'description';

/** Members of a `PUT` that take another right than that to rename. */
const rightByMember: Readonly<Record<string, Right>> = {
  parent: 'delete',
  shared_link: 'share',
  lock: 'version',
  content_created_at: 'version',
  content_modified_at: 'version',
  collections: 'see',
  sync_state: 'see',
  folder_upload_email: 'settings',
  can_non_owners_invite: 'settings',
  is_collaboration_restricted_to_enterprise: 'settings',
  can_non_owners_view_collaborators: 'settings',
};

/** The rights that it takes to change an item so. */
export function rightsToChange(body: Body): Right[] {
  return Object.keys(body).map((member) => rightByMember[member] ?? 'rename');
}

function deedOf(members: readonly string[]) {
  return members.every((name) => name === 'shared_link') ? 'share' : 'change';
}

function save(access: Access, item: ItemRow, changes: Changes): ItemRow {
  const { store, view } = access;
  const now: ItemRow = {
    ...item,
    ...changes,
    etag: item.etag + 1,
    sequence_id: item.sequence_id + 1,
    modified_at: store.nowSeconds(),
    modified_by: access.userId,
  };
  const { id, ...row } = now;
  const folder = { id: now.parent_id, owner_id: now.owner_id };
  orNameInUse({ folder, name: now.name, form: 'array', view }, () => store.items.update(id, row));
  if (now.parent_id !== item.parent_id || now.owner_id !== item.owner_id) {
    const keptBytes = giveBelow(access, item, now.owner_id);
    store.items.addSize(item.parent_id, item.owner_id, -item.size, -keptBytes);
    store.items.addSize(now.parent_id, now.owner_id, item.size, keptBytes);
  }
  view.forgetPaths();
  if (now.parent_id !== item.parent_id) inheritMetadata(access, now);
  for (const event of eventsOf(item, now)) {
    recordEvent(access, event, now, event === 'move' ? item : undefined);
  }
  return now;
}

/** Box tells of each thing that was done, even when one call did several. */
function eventsOf(was: ItemRow, now: ItemRow): ItemEvent[] {
  const events: ItemEvent[] = [];
  // From root folder to root folder, only the owner is another.
  if (now.parent_id !== was.parent_id || now.owner_id !== was.owner_id) events.push('move');
  if (now.name !== was.name) events.push('rename');
  if (now.lock !== was.lock) events.push(now.lock === null ? 'unlock' : 'lock');
  if (now.is_shared !== was.is_shared) events.push(now.is_shared === 1 ? 'share' : 'unshare');
  if (now.tags !== was.tags && now.tags !== null) events.push('tag');
  const syncState = settingsOf(now).sync_state;
  if (syncState !== settingsOf(was).sync_state) {
    events.push(syncState === 'synced' ? 'sync' : 'unsync');
  }
  const isModified =
    now.description !== was.description ||
    now.url !== was.url ||
    now.content_created_at !== was.content_created_at ||
    now.content_modified_at !== was.content_modified_at;
  if (isModified) events.push('modify');
  // Nothing of the item's row: the link that it has already was changed.
  if (events.length === 0 && now.is_shared === 1) events.push('change share');
  return events;
}

function nameChanges(item: ItemRow, body: Body): Changes {
  if (body.name === undefined || body.name === null || body.name === item.name) return {};
  const name = checkName(body.name);
  return { name, folded: foldName(name) };
}

function placeChanges(access: Access, item: ItemRow, body: Body): Changes {
  if (body.parent === undefined || body.parent === null) return {};
  checkNotFrozen(access, item);
  const parentId = parentIdOf(body);
  checkWhoseRoot(access, parentId, asBody(body.parent)?.user_id);
  const folder = access.destination(parentId);
  if (item.kind === kinds.folder && access.view.isWithin(folder, item.id)) {
    throw new BoxError('cyclical_folder_structure');
  }
  return { parent_id: folder.id, owner_id: folder.owner_id };
}

/** `user_id` says whose root folder is meant, and goes with no other folder. */
function checkWhoseRoot(access: Access, parentId: unknown, userId: unknown): void {
  if (userId === undefined || userId === null) return;
  if (parseId(parentId) !== rootFolderId) {
    throw invalid('parent.user_id', userId, 'is for the root folder, 0, only');
  }
  if (parseId(userId) !== access.userId) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
}

const maxTags = 100;

function plainChanges(item: ItemRow, body: Body): Changes {
  const changes: Changes = {};
  if (body.description !== undefined) changes.description = descriptionOf(body) ?? '';
  if (body.tags !== undefined) changes.tags = tagsOf(body.tags);
  if (body.url !== undefined && item.kind === kinds.web_link) changes.url = checkUrl(body.url);
  return changes;
}

function tagsOf(tags: unknown): string | null {
  const isList = Array.isArray(tags) && tags.every((tag) => typeof tag === 'string');
  if (tags !== null && (!isList || tags.length > maxTags)) {
    throw invalid('tags', tags, `must be a list of at most ${maxTags} texts`);
  }
  return isList && tags.length > 0 ? JSON.stringify([...new Set(tags)]) : null;
}

/** A web link's address. @throws BoxError 400 unless it is of http or https */
export function checkUrl(url: unknown): string {
  const isWeb = typeof url === 'string' && /^https?:$/.test(URL.parse(url)?.protocol ?? '');
  if (!isWeb) throw invalid('url', url, 'must be an address of http or https');
  return url;
}

function fileChanges(access: Access, item: ItemRow, body: Body): Changes {
  const changes: Changes = {};
  const createdAt = parseTime(body.content_created_at, 'content_created_at');
  const modifiedAt = parseTime(body.content_modified_at, 'content_modified_at');
  if (createdAt !== undefined) changes.content_created_at = createdAt;
  if (modifiedAt !== undefined) changes.content_modified_at = modifiedAt;
  if (body.lock !== undefined) changes.lock = lockFrom(access, item, body.lock);
  return changes;
}

function lockFrom(access: Access, item: ItemRow, asked: unknown): string | null {
  if (asked === null) return null;
  const body = asBody(asked);
  // The classic SDK says `type` where others say `access`.
  if (body?.access !== 'lock' && body?.type !== 'lock') {
    throw invalid('lock', asked, "must be null or have an access of 'lock'");
  }
  const old = item.lock === null ? undefined : (JSON.parse(item.lock) as Lock);
  const lock: Lock = {
    id: old?.id ?? access.store.items.takeIds(1),
    userId: access.userId,
    createdAt: access.store.nowSeconds(),
    expiresAt: parseTime(body.expires_at, 'expires_at') ?? null,
    isDownloadPrevented: body.is_download_prevented === true,
  };
  return JSON.stringify(lock);
}

/** Members that are kept as they come and mean nothing to the emulator. */
const settingNames = [
  'can_non_owners_invite',
  'is_collaboration_restricted_to_enterprise',
  'can_non_owners_view_collaborators',
  'sync_state',
  'disposition_at',
];

/** The settings of a new folder, or those that a `PUT` changes. */
export function settingChanges(
  item: Pick<ItemRow, 'settings'>,
  body: Body,
  chance: Chance,
): Pick<ItemRow, 'settings'> {
  const settings = { ...settingsOf(item) };
  for (const name of settingNames) {
    if (body[name] !== undefined) settings[name] = checkedSetting(name, body[name]);
  }
  if (body.folder_upload_email !== undefined) {
    settings.folder_upload_email = uploadEmail(body.folder_upload_email, chance);
  }
  const isEmpty = Object.keys(settings).length === 0;
  return { settings: isEmpty ? null : JSON.stringify(settings) };
}

const syncStates: readonly unknown[] = ['synced', 'not_synced', 'partially_synced'];

/** @throws BoxError 400 for what SDKs could not parse when they get it back */
function checkedSetting(name: string, value: unknown): unknown {
  if (value === null) return null;
  switch (name) {
    case 'sync_state':
      if (syncStates.includes(value)) return value;
      throw invalid(name, value, 'must be synced, not_synced or partially_synced');
    case 'disposition_at':
      parseTime(value, name);
      return value;
    default:
      if (typeof value === 'boolean') return value;
      throw invalid(name, value, 'must be true or false');
  }
}

function uploadEmail(asked: unknown, chance: Chance) {
  if (asked === null) return null;
  const body = asBody(asked);
  const access = body === undefined ? undefined : (body.access ?? 'open');
  if (access !== 'open' && access !== 'collaborators') {
    throw invalid('folder_upload_email', asked, 'needs an access of open or collaborators');
  }
  return { access, email: `upload.${chance.hex(8)}@u.box.com` };
}

function linkChanges(access: Access, item: ItemRow, body: Body): Changes {
  if (body.shared_link === undefined) return {};
  return { is_shared: setSharedLink(access, item, body.shared_link) ? 1 : 0 };
}
