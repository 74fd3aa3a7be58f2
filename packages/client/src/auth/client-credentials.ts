import { InputError } from '../errors.ts';
import { appTokens } from './app-tokens.ts';
import { authErrorOf } from './auth-error.ts';
import type { RenewingAuthenticator } from './authenticator.ts';
import { type EndpointOptions, EndpointSource } from './endpoint-source.ts';

/** An app with client credentials, and whom it acts for: exactly one of the two. */
export interface ClientCredentials extends EndpointOptions {
  readonly clientId: string;
  readonly clientSecret: string;
  /** Act as the app's service account in this enterprise. */
  readonly enterpriseId?: string | undefined;
  /** Act as this user. */
  readonly userId?: string | undefined;
}

/**
 * A client-credentials app.
 *
 * @throws {InputError} neither an enterprise nor a user is named, or both are
 * @see https://developer.box.com/guides/authentication/client-credentials/
 * @example
 * ```ts
 * import { BoxClient, clientCredentialsAuth } from '@boxhaul/client';
 *
 * const { clientID: clientId, clientSecret } = box.app; // yours are in Box's developer console
 * const auth = clientCredentialsAuth({ clientId, clientSecret, enterpriseId: box.enterpriseId });
 * const service = new BoxClient({ auth, baseUrl: box.url });
 * console.log((await service.users.me()).login);
 * await auth.revoke(); // the token is worthless; the next call gets another one
 * await service.close();
 * ```
 */
export function clientCredentialsAuth(options: ClientCredentials): RenewingAuthenticator {
  const { clientId, clientSecret, enterpriseId, userId } = options;
  if ((enterpriseId === undefined) === (userId === undefined)) {
    throw new InputError('client credentials need either an enterpriseId or a userId');
  }
  const source = new EndpointSource(options);
  return appTokens(source, options, async ({ signal }) => {
    try {
      const grant = await source.get().grant(
        {
          grant_type: 'client_credentials',
          client_id: clientId,
          client_secret: clientSecret,
          box_subject_type: userId === undefined ? 'enterprise' : 'user',
          box_subject_id: userId ?? enterpriseId,
        },
        { signal },
      );
      return grant.accessToken;
    } catch (error) {
      throw authErrorOf(error, 'the client credentials');
    }
  });
}
