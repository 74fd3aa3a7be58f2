import { on, type Scenario } from '../scenario.ts';

const app = { client_id: '{client_id}', client_secret: '{client_secret}' };

export const oauth: readonly Scenario[] = [
  on(
    'GET /authorize',
    {
      query: {
        response_type: 'code',
        client_id: '{client_id}',
        redirect_uri: 'http://127.0.0.1/callback',
      },
      token: null,
    },
    { invalid: { query: { response_type: 'code', client_id: 'none' }, token: null } },
  ),
  on(
    'POST /oauth2/token',
    { form: { ...app, grant_type: 'authorization_code', code: '{code}' }, token: null },
    {
      keep: { refresh_token: 'refresh_token' },
      invalid: { form: { ...app, grant_type: 'authorization_code', code: 'none' }, token: null },
    },
  ),
  on(
    'POST /oauth2/token#refresh',
    {
      form: { ...app, grant_type: 'refresh_token', refresh_token: '{refresh_token}' },
      token: null,
    },
    {
      keep: { access_token: 'access_token' },
      invalid: {
        form: { ...app, grant_type: 'refresh_token', refresh_token: 'none' },
        token: null,
      },
    },
  ),
  on(
    'POST /oauth2/token',
    {
      form: {
        ...app,
        grant_type: 'client_credentials',
        box_subject_type: 'enterprise',
        box_subject_id: '{enterprise_id}',
      },
      token: null,
    },
    { invalid: { form: { ...app, grant_type: 'client_credentials' }, token: null } },
  ),
  on(
    'POST /oauth2/token',
    {
      form: {
        grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
        subject_token: '{access_token}',
        subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
        scope: 'item_preview',
      },
      token: null,
    },
    { invalid: { form: { grant_type: 'none' }, token: null } },
  ),
  on(
    'POST /oauth2/revoke',
    { form: { ...app, token: '{access_token}' }, token: null },
    { invalid: { form: { ...app, client_secret: 'none', token: '{access_token}' }, token: null } },
  ),
];
