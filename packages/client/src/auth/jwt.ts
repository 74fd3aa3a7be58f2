import { randomBytes } from 'node:crypto';
import { SignJWT } from 'jose';
import type { Clock } from '../clock.ts';
import { BoxApiError, BoxAuthError, InputError } from '../errors.ts';
import type { AppConfig } from './app-config.ts';
import { appTokens } from './app-tokens.ts';
import { authErrorOf } from './auth-error.ts';
import type { AccessToken, RenewingAuthenticator } from './authenticator.ts';
import { type EndpointOptions, EndpointSource } from './endpoint-source.ts';
import { openPrivateKey } from './private-key.ts';

/** Whom a JWT is for. */
export interface JwtOptions extends EndpointOptions {
  /** Act as this user. @default the config's `userID`, or else the app's service account */
  readonly userId?: string | undefined;
}

/** Always Box's real address, whatever address the request is sent to. */
export const AUDIENCE = 'https://api.box.com/oauth2/token';

/** Box takes at most 60 s; the rest is for the way there. */
const ASSERTION_LIFE_S = 45;

/**
 * A JWT app: asks for tokens with assertions signed by the key in Box's app config.
 *
 * Should Box refuse an assertion because of its time, Box's own time is taken from its answer, and kept.
 *
 * @throws {InputError} the config has no key, or the key cannot be opened
 * @see https://developer.box.com/guides/authentication/jwt/without-sdk/
 * @example
 * ```ts
 * import { BoxClient, jwtAuth } from '@boxhaul/client';
 *
 * const config = await box.appConfig(); // readAppConfig('config.json') reads Box's file
 * const service = new BoxClient({ auth: jwtAuth(config), baseUrl: box.url });
 * const robot = await service.users.create({ name: 'Robot' });
 * const auth = jwtAuth(config, { userId: robot.id });
 * const client = new BoxClient({ auth, baseUrl: box.url });
 * console.log((await client.users.me()).name);
 * await Promise.all([service.close(), client.close()]);
 * ```
 */
export function jwtAuth(config: AppConfig, options: JwtOptions = {}): RenewingAuthenticator {
  const { clientID, clientSecret, appAuth } = config.boxAppSettings;
  if (!appAuth) throw new InputError('the app config has no appAuth: it is not for a JWT');
  const key = openPrivateKey(appAuth.privateKey, appAuth.passphrase);
  const subject = subjectOf(config, options.userId);
  const source = new EndpointSource(options);
  let clockOffsetMs = 0;

  const ask = async (signal: AbortSignal): Promise<AccessToken> => {
    const endpoint = source.get();
    const nowS = Math.floor((endpoint.clock.now() + clockOffsetMs) / 1000);
    const assertion = await new SignJWT({ box_sub_type: subject.type })
      .setProtectedHeader({ alg: 'RS256', typ: 'JWT', kid: appAuth.publicKeyID })
      .setIssuer(clientID)
      .setSubject(subject.id)
      .setAudience(AUDIENCE)
      .setJti(randomBytes(32).toString('hex'))
      .setIssuedAt(nowS)
      .setExpirationTime(nowS + ASSERTION_LIFE_S)
      .sign(key);
    const grant = await endpoint.grant(
      {
        grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer',
        assertion,
        client_id: clientID,
        client_secret: clientSecret,
      },
      { signal },
    );
    return grant.accessToken;
  };

  const fetchToken = async ({ signal }: { signal: AbortSignal }): Promise<AccessToken> => {
    try {
      return await ask(signal);
    } catch (error) {
      if (!isAboutTime(error)) throw authErrorOf(error, 'the JWT');
      clockOffsetMs = offsetMs(error, source.get().clock);
    }
    try {
      return await ask(signal);
    } catch (error) {
      throw isAboutTime(error) ? clockError(error, clockOffsetMs) : authErrorOf(error, 'the JWT');
    }
  };

  return appTokens(source, { clientId: clientID, clientSecret }, fetchToken);
}

function subjectOf(config: AppConfig, userId = config.userID): { type: string; id: string } {
  if (userId !== undefined) return { type: 'user', id: userId };
  if (config.enterpriseID !== undefined) return { type: 'enterprise', id: config.enterpriseID };
  throw new InputError('the app config has no enterpriseID, and no user was named to act as');
}

/** A spent `jti` counts too: an assertion whose answer was lost is refused for it when it is sent again. */
function isAboutTime(error: unknown): error is BoxApiError {
  return (
    error instanceof BoxApiError &&
    error.boxCode === 'invalid_grant' &&
    /\b(exp|jti|iat|nbf)\b/.test(error.boxMessage ?? '')
  );
}

function offsetMs(error: BoxApiError, clock: Clock): number {
  return error.serverTimeMs === undefined ? 0 : error.serverTimeMs - clock.now();
}

function clockError(error: BoxApiError, clockOffsetMs: number): BoxAuthError {
  const seconds = Math.round(Math.abs(clockOffsetMs) / 1000);
  const side = clockOffsetMs > 0 ? 'behind' : 'ahead of';
  return new BoxAuthError(
    `Box refused the JWT: "${error.boxMessage}"; this machine's clock is ${seconds} s ${side} Box's, and the ` +
      'request was repeated with Box’s time and refused again; set the clock (timedatectl set-ntp true)',
    {
      code: 'invalid_grant',
      cause: error,
      boxError: error.boxCode,
      boxDescription: error.boxMessage,
    },
  );
}
