import type { GroupRow, MembershipRow } from '../store/groups.ts';
import { formatTime } from '../times.ts';
import { groupMini } from './collaboration.ts';
import { withFields } from './fields.ts';
import type { View } from './view.ts';

const seldom = [
  'provenance',
  'external_sync_identifier',
  'description',
  'invitability_level',
  'member_viewability_level',
  'permissions',
];

/** A group; what only administrators set comes by `?fields=`. https://developer.box.com/reference/resources/group/ */
export function representGroup(group: GroupRow, fields: unknown) {
  const members = {
    ...groupMini(group),
    created_at: formatTime(group.created_at),
    modified_at: formatTime(group.modified_at),
    // What the spec has as texts is left out when there is none.
    provenance: group.provenance ?? undefined,
    external_sync_identifier: group.external_sync_identifier ?? undefined,
    description: group.description ?? undefined,
    invitability_level: group.invitability_level,
    member_viewability_level: group.member_viewability_level,
    permissions: { can_invite_as_collaborator: true },
  };
  return withFields(members, fields, seldom);
}

/** A membership by itself. https://developer.box.com/reference/resources/group-membership/ */
export function representMembership(row: MembershipRow, fields: unknown, view: View) {
  return withFields(membersOf(row, view), fields);
}

/** A membership in a list, where what group admins may do comes by `?fields=`. */
export function representListedMembership(row: MembershipRow, fields: unknown, view: View) {
  return withFields(membersOf(row, view), fields, ['configurable_permissions']);
}

function membersOf(row: MembershipRow, view: View) {
  const group = view.store.groups.get(row.group_id);
  return {
    type: 'group_membership',
    id: String(row.id),
    user: view.userMini(row.user_id),
    group: group ? groupMini(group) : null,
    role: row.role,
    created_at: formatTime(row.created_at),
    modified_at: formatTime(row.modified_at),
    configurable_permissions:
      row.permissions === null ? null : (JSON.parse(row.permissions) as unknown),
  };
}
