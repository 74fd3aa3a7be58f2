import type { App } from './apps.ts';
import type { Authority } from './authority.ts';
import { issueCode } from './codes.ts';
import { type ConsentUser, consentPage } from './consent-page.ts';
import type { TokenForm } from './grants.ts';
import { OAuthError } from './oauth-error.ts';
import { requireRedirect } from './redirects.ts';
import { ALL_SCOPES } from './tokens.ts';

/** What an app asks a user for, checked. */
interface ConsentRequest {
  app: App;
  redirectUri: string;
  scopes: string;
}

/** The fields of the address that go back with the decision. */
const KEPT_FIELDS = [
  'response_type',
  'client_id',
  'redirect_uri',
  'state',
  'scope',
  'code_challenge',
];

/**
 * The consent page for an app's request.
 * https://developer.box.com/reference/get-authorize/
 *
 * @throws OAuthError when there is no app or no safe address to go back to
 */
export function askForConsent(authority: Authority, form: TokenForm): string {
  const { app, redirectUri, scopes } = requireRequest(authority, form);
  const hidden = KEPT_FIELDS.map((field) => [field, form(field)]).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  );
  return consentPage({
    clientId: app.clientId,
    enterpriseName: authority.store.users.enterprise(app.enterpriseId)?.name ?? '',
    users: candidates(authority, app),
    scopes: scopes.split(' '),
    redirectUri,
    hidden: Object.fromEntries(hidden),
  });
}

/**
 * Takes the user's decision: `decision` is `grant` or `deny`, `user_id` whom to sign in as (by default the admin).
 *
 * @returns where to send the browser, with a code or with the refusal
 */
export function takeDecision(authority: Authority, form: TokenForm): string {
  const { app, redirectUri, scopes } = requireRequest(authority, form);
  const target = new URL(redirectUri);
  const state = form('state');
  if (state !== undefined) target.searchParams.set('state', state);
  if (form('decision') !== 'grant') {
    target.searchParams.set('error', 'access_denied');
    target.searchParams.set('error_description', 'The user denied access to your application');
    return target.href;
  }
  const code = issueCode(authority.store, {
    clientId: app.clientId,
    userId: requireUser(authority, app, form('user_id')),
    redirectUri,
    scopes,
    challenge: form('code_challenge'),
  });
  target.searchParams.set('code', code);
  return target.href;
}

function requireRequest({ apps }: Authority, form: TokenForm): ConsentRequest {
  const app = apps.find(form('client_id') ?? '');
  if (app === undefined)
    throw new OAuthError('invalid_client', 'There is no app with this client_id');
  if (!app.grants.includes('authorization_code')) {
    throw new OAuthError(
      'unauthorized_client',
      'The grant type is unauthorized for this client_id',
    );
  }
  if (form('response_type') !== 'code') {
    throw new OAuthError('unsupported_response_type', 'The response_type must be code');
  }
  const redirectUri = requireRedirect(app, form('redirect_uri'));
  const asked =
    form('scope')
      ?.split(' ')
      .filter((scope) => scope !== '') ?? [];
  const all = ALL_SCOPES.split(' ');
  if (!asked.every((scope) => all.includes(scope) || scope === 'root_readonly')) {
    throw new OAuthError('invalid_scope', 'The app does not have a scope that it asks for');
  }
  return { app, redirectUri, scopes: asked.length === 0 ? ALL_SCOPES : asked.join(' ') };
}

function candidates({ store }: Authority, app: App): ConsentUser[] {
  const offered = [
    { id: app.adminId, role: 'admin' },
    { id: app.externalId, role: 'external' },
  ];
  return offered.flatMap(({ id, role }) => {
    const user = store.users.get(id);
    return user === undefined ? [] : [{ id: String(id), name: user.name, login: user.login, role }];
  });
}

function requireUser(authority: Authority, app: App, asked: string | undefined): number {
  if (asked === undefined) return app.adminId;
  const user = authority.store.users.get(Number(asked));
  const isOwn = user?.enterprise_id === app.enterpriseId && user.kind !== 'service';
  if (user === undefined || !(isOwn || user.id === app.externalId)) {
    throw new OAuthError('invalid_request', 'There is no user with this user_id to sign in as');
  }
  return user.id;
}
