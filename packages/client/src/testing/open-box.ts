import { type Emulator, type EmulatorOptions, startEmulator } from '@boxhaul/emulator';
import { developerToken } from '../auth/developer-token.ts';
import { BoxClient } from '../client.ts';
import type { ClientOptions } from '../options.ts';
import { type HastyClock, hastyClock } from './hasty-clock.ts';

/** A Box of a test's own, and a client of its admin. */
export interface TestBox extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly client: BoxClient;
  readonly clock: HastyClock;
}

/** Starts a Box and a client for it; `await using` closes both. */
export async function openBox(
  options: { emulator?: EmulatorOptions; client?: Partial<ClientOptions> } = {},
): Promise<TestBox> {
  const emulator = await startEmulator(options.emulator);
  const clock = hastyClock();
  const client = new BoxClient({
    auth: developerToken(emulator.token),
    baseUrl: emulator.url,
    clock,
    ...options.client,
  });
  return {
    emulator,
    client,
    clock,
    async [Symbol.asyncDispose]() {
      await client.close();
      await emulator.close();
    },
  };
}

/** Everything in a list. */
export async function listed<T>(list: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = [];
  for await (const entry of list) entries.push(entry);
  return entries;
}
