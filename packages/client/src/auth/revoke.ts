import { BoxApiError } from '../errors.ts';
import { authErrorOf } from './auth-error.ts';
import type { TokenEndpoint } from './token-endpoint.ts';

/** What an app proves itself with. */
export interface AppCredentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Makes a token worthless at Box. What Box does not know any more is worthless already.
 *
 * @throws {BoxAuthError} Box does not know the app: the token still works
 * @see https://developer.box.com/reference/post-oauth2-revoke/
 */
export async function revokeAtBox(
  endpoint: TokenEndpoint,
  token: string,
  { clientId, clientSecret }: AppCredentials,
  signal: AbortSignal | undefined,
): Promise<void> {
  try {
    const form = { token, client_id: clientId, client_secret: clientSecret };
    await endpoint.revoke(form, { signal });
  } catch (error) {
    if (!(error instanceof BoxApiError) || error.status !== 400) throw error;
    if (/^(invalid|unauthorized)_client$/.test(error.boxCode ?? '')) {
      throw authErrorOf(error, 'to end the token');
    }
  }
}
