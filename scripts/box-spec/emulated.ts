/** Asks an emulator for every operation: which does it know? */
import { BoxApiError, BoxClient, BoxhaulError, developerToken } from '@boxhaul/client';
import { startEmulator } from '@boxhaul/emulator';

/** The operations among these that the emulator answers in any way but that it has no such thing. */
export async function emulatedAmong(operations: readonly string[]): Promise<Set<string>> {
  const emulator = await startEmulator();
  const client = new BoxClient({
    auth: developerToken(emulator.token),
    baseUrl: emulator.url,
    env: {},
    maxRetries: 0,
  });
  const emulated = new Set<string>();
  try {
    for (const operation of operations) {
      if (await isEmulated(client, operation)) emulated.add(operation);
    }
  } finally {
    await client.close();
    await emulator.close();
  }
  return emulated;
}

/** Without a body, and for things that are not there: nothing is changed, and most calls are refused. */
async function isEmulated(client: BoxClient, operation: string): Promise<boolean> {
  // The operation is known only here, and so its types are not.
  const call: (operation: string, input: object) => Promise<{ data: unknown }> = client.call.bind(
    client,
  ) as never;
  try {
    const { data } = await call(operation, { path: samplePath(operation) });
    if (isStream(data)) data.cancel();
    return true;
  } catch (error) {
    if (!(error instanceof BoxhaulError)) throw error;
    // A path that only fits another's pattern is refused for its id, as Box refuses words for ids.
    const isUnknown =
      error instanceof BoxApiError &&
      (error.boxCode === 'not_emulated' || error.boxCode === 'method_not_allowed');
    return !isUnknown;
  }
}

function samplePath(operation: string): Record<string, string> {
  const words: Record<string, string> = {
    scope: 'enterprise',
    namespace: 'enterprise_1',
    extension: 'png',
  };
  const names = [...operation.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  return Object.fromEntries(names.map((name) => [name, words[name] ?? '987654321']));
}

function isStream(data: unknown): data is { cancel(): void } {
  return typeof data === 'object' && data !== null && 'cancel' in data;
}
