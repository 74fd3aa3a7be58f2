import assert from 'node:assert/strict';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Emulator, startEmulator } from './emulator.ts';

test('fifty in one process know nothing of each other, and leave nothing behind', async () => {
  const before = held().length;
  const all = await Promise.all(Array.from({ length: 50 }, () => startEmulator()));
  assert.equal(new Set(all.map(({ url }) => url)).size, 50);
  await Promise.all(all.map((box, number) => box.seed({ [`/of ${number}.txt`]: String(number) })));
  assert.deepEqual(
    await Promise.all(all.map(namesIn)),
    all.map((_, number) => [`of ${number}.txt`]),
  );
  const [first, second] = all as [Emulator, Emulator];
  const foreign = await fetch(`${second.url}/2.0/users/me`, {
    headers: { authorization: `Bearer ${first.token}` },
  });
  assert.equal(foreign.status, 401);
  await foreign.arrayBuffer();
  await Promise.all(all.map((box) => box.close()));
  // Handles go a few turns after they were closed.
  for (let turn = 0; turn < 100 && held().length > before; turn++) await setImmediate();
  assert.equal(held().length, before);
});

test('a closed emulator is forgotten', async () => {
  const gone: WeakRef<Emulator>[] = [];
  for (let count = 0; count < 5; count++) gone.push(await startAndClose());
  await setImmediate();
  collectGarbage();
  assert.deepEqual(
    gone.map((box) => box.deref()),
    gone.map(() => undefined),
  );
});

async function startAndClose(): Promise<WeakRef<Emulator>> {
  const box = await startEmulator();
  await namesIn(box);
  await box.close();
  return new WeakRef(box);
}

async function namesIn(box: Emulator): Promise<string[]> {
  const answer = await fetch(`${box.url}/2.0/folders/0/items`, {
    headers: { authorization: `Bearer ${box.token}`, connection: 'close' },
  });
  const { entries } = (await answer.json()) as { entries: { name: string }[] };
  return entries.map(({ name }) => name);
}

/** Servers and timers that keep the process going or hold memory. */
function held(): string[] {
  return process
    .getActiveResourcesInfo()
    .filter((kind) => kind === 'TCPServerWrap' || kind === 'Timeout');
}

function collectGarbage(): void {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  gc();
}
