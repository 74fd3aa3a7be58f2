import { on, onlyRefused, type Scenario } from '../scenario.ts';
import { aColleague } from './beginnings.ts';

const policy = (id: string) => ({ type: 'storage_policy', id });

export const enterprise: readonly Scenario[] = [
  aColleague,
  on(
    'POST /collaboration_whitelist_entries',
    { json: { domain: 'example.org', direction: 'both' } },
    { keep: { collaboration_whitelist_entry_id: 'id' } },
  ),
  on('GET /collaboration_whitelist_entries/{collaboration_whitelist_entry_id}'),
  on('GET /collaboration_whitelist_entries'),
  on('DELETE /collaboration_whitelist_entries/{collaboration_whitelist_entry_id}'),
  on(
    'POST /collaboration_whitelist_exempt_targets',
    { json: { user: { id: '{user_id}' } } },
    { keep: { collaboration_whitelist_exempt_target_id: 'id' } },
  ),
  on('GET /collaboration_whitelist_exempt_targets/{collaboration_whitelist_exempt_target_id}'),
  on('GET /collaboration_whitelist_exempt_targets'),
  on('DELETE /collaboration_whitelist_exempt_targets/{collaboration_whitelist_exempt_target_id}'),
  on(
    'POST /terms_of_services',
    { json: { status: 'enabled', text: 'Be kind', tos_type: 'managed' } },
    { keep: { terms_of_service_id: 'id' } },
  ),
  on('GET /terms_of_services/{terms_of_service_id}'),
  on('GET /terms_of_services'),
  on('PUT /terms_of_services/{terms_of_service_id}', {
    json: { status: 'disabled', text: 'Be kinder' },
  }),
  on(
    'POST /terms_of_service_user_statuses',
    {
      json: {
        tos: { type: 'terms_of_service', id: '{terms_of_service_id}' },
        user: { type: 'user', id: '{user_id}' },
        is_accepted: true,
      },
    },
    { keep: { terms_of_service_user_status_id: 'id' } },
  ),
  on(
    'GET /terms_of_service_user_statuses',
    { query: { tos_id: '{terms_of_service_id}' } },
    { invalid: { query: {} } },
  ),
  on('PUT /terms_of_service_user_statuses/{terms_of_service_user_status_id}', {
    json: { is_accepted: false },
  }),
  on(
    'GET /storage_policies',
    {},
    { keep: { storage_policy_id: 'entries.0.id', other_policy_id: 'entries.1.id' } },
  ),
  on('GET /storage_policies/{storage_policy_id}'),
  on(
    'GET /storage_policy_assignments',
    { query: { resolved_for_type: 'enterprise', resolved_for_id: '{enterprise_id}' } },
    { invalid: { query: {} } },
  ),
  on(
    'POST /storage_policy_assignments',
    {
      json: {
        storage_policy: policy('{other_policy_id}'),
        assigned_to: { type: 'user', id: '{user_id}' },
      },
    },
    { keep: { storage_policy_assignment_id: 'id' } },
  ),
  on('GET /storage_policy_assignments/{storage_policy_assignment_id}'),
  on('PUT /storage_policy_assignments/{storage_policy_assignment_id}', {
    json: { storage_policy: policy('{storage_policy_id}') },
  }),
  on('DELETE /storage_policy_assignments/{storage_policy_assignment_id}'),
  on(
    'GET /enterprises/{enterprise_id}/device_pinners',
    {},
    { invalid: { path: { enterprise_id: '99999' } } },
  ),
  onlyRefused('GET /device_pinners/{device_pinner_id}'),
  onlyRefused('DELETE /device_pinners/{device_pinner_id}'),
];
