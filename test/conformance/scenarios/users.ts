import { on, type Scenario } from '../scenario.ts';
import { aColleague, aGroup } from './beginnings.ts';

/** The smallest PNG there is. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

export const users: readonly Scenario[] = [
  aColleague,
  on('POST /users', {
    json: { name: 'App user', is_platform_access_only: true, external_app_user_id: 'one' },
  }),
  on('GET /users/me'),
  on('GET /users/{user_id}'),
  on('GET /users'),
  on('GET /users', { query: { usemarker: 'true', limit: '1' } }),
  on('PUT /users/{user_id}', { json: { job_title: 'Countess', phone: '1' } }),
  on(
    'POST /users/{user_id}/avatar',
    { parts: { pic: new Blob([PICTURE], { type: 'image/png' }) } },
    { invalid: { parts: { pic: new Blob(['no picture'], { type: 'image/png' }) } } },
  ),
  on('GET /users/{user_id}/avatar'),
  on('DELETE /users/{user_id}/avatar'),
  on(
    'POST /users/{user_id}/email_aliases',
    { json: { email: 'countess@example.test' } },
    { keep: { email_alias_id: 'id' } },
  ),
  on('GET /users/{user_id}/email_aliases'),
  on('DELETE /users/{user_id}/email_aliases/{email_alias_id}'),
  aGroup,
  on('POST /group_memberships', {
    json: { user: { id: '{user_id}' }, group: { id: '{group_id}' } },
  }),
  on('GET /users/{user_id}/memberships'),
  on('POST /users/terminate_sessions', {
    json: { user_ids: ['{user_id}'], user_logins: ['ada@example.test'] },
  }),
  on(
    'POST /invites',
    {
      json: {
        enterprise: { id: '{enterprise_id}' },
        actionable_by: { login: 'guest@elsewhere.example' },
      },
    },
    { keep: { invite_id: 'id' } },
  ),
  on('GET /invites/{invite_id}'),
  on('PUT /users/{user_id}/folders/0', { json: { owned_by: { id: '{admin_id}' } } }),
  on('DELETE /users/{user_id}', { query: { force: 'true' } }),
];
