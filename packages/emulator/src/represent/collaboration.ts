import type { CollaborationRow } from '../store/collaborations.ts';
import type { GroupRow } from '../store/groups.ts';
import { formatTime } from '../times.ts';
import { withFields } from './fields.ts';
import { representItem } from './item.ts';
import type { View } from './view.ts';

const seldom = ['can_view_path'];

/**
 * A collaboration. Who has not accepted it yet does not see its item.
 * https://developer.box.com/reference/resources/collaboration/
 */
export function representCollaboration(row: CollaborationRow, fields: unknown, view: View) {
  const item = view.store.items.get(row.item_id);
  const members = {
    type: 'collaboration',
    id: String(row.id),
    created_by: view.userMini(row.created_by),
    created_at: formatTime(row.created_at),
    modified_at: formatTime(row.modified_at),
    expires_at: row.expires_at === null ? null : formatTime(row.expires_at),
    status: row.status,
    accessible_by: accessibleBy(row, view),
    invite_email: row.invite_email,
    role: row.role,
    acknowledged_at: row.acknowledged_at === null ? null : formatTime(row.acknowledged_at),
    item: item && view.allows(item, 'see') ? representItem(item, 'mini', view) : null,
    app_item: null,
    is_access_only: row.is_access_only === 1,
    acceptance_requirements_status: {
      terms_of_service_requirement: { is_accepted: null },
      strong_password_requirement: {
        enterprise_has_strong_password_required_for_external_users: false,
        user_has_strong_password: null,
      },
      two_factor_authentication_requirement: {
        enterprise_has_two_factor_auth_enabled: false,
        user_has_two_factor_authentication_enabled: null,
      },
    },
    can_view_path: row.can_view_path === 1,
  };
  return withFields(members, fields, seldom);
}

function accessibleBy(row: CollaborationRow, view: View) {
  if (row.user_id !== null) return view.userMini(row.user_id);
  const group = row.group_id === null ? undefined : view.store.groups.get(row.group_id);
  return group ? groupMini(group) : null;
}

/** A group as other things show it. */
export function groupMini(group: GroupRow) {
  return { type: 'group', id: String(group.id), name: group.name, group_type: 'managed_group' };
}
