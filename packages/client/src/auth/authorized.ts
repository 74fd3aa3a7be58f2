import { BoxApiError, BoxAuthError } from '../errors.ts';
import type { BoxRequest, BoxResponse, Send } from '../request.ts';
import type { AccessToken, Authenticator } from './authenticator.ts';

/**
 * Signs each request with a token. A token that Box refuses with 401 is renewed, and the request is sent once
 * more, its body opened anew. An anonymous request goes as it is.
 */
export function authorized(auth: Authenticator, next: Send): Send {
  return async (request) => {
    if (request.isAnonymous) return await next(request);
    const token = await auth.token({ signal: request.signal });
    try {
      return await signed(next, request, token);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      auth.refused(token.value);
    }
    const renewed = await auth.token({ signal: request.signal });
    try {
      return await signed(next, request, renewed);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      auth.refused(renewed.value);
      throw new BoxAuthError(
        `Box refused a token that it had just given, at ${error.method} ${error.path}: ` +
          'the app or the user may have lost its access',
        { code: 'token_refused', cause: error, boxDescription: error.boxMessage },
      );
    }
  };
}

function signed(next: Send, request: BoxRequest, token: AccessToken): Promise<BoxResponse> {
  return next({
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${token.value}` },
    secrets: [...(request.secrets ?? []), token.value],
  });
}

function isUnauthorized(error: unknown): error is BoxApiError {
  return error instanceof BoxApiError && error.status === 401 && error.host !== 'download';
}
