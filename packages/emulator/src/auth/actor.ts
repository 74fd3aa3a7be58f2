import { errors, type JWTPayload, UnsecuredJWT } from 'jose';
import { AUDIENCE } from './assertion.ts';
import type { TokenForm } from './grants.ts';
import { invalidGrant, OAuthError } from './oauth-error.ts';

const ACTOR_TYPE = 'urn:ietf:params:oauth:token-type:id_token';

/**
 * Checks the token that names somebody without an account, if a downscoped token is to be for one: a JWT that is not
 * signed.
 * https://developer.box.com/reference/post-oauth2-token/
 *
 * @param clientId of the app that the subject token is of
 * @throws OAuthError it names nobody, or another app
 */
export function checkActor(form: TokenForm, clientId: string, nowSeconds: number): void {
  const token = form('actor_token');
  if (token === undefined) return;
  if (form('actor_token_type') !== ACTOR_TYPE) {
    throw new OAuthError(
      'invalid_request',
      'Invalid actor_token_type parameter or parameter missing',
    );
  }
  const claims = claimsOf(token, nowSeconds);
  const isText = (value: unknown) => typeof value === 'string' && value !== '';
  const faults = {
    iss: claims.iss !== clientId,
    sub: !isText(claims.sub),
    aud: claims.aud !== AUDIENCE,
    box_sub_type: claims.box_sub_type !== 'external',
    name: !isText(claims.name),
    exp: claims.exp === undefined,
    jti: !isText(claims.jti),
  };
  const [fault] = Object.entries(faults).find(([, isWrong]) => isWrong) ?? [];
  if (fault) throw invalidGrant(`Please check the '${fault}' claim of the actor token.`);
}

function claimsOf(token: string, nowSeconds: number): JWTPayload {
  try {
    return UnsecuredJWT.decode(token, { currentDate: new Date(nowSeconds * 1000) }).payload;
  } catch (error) {
    if (!(error instanceof errors.JOSEError)) throw error;
    const refusal = invalidGrant('The actor token is no JWT without signature, or has expired');
    throw Object.assign(refusal, { cause: error });
  }
}
