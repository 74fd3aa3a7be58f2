import { bodyOf } from '../body.ts';
import type { BoxFile, BoxFolder } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { BoxConnectionError } from '../errors.ts';
import type { ResolvedConnection } from '../options.ts';
import type { BoxRequest, Lookup, Send } from '../request.ts';
import { AccessToken } from './authenticator.ts';

/** What Box gave for a grant. */
export interface Grant {
  readonly accessToken: AccessToken;
  /** For the code and refresh grants only. */
  readonly refreshToken: string | undefined;
  /** What a downscoped token is limited to; empty for others. */
  readonly restrictedTo: readonly TokenRestriction[];
}

/** Something that a token may do, and to which item with all below it. */
export interface TokenRestriction {
  readonly scope: string;
  readonly object?: BoxFile | BoxFolder;
}

/** What a token request takes beside its form. */
interface TokenRequestOptions {
  readonly signal?: AbortSignal | undefined;
  /** May it be sent again when its answer was lost? See {@link BoxRequest.repeat}. @default 'safe' */
  readonly repeat?: 'safe' | 'unsafe';
  readonly lookup?: Lookup;
}

/** Fields of a form; undefined leaves one out. */
type TokenForm = Readonly<Record<string, string | undefined>>;

/**
 * Box's `/oauth2/token` and its neighbours. Requests are repeated as others are.
 * @see https://developer.box.com/reference/post-oauth2-token/
 */
export interface TokenEndpoint {
  readonly clock: Clock;
  /** The page where a user grants access. */
  readonly authorizeUrl: string;
  /**
   * Asks for a token.
   * @throws {BoxApiError} Box refused; its `boxCode` and `boxMessage` are OAuth's error and description
   */
  grant(form: TokenForm, options?: TokenRequestOptions): Promise<Grant>;
  /** Makes a token worthless. @throws {BoxApiError} Box refused */
  revoke(form: TokenForm, options?: TokenRequestOptions): Promise<void>;
}

/** Fields that tell no secret. All others are kept out of errors. */
const OPEN_FIELDS = new Set(
  'grant_type client_id box_subject_type box_subject_id scope resource subject_token_type actor_token_type'.split(
    ' ',
  ),
);

/** The token endpoint behind `send`. */
export function tokenEndpoint(
  send: Send,
  options: Pick<ResolvedConnection, 'clock' | 'hosts'>,
): TokenEndpoint {
  const { clock, hosts } = options;
  return {
    clock,
    authorizeUrl: hosts.authorizeUrl,
    async grant(form, requestOptions) {
      const startedMs = clock.now();
      const { data } = await send(formRequest('/token', form, requestOptions));
      return grantOf(data, startedMs);
    },
    async revoke(form, requestOptions) {
      await send(formRequest('/revoke', form, requestOptions));
    },
  };
}

function formRequest(
  path: string,
  form: TokenForm,
  { signal, repeat = 'safe', lookup }: TokenRequestOptions = {},
): BoxRequest {
  const fields = Object.entries(form).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return {
    method: 'POST',
    host: 'oauth',
    path,
    body: bodyOf(new URLSearchParams(Object.fromEntries(fields)).toString()),
    contentType: 'application/x-www-form-urlencoded',
    secrets: fields.filter(([name]) => !OPEN_FIELDS.has(name)).map(([, value]) => value),
    repeat,
    signal,
    ...(lookup && { lookup }),
  };
}

/** The token's life is counted from before it was asked for, so that it never seems to be longer than it is. */
function grantOf(data: unknown, startedMs: number): Grant {
  if (!isGrant(data)) {
    throw new BoxConnectionError('the answer to POST /token holds no token that can be read', {
      code: 'unexpected_answer',
      method: 'POST',
      path: '/token',
      host: 'oauth',
    });
  }
  const expiresAtMs = startedMs + data.expires_in * 1000;
  return {
    accessToken: new AccessToken(data.access_token, expiresAtMs),
    refreshToken: data.refresh_token,
    restrictedTo: data.restricted_to ?? [],
  };
}

function isGrant(data: unknown): data is {
  access_token: string;
  expires_in: number;
  refresh_token?: string;
  restricted_to?: readonly TokenRestriction[] | null;
} {
  if (typeof data !== 'object' || data === null) return false;
  return (
    'access_token' in data &&
    typeof data.access_token === 'string' &&
    data.access_token !== '' &&
    'expires_in' in data &&
    typeof data.expires_in === 'number' &&
    (!('refresh_token' in data) || typeof data.refresh_token === 'string')
  );
}
