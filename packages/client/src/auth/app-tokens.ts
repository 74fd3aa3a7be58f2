import type { RenewingAuthenticator } from './authenticator.ts';
import type { EndpointSource } from './endpoint-source.ts';
import { type AppCredentials, revokeAtBox } from './revoke.ts';
import { type FetchToken, TokenCache } from './token-cache.ts';

/** The tokens of an app that can ask for another one at any time: there is nothing to store. */
export function appTokens(
  source: EndpointSource,
  credentials: AppCredentials,
  fetchToken: FetchToken,
): RenewingAuthenticator {
  const cache = new TokenCache(fetchToken, () => source.get().clock);
  return {
    token: ({ signal } = {}) => cache.token(signal),
    refused: (token) => cache.refused(token),
    attach: (endpoint) => source.attach(endpoint),
    async refresh({ signal } = {}) {
      cache.clear();
      return await cache.token(signal);
    },
    async revoke({ signal } = {}) {
      const { held } = cache;
      if (held) await revokeAtBox(source.get(), held.value, credentials, signal);
      cache.clear();
    },
  };
}
