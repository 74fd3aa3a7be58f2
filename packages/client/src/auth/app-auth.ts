import type { AppConfig } from './app-config.ts';
import type { RenewingAuthenticator } from './authenticator.ts';
import { clientCredentialsAuth } from './client-credentials.ts';
import { type JwtOptions, jwtAuth } from './jwt.ts';

/**
 * The authenticator that an app config is for: a JWT where it holds a key, client credentials where it does not.
 *
 * @throws {InputError} the key cannot be opened
 * @see https://developer.box.com/guides/authentication/select/
 * @example
 * ```ts
 * import { appAuth, BoxClient } from '@boxhaul/client';
 *
 * const config = await box.appConfig(); // readAppConfig('config.json') reads Box's file
 * const service = new BoxClient({ auth: appAuth(config), baseUrl: box.url });
 * console.log((await service.users.me()).login);
 * await service.close();
 * ```
 */
export function appAuth(config: AppConfig, options: JwtOptions = {}): RenewingAuthenticator {
  if (config.boxAppSettings.appAuth) return jwtAuth(config, options);
  const { clientID, clientSecret } = config.boxAppSettings;
  const userId = options.userId ?? config.userID;
  return clientCredentialsAuth({
    ...options,
    clientId: clientID,
    clientSecret,
    ...(userId === undefined ? { enterpriseId: config.enterpriseID } : { userId }),
  });
}
