import { BoxApiError, BoxAuthError } from '../errors.ts';
import type { BoxRequest, Send } from '../request.ts';
import type { AccessToken, Authenticator } from './authenticator.ts';

/**
 * Signs each request with a token, which is not handed out again should Box refuse it with 401. An anonymous request
 * goes as it is.
 */
export function signed(auth: Authenticator, next: Send): Send {
  return async (request) => {
    if (request.isAnonymous) return await next(request);
    const token = await auth.token({ signal: request.signal });
    try {
      return await next(withToken(request, token));
    } catch (error) {
      if (isUnauthorized(error)) auth.refused(token.value);
      throw error;
    }
  };
}

/** Sends a request once more whose token Box refused, its body opened anew: by then there is another token. */
export function renewing(next: Send): Send {
  return async (request) => {
    try {
      return await next(request);
    } catch (error) {
      if (request.isAnonymous || !isUnauthorized(error)) throw error;
    }
    try {
      return await next(request);
    } catch (error) {
      if (!isUnauthorized(error)) throw error;
      throw new BoxAuthError(
        `Box refused a token that it had just given, at ${error.method} ${error.path}: ` +
          'the app or the user may have lost its access',
        { code: 'token_refused', cause: error, boxDescription: error.boxMessage },
      );
    }
  };
}

function withToken(request: BoxRequest, { value }: AccessToken): BoxRequest {
  return {
    ...request,
    headers: { ...request.headers, authorization: `Bearer ${value}` },
    secrets: [...(request.secrets ?? []), value],
  };
}

function isUnauthorized(error: unknown): error is BoxApiError {
  return error instanceof BoxApiError && error.status === 401 && error.host !== 'download';
}
