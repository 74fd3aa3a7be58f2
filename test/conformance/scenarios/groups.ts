import { on, type Scenario } from '../scenario.ts';
import { aColleague, aFolder, aGroup } from './beginnings.ts';

export const groups: readonly Scenario[] = [
  aGroup,
  aColleague,
  aFolder,
  on('GET /groups/{group_id}'),
  on('GET /groups'),
  on('PUT /groups/{group_id}', { json: { description: 'All of them' } }),
  on(
    'POST /group_memberships',
    { json: { user: { id: '{user_id}' }, group: { id: '{group_id}' }, role: 'admin' } },
    { keep: { group_membership_id: 'id' } },
  ),
  on('GET /group_memberships/{group_membership_id}'),
  on('GET /groups/{group_id}/memberships'),
  on('PUT /group_memberships/{group_membership_id}', { json: { role: 'member' } }),
  on('POST /collaborations', {
    json: {
      item: { type: 'folder', id: '{folder_id}' },
      accessible_by: { type: 'group', id: '{group_id}' },
      role: 'viewer',
    },
  }),
  on('GET /groups/{group_id}/collaborations'),
  on('POST /groups/terminate_sessions', { json: { group_ids: ['{group_id}'] } }),
  on('DELETE /group_memberships/{group_membership_id}'),
  on('DELETE /groups/{group_id}'),
];
