import { randomBytes } from 'node:crypto';
import { UnsecuredJWT } from 'jose';
import type { Clock } from '../clock.ts';
import { InputError, isBoxError } from '../errors.ts';
import type { CallOptions } from '../resources/call-options.ts';
import { type ItemReference, itemPath } from '../resources/item-copies.ts';
import { authErrorOf } from './auth-error.ts';
import type { AccessToken, Authenticator } from './authenticator.ts';
import { AUDIENCE } from './jwt.ts';
import type { Grant, TokenEndpoint, TokenRestriction } from './token-endpoint.ts';

/**
 * What a downscoped token may do. An app's own scopes (`root_readonly`, …) are possible, too.
 * @see https://developer.box.com/guides/api-calls/permissions-and-errors/scopes/
 */
export type DownscopeName =
  | 'annotation_edit'
  | 'annotation_view_all'
  | 'annotation_view_self'
  | 'base_explorer'
  | 'base_picker'
  | 'base_preview'
  | 'base_sidebar'
  | 'base_upload'
  | 'item_comment'
  | 'item_delete'
  | 'item_download'
  | 'item_preview'
  | 'item_rename'
  | 'item_share'
  | 'item_task'
  | 'item_upload';

/** Somebody without a Box account, as whom annotations are made. */
export interface ExternalUser {
  /** Of the app. */
  readonly clientId: string;
  /** The app's own id of the person. */
  readonly id: string;
  /** What Box shows. */
  readonly name: string;
}

/** A token that is wanted. */
export interface Downscope {
  /** At least one; none that the client's own token does not have. */
  readonly scopes: readonly (DownscopeName | (string & Record<never, never>))[];
  /** A file, or a folder with all below it. @default all that the client's own token reaches */
  readonly item?: ItemReference<'file' | 'folder'> | undefined;
  /** Instead of `item`: what a link opens that needs no password, is open or the company's, and not of a web link. */
  readonly sharedLink?: string | undefined;
  /** @default the client's own user */
  readonly externalUser?: ExternalUser | undefined;
}

/** A token that may do less; nobody renews it. */
export interface DownscopedToken {
  /** Lives at most as long as the one that it was made from. */
  readonly accessToken: AccessToken;
  /** What it may do, and to what; empty where it is limited by scopes alone. */
  readonly restrictedTo: readonly TokenRestriction[];
}

const TOKEN_TYPE = 'urn:ietf:params:oauth:token-type:access_token';

/** Box takes at most 60 s from assertions. */
const ACTOR_LIFE_S = 45;

/** Exchanges an authenticator's token for one that may do less; see `BoxClient.downscope`. */
export async function downscoped(
  auth: Authenticator,
  endpoint: TokenEndpoint,
  wish: Downscope,
  { signal }: CallOptions,
): Promise<DownscopedToken> {
  const form = formOf(wish, endpoint.clock);
  const exchange = async (isLast: boolean): Promise<Grant> => {
    const subject = await auth.token({ signal });
    try {
      return await endpoint.grant({ ...form, subject_token: subject.value }, { signal });
    } catch (error) {
      // The token has ended before its time; unless Box means the person's.
      if (!isBoxError(error, 'invalid_grant') || wish.externalUser) throw error;
      auth.refused(subject.value);
      if (isLast) throw error;
      return await exchange(true);
    }
  };
  try {
    const { accessToken, restrictedTo } = await exchange(false);
    return { accessToken, restrictedTo };
  } catch (error) {
    throw authErrorOf(error, 'the downscoped token');
  }
}

function formOf({ scopes, item, sharedLink, externalUser }: Downscope, clock: Clock) {
  if (scopes.length === 0) throw new InputError('a downscoped token needs at least one scope');
  if (item && sharedLink !== undefined) {
    throw new InputError('a downscoped token is for an item or for a shared link, not for both');
  }
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token_type: TOKEN_TYPE,
    scope: scopes.join(' '),
    // A name that Box gave the item, whatever address the request is sent to.
    resource: item && `https://api.box.com/2.0${itemPath(item)}`,
    box_shared_link: sharedLink,
    ...(externalUser && {
      actor_token: actorToken(externalUser, clock),
      actor_token_type: 'urn:ietf:params:oauth:token-type:id_token',
    }),
  };
}

/** Not signed: that the app may speak for the person, its own token says. */
function actorToken({ clientId, id, name }: ExternalUser, clock: Clock): string {
  return new UnsecuredJWT({ box_sub_type: 'external', name })
    .setIssuer(clientId)
    .setSubject(id)
    .setAudience(AUDIENCE)
    .setJti(randomBytes(32).toString('hex'))
    .setExpirationTime(Math.floor(clock.now() / 1000) + ACTOR_LIFE_S)
    .encode();
}
