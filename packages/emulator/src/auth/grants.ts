import type { Grant } from '../options.ts';
import type { App } from './apps.ts';
import { acceptAssertion } from './assertion.ts';
import type { Authority } from './authority.ts';
import { redeemCode } from './codes.ts';
import { downscope } from './downscope.ts';
import { invalidGrant, OAuthError } from './oauth-error.ts';
import { requireSubject } from './subject.ts';
import { type Access, ALL_SCOPES } from './tokens.ts';

/** The body of an answer that hands out a token. */
export interface TokenAnswer {
  access_token: string;
  expires_in: number;
  restricted_to: unknown[];
  refresh_token?: string;
  token_type: 'bearer';
  issued_token_type?: string;
}

/** The fields of a request for a token. */
export type TokenForm = (field: string) => string | undefined;

/** `grant_type` as sent → its name in an app's registration. */
const GRANT_TYPES: Record<string, Grant> = {
  authorization_code: 'authorization_code',
  refresh_token: 'refresh_token',
  client_credentials: 'client_credentials',
  'urn:ietf:params:oauth:grant-type:jwt-bearer': 'jwt',
  'urn:ietf:params:oauth:grant-type:token-exchange': 'token_exchange',
};

/**
 * Hands out what a request for a token asks for.
 *
 * https://developer.box.com/reference/post-oauth2-token/
 *
 * @param isStillborn the access token shall be expired already, though the answer does not say so
 * @throws OAuthError in Box's words; a refusal uses nothing up
 */
export async function grantToken(
  authority: Authority,
  form: TokenForm,
  isStillborn: boolean,
): Promise<TokenAnswer> {
  const grant = GRANT_TYPES[form('grant_type') ?? ''];
  if (grant === undefined) {
    throw new OAuthError('invalid_request', 'Invalid grant_type parameter or parameter missing');
  }
  const life = isStillborn ? 0 : authority.accessTokenLifeSeconds;
  // The SDKs send no client id with this one: what it is about is a token, which knows its app.
  if (grant === 'token_exchange') return downscope(authority, form, life);
  const app = requireClient(authority, form);
  if (!app.grants.includes(grant)) {
    throw new OAuthError(
      'unauthorized_client',
      'The grant type is unauthorized for this client_id',
    );
  }
  switch (grant) {
    case 'authorization_code':
      return byCode(authority, app, form, life);
    case 'refresh_token':
      return byRefreshToken(authority, app, form, life);
    case 'jwt':
      return byApp(authority, app, await acceptAssertion(authority, app, form('assertion')), life);
    case 'client_credentials':
      return byApp(authority, app, credentialsSubject(authority, app, form), life);
  }
}

/** The app that asks, by the id and secret in the body; Box does not take HTTP Basic. */
export function requireClient({ apps }: Authority, form: TokenForm): App {
  const app = apps.find(form('client_id') ?? '');
  if (app === undefined || app.clientSecret !== form('client_secret')) {
    throw new OAuthError('invalid_client', 'The client credentials are invalid');
  }
  return app;
}

function byCode(authority: Authority, app: App, form: TokenForm, life: number): TokenAnswer {
  return authority.store.transaction(() => {
    const { userId, scopes } = redeemCode(authority.store, {
      code: form('code'),
      clientId: app.clientId,
      redirectUri: form('redirect_uri'),
      verifier: form('code_verifier'),
    });
    return pair(authority, access(app, userId, scopes, authority.store.chance.hex(16)), life);
  });
}

function byRefreshToken(
  authority: Authority,
  app: App,
  form: TokenForm,
  life: number,
): TokenAnswer {
  const { store, tokens } = authority;
  return store.transaction(() => {
    const row = tokens.findRefresh(form('refresh_token') ?? '');
    if (row === undefined || row.client_id !== app.clientId) {
      throw invalidGrant('Invalid refresh token');
    }
    if (row.expires_at <= store.nowSeconds()) throw invalidGrant('Refresh token has expired');
    tokens.useUpRefresh(row.hash);
    return pair(authority, access(app, row.user_id, row.scopes, row.grant_id), life);
  });
}

function credentialsSubject({ store }: Authority, app: App, form: TokenForm): number {
  return requireSubject(
    store,
    app,
    form('box_subject_type'),
    form('box_subject_id'),
    'client_credentials',
  );
}

function byApp(authority: Authority, app: App, userId: number, life: number): TokenAnswer {
  return answerOf(authority, access(app, userId, ALL_SCOPES, authority.store.chance.hex(16)), life);
}

function access(app: App, userId: number, scopes: string, grantId: string): Access {
  return { clientId: app.clientId, enterpriseId: app.enterpriseId, userId, scopes, grantId };
}

function pair(authority: Authority, of: Access, life: number): TokenAnswer {
  const { token_type, ...answer } = answerOf(authority, of, life);
  return { ...answer, refresh_token: authority.tokens.issueRefresh(of), token_type };
}

function answerOf(authority: Authority, of: Access, life: number): TokenAnswer {
  return {
    access_token: authority.tokens.issueAccess(of, life),
    expires_in: authority.accessTokenLifeSeconds,
    restricted_to: [],
    token_type: 'bearer',
  };
}
