import { isLoopbackHost } from '../http/loopback.ts';
import type { App } from './apps.ts';
import { OAuthError } from './oauth-error.ts';

/**
 * The address to go back to after the consent page: registered, or on this machine if none is registered. For a
 * loopback address the port does not matter, all else does.
 * https://developer.box.com/guides/authentication/oauth2/oauth2-setup/
 *
 * @throws OAuthError `redirect_uri_missing` or `redirect_uri_mismatch`
 */
export function requireRedirect(app: App, asked: string | undefined): string {
  const registered = app.redirectUris;
  if (asked === undefined || asked === '') {
    const [only, ...others] = registered ?? [];
    if (only !== undefined && others.length === 0) return only;
    throw new OAuthError('redirect_uri_missing', 'Give the redirect_uri: the app has not just one');
  }
  const isTaken =
    registered === undefined
      ? isLoopback(asked)
      : registered.some((one) => one === asked || isSameButForPort(one, asked));
  if (isTaken) return asked;
  throw new OAuthError(
    'redirect_uri_mismatch',
    registered === undefined
      ? 'The app has no redirect URI registered, so only loopback addresses are taken'
      : 'The redirect_uri is none of those that the app has registered',
  );
}

function isLoopback(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return false;
  return isLoopbackHost(parsed.hostname);
}

function isSameButForPort(registered: string, asked: string): boolean {
  if (!isLoopback(registered) || !isLoopback(asked)) return false;
  const portless = (url: string) => {
    const parsed = new URL(url);
    parsed.port = '';
    return parsed.href;
  };
  return portless(registered) === portless(asked);
}
