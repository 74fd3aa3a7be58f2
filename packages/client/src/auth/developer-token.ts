import { BoxAuthError, InputError } from '../errors.ts';
import { AccessToken, type Authenticator } from './authenticator.ts';

/**
 * An access token as it is: a developer token (works for an hour), or one that somebody else keeps fresh.
 *
 * @throws {InputError} it is empty or has characters that no token has
 * @see https://developer.box.com/guides/authentication/tokens/developer-tokens/
 * @example
 * ```ts
 * import { BoxClient, developerToken } from '@boxhaul/client';
 *
 * const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
 * console.log((await client.users.me()).login);
 * await client.close();
 * ```
 */
export function developerToken(token: string): Authenticator {
  const trimmed = token.trim();
  // A line break would end the header, and a quotation mark is one that the shell did not take away.
  if (!/^[\w!.~+/=:-]+$/.test(trimmed)) {
    throw new InputError(
      trimmed ? 'the access token has characters that no token has' : 'the access token is empty',
    );
  }
  const accessToken = new AccessToken(trimmed);
  let isRefused = false;
  return {
    async token() {
      if (!isRefused) return accessToken;
      throw new BoxAuthError(
        'Box does not take the access token: it is wrong, or it has expired (developer tokens work for an ' +
          'hour). Make a new one in the developer console, on your app’s Configuration page',
        { code: 'token_refused' },
      );
    },
    refused(refused) {
      if (refused === trimmed) isRefused = true;
    },
  };
}
