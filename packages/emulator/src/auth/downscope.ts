import { openSharedLink } from '../access/shared-link-header.ts';
import type { Restriction } from '../box.ts';
import { isFile, type SharedLinkRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { checkActor } from './actor.ts';
import type { Authority } from './authority.ts';
import type { TokenAnswer, TokenForm } from './grants.ts';
import { invalidGrant, OAuthError } from './oauth-error.ts';
import { type AccessTokenRow, hashToken } from './tokens.ts';

const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/** What only downscoped tokens carry; each is within what a full token may do. */
const DOWNSCOPES = new Set([
  'annotation_edit',
  'annotation_view_all',
  'annotation_view_self',
  'base_explorer',
  'base_picker',
  'base_preview',
  'base_sidebar',
  'base_upload',
  'item_comment',
  'item_content_upload',
  'item_delete',
  'item_download',
  'item_preview',
  'item_read',
  'item_rename',
  'item_share',
  'item_task',
  'item_upload',
  'root_readonly',
]);

/**
 * Exchanges an access token for one that may do less, for one item and what is below it.
 * https://developer.box.com/guides/authentication/tokens/downscope/
 */
export function downscope(authority: Authority, form: TokenForm, life: number): TokenAnswer {
  const parent = requireParent(authority, form);
  checkActor(form, parent.client_id, authority.store.nowSeconds());
  const scopes = requireScopes(form('scope'), parent);
  const resource = requireResource(authority, form, parent);
  const remaining =
    parent.expires_at === null ? life : parent.expires_at - authority.store.nowSeconds();
  const lifeSeconds = Math.min(life, remaining);
  const token = authority.tokens.issueAccess(
    {
      clientId: parent.client_id,
      userId: parent.user_id,
      enterpriseId: parent.enterprise_id,
      grantId: parent.grant_id,
      scopes: scopes.join(' '),
      restriction: { resource },
    },
    lifeSeconds,
  );
  return {
    access_token: token,
    expires_in: Math.min(authority.accessTokenLifeSeconds, remaining),
    token_type: 'bearer',
    restricted_to:
      resource === undefined
        ? []
        : scopes.map((scope) => ({ scope, object: miniOf(authority, resource) })),
    issued_token_type: TOKEN_TYPE,
  };
}

function requireParent({ apps, tokens }: Authority, form: TokenForm): AccessTokenRow {
  if (form('subject_token_type') !== TOKEN_TYPE) {
    throw new OAuthError(
      'invalid_request',
      'Invalid subject_token_type parameter or parameter missing',
    );
  }
  const parent = tokens.findAccess(hashToken(form('subject_token') ?? ''));
  if (parent === undefined) throw invalidGrant('The subject token is invalid or has expired');
  if (apps.find(parent.client_id)?.grants.includes('token_exchange') !== true) {
    throw new OAuthError(
      'unauthorized_client',
      'The grant type is unauthorized for this client_id',
    );
  }
  return parent;
}

function requireScopes(text: string | undefined, parent: AccessTokenRow): string[] {
  const scopes = (text ?? '').split(' ').filter((scope) => scope !== '');
  const held = parent.scopes.split(' ');
  const isWithin = (scope: string) =>
    held.includes(scope) || (parent.restriction === null && DOWNSCOPES.has(scope));
  if (scopes.length === 0 || !scopes.every(isWithin)) {
    throw new OAuthError('invalid_scope', 'The requested scope is invalid, or beyond the token’s');
  }
  return scopes;
}

type Resource = NonNullable<Restriction['resource']>;

function requireResource(
  authority: Authority,
  form: TokenForm,
  parent: AccessTokenRow,
): Resource | undefined {
  const url = form('resource');
  const link = form('box_shared_link');
  if (url !== undefined && link !== undefined) {
    throw new OAuthError('invalid_request', 'Give either resource or box_shared_link, not both');
  }
  const inherited =
    parent.restriction === null
      ? undefined
      : (JSON.parse(parent.restriction) as Restriction).resource;
  const named =
    link === undefined ? resourceOf(url) : sharedResource(authority, link, parent.user_id);
  if (named === undefined) return inherited;
  const isThere = authority.store.items.get(Number(named.id)) !== undefined || named.id === '0';
  if (!isThere || !isWithin(authority, named, inherited)) {
    throw new OAuthError('invalid_resource', 'The resource is invalid, or beyond the token’s');
  }
  return named;
}

/** A token that is already limited to an item can only be limited further. */
function isWithin({ store }: Authority, named: Resource, limit: Resource | undefined): boolean {
  if (limit === undefined || (named.id === limit.id && named.type === limit.type)) return true;
  for (let item = store.items.get(Number(named.id)); item; item = store.items.get(item.parent_id)) {
    if (String(item.id) === limit.id) return true;
  }
  return false;
}

function resourceOf(url: string | undefined): Resource | undefined {
  if (url === undefined || url === '') return undefined;
  const found = /^https?:\/\/[^/]+\/2\.0\/(file|folder)s\/(\d+)\/?$/.exec(url);
  const [, type, id] = found ?? [];
  if (id === undefined) throw new OAuthError('invalid_resource', 'The resource is invalid');
  return { type: type === 'file' ? 'file' : 'folder', id };
}

/** An open or company link without a password, and not of a web link. */
function sharedResource({ store }: Authority, url: string, userId: number): Resource {
  const link = linkOf(store, url, userId);
  const item = store.items.get(link.item_id);
  if (link.access === 'collaborators' || item === undefined || item.url !== null) {
    throw new OAuthError('invalid_resource', 'The shared link is invalid');
  }
  return { type: isFile(item) ? 'file' : 'folder', id: String(item.id) };
}

function linkOf(store: Store, url: string, userId: number): SharedLinkRow {
  try {
    return openSharedLink(`shared_link=${url}`, userId, store);
  } catch (cause) {
    const refusal = new OAuthError('invalid_resource', 'The shared link is invalid');
    throw Object.assign(refusal, { cause });
  }
}

function miniOf({ store }: Authority, { type, id }: Resource): Record<string, unknown> {
  const item = store.items.get(Number(id));
  if (item === undefined) return { type, id, sequence_id: null, etag: null, name: 'All Files' };
  return {
    type,
    id,
    sequence_id: String(item.sequence_id),
    etag: String(item.etag),
    name: item.name,
  };
}
