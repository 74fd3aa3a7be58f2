import { type Emulator, type EmulatorOptions, startEmulator } from '@boxhaul/emulator';
import { developerToken } from '../auth/developer-token.ts';
import { BoxClient } from '../client.ts';
import type { Clock } from '../clock.ts';
import type { ClientOptions } from '../options.ts';

/** A Box of a test's own, and a client of its admin. */
export interface TestBox extends AsyncDisposable {
  readonly emulator: Emulator;
  readonly client: BoxClient;
  readonly clock: TestClock;
}

/** Time that passes at once: a pause is written down instead of being waited out. */
export interface TestClock extends Clock {
  readonly pausesMs: readonly number[];
}

/** Starts a Box and a client for it; `await using` closes both. */
export async function openBox(
  options: { emulator?: EmulatorOptions; client?: Partial<ClientOptions> } = {},
): Promise<TestBox> {
  const emulator = await startEmulator(options.emulator);
  const clock = testClock();
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

function testClock(): TestClock {
  let passedMs = 0;
  const pausesMs: number[] = [];
  return {
    pausesMs,
    now: () => Date.now() + passedMs,
    async sleep(ms, signal) {
      signal?.throwIfAborted();
      pausesMs.push(ms);
      passedMs += ms;
    },
  };
}

/** Everything in a list. */
export async function listed<T>(list: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = [];
  for await (const entry of list) entries.push(entry);
  return entries;
}
