import type { Access } from '../access/access.ts';
import { type CollaboratorRole, collaboratorRoles } from '../access/roles.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, invalid, missing, requireMembers } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { parseId, rootFolderId } from '../ids.ts';
import { invitingRight, settingsOf } from '../represent/values.ts';
import type { CollaborationRow, Collaborator } from '../store/collaborations.ts';
import type { ItemRow, UserRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { parseTime } from '../times.ts';

/** What one file may be shared as; folders know every role. */
const fileRoles: readonly CollaboratorRole[] = ['editor', 'viewer'];

/** Invites someone to an item, as `POST /collaborations` asks. To be called inside a transaction. */
export function collaborate(access: Access, body: Body): CollaborationRow {
  requireMembers(body, 'item', 'accessible_by', 'role');
  const item = itemToShare(access, body);
  const role = roleFrom(access, item, body.role);
  const { store } = access;
  const party = collaboratorFrom(store, body);
  const user = party.user_id === null ? undefined : store.users.get(party.user_id);
  const isColleague = party.group_id !== null || isOfCompany(store, item, user);
  if (!isColleague && settingsOf(item).is_collaboration_restricted_to_enterprise === true) {
    throw new BoxError('external_collaboration_restricted');
  }
  if (party.user_id === item.owner_id || store.collaborations.find(item.id, party)) {
    throw new BoxError('user_already_collaborator');
  }
  const now = store.nowSeconds();
  return store.collaborations.insert({
    ...party,
    item_id: item.id,
    role,
    status: isColleague ? 'accepted' : 'pending',
    can_view_path: pathFlag(access, item, body.can_view_path),
    is_access_only: body.is_access_only === true ? 1 : 0,
    created_by: access.userId,
    created_at: now,
    modified_at: now,
    expires_at: expiryFrom(store, body),
    acknowledged_at: isColleague ? now : null,
  });
}

function itemToShare(access: Access, body: Body): ItemRow {
  const asked = asBody(body.item);
  if (asked?.id === undefined || asked.type === undefined) throw missing('item');
  if (asked.type !== 'file' && asked.type !== 'folder') {
    throw new BoxError('invalid_collaboration_item');
  }
  if (asked.type === 'folder' && parseId(asked.id) === rootFolderId) {
    throw new BoxError('collaborations_not_available_on_root_folder');
  }
  if (parseId(asked.id) === undefined) throw invalid('item', asked.id, 'must have an id');
  const item = access.active(asked.type, asked.id);
  access.demand(item, invitingRight(item));
  return item;
}

function roleFrom(access: Access, item: ItemRow, asked: unknown): CollaboratorRole {
  const known = item.kind === 0 ? collaboratorRoles : fileRoles;
  const role = known.find((one) => one === asked);
  if (!role) throw invalid('role', asked, `must be one of ${known.join(', ')}`);
  if (role === 'co-owner') access.demand(item, 'settings');
  return role;
}

/** The user, group or mail address that an invitation is for. */
function collaboratorFrom(store: Store, body: Body): Collaborator {
  const { type, id, login } = asBody(body.accessible_by) ?? {};
  const nobody = { user_id: null, group_id: null, invite_email: null };
  if (type === 'group') {
    const group = store.groups.get(parseId(id) ?? -1);
    if (!group) throw notFound('accessible_by', textOf(id));
    return { ...nobody, group_id: group.id };
  }
  if (type !== undefined && type !== 'user') {
    throw invalid('accessible_by', type, 'must be a user or a group');
  }
  if (id !== undefined && id !== null) {
    const user = store.users.get(parseId(id) ?? -1);
    if (!user) throw notFound('accessible_by', textOf(id));
    return { ...nobody, user_id: user.id };
  }
  if (typeof login !== 'string' || !login.includes('@')) throw missing('accessible_by');
  const user = store.users.findByLogin(login);
  return user ? { ...nobody, user_id: user.id } : { ...nobody, invite_email: login };
}

/** Colleagues of an item's owner need not accept what they are given. */
function isOfCompany(store: Store, item: ItemRow, user: UserRow | undefined): boolean {
  const company = store.users.get(item.owner_id)?.enterprise_id ?? null;
  return company !== null && user?.enterprise_id === company;
}

function pathFlag(access: Access, item: ItemRow, asked: unknown): 0 | 1 {
  if (asked !== true) return 0;
  if (item.kind !== 0) throw invalid('can_view_path', asked, 'is for folders only');
  access.demand(item, 'settings');
  return 1;
}

function expiryFrom(store: Store, body: Body): number | null {
  const time = parseTime(body.expires_at, 'expires_at');
  if (time === undefined) return null;
  if (time <= store.nowSeconds()) {
    throw invalid('expires_at', body.expires_at, 'must be in the future');
  }
  return time;
}

/**
 * Changes a collaboration as `PUT` asks: the one whom it is for answers it, those who may invite
 * change the rest. To be called inside a transaction.
 */
export function changeCollaboration(
  access: Access,
  row: CollaborationRow,
  body: Body,
): CollaborationRow {
  const { store } = access;
  const changed = { ...row, modified_at: store.nowSeconds() };
  if (body.status !== undefined) Object.assign(changed, answer(access, row, body.status));
  if (body.role !== undefined || body.expires_at !== undefined) {
    const item = sharedItem(access, row);
    if (body.role !== undefined) changed.role = roleFrom(access, item, body.role);
    if (body.expires_at !== undefined) changed.expires_at = expiryFrom(store, body);
  }
  if (body.can_view_path !== undefined) {
    const item = sharedItem(access, row);
    if (item.owner_id !== access.userId) {
      throw new BoxError('access_denied_insufficient_permissions');
    }
    changed.can_view_path = pathFlag(access, item, body.can_view_path);
  }
  store.collaborations.update(changed);
  return changed;
}

function answer(access: Access, row: CollaborationRow, status: unknown) {
  if (status !== 'accepted' && status !== 'rejected') {
    throw invalid('status', status, 'must be accepted or rejected');
  }
  if (row.user_id !== access.userId) throw new BoxError('access_denied_insufficient_permissions');
  if (row.status !== 'pending') throw new BoxError('invalid_status');
  return { status, acknowledged_at: access.store.nowSeconds() };
}

/**
 * The item of a collaboration that is to be changed or ended.
 *
 * @throws BoxError 403 for callers who may not invite to it; co-owners are in owners' hands only
 */
export function sharedItem(access: Access, row: CollaborationRow): ItemRow {
  const item = access.store.items.get(row.item_id);
  if (!item) throw notFound('collab', String(row.id));
  access.demand(item, row.role === 'co-owner' ? 'settings' : invitingRight(item));
  return item;
}

/** Someone who was invited by mail has an account now. To be called inside a transaction. */
export function claimInvitations(store: Store, user: UserRow): void {
  for (const row of store.collaborations.invitationsOf(user.login)) {
    const item = store.items.get(row.item_id);
    const isColleague = item !== undefined && isOfCompany(store, item, user);
    store.collaborations.update({
      ...row,
      user_id: user.id,
      invite_email: null,
      status: isColleague ? 'accepted' : row.status,
      acknowledged_at: isColleague ? store.nowSeconds() : null,
    });
  }
}
