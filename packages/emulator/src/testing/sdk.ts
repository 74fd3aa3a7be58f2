import type { TestContext } from 'node:test';
import { BoxClient, BoxDeveloperTokenAuth } from 'box-node-sdk';
import type { Authentication } from 'box-node-sdk/networking/auth';
import { NetworkSession } from 'box-node-sdk/networking/network';
import { BoxRetryStrategy } from 'box-node-sdk/networking/retries';
import { type Emulator, startEmulator } from '../emulator.ts';

/** An emulator for one test, and Box's own SDK for Node, unmodified, as its admin. */
export async function sdk(test: TestContext): Promise<{ client: BoxClient; emulator: Emulator }> {
  const emulator = await startEmulator();
  test.after(() => emulator.close());
  return { client: sdkWithToken(emulator, emulator.token), emulator };
}

/** The SDK with an access token. */
export function sdkWithToken(emulator: Emulator, token: string): BoxClient {
  return sdkWith(emulator, new BoxDeveloperTokenAuth({ token }));
}

/** The SDK, which gets its tokens itself. It does not wait before it tries again, as it does by default for seconds. */
export function sdkWith(emulator: Emulator, auth: Authentication): BoxClient {
  const retryStrategy = new BoxRetryStrategy({ retryBaseInterval: 0, maxRetriesOnException: 0 });
  const networkSession = new NetworkSession({ retryStrategy });
  return new BoxClient({ auth, networkSession }).withCustomBaseUrls({
    baseUrl: emulator.url,
    uploadUrl: `${emulator.url}/api`,
    oauth2Url: `${emulator.url}/oauth2`,
  });
}
