import assert from 'node:assert/strict';
import { test } from 'node:test';
import { startEmulator } from './emulator.ts';
import { boxCalls } from './testing/box-calls.ts';

test('seed makes files and folders that are there at once', async (t) => {
  const box = await boxCalls(t, { limits: { callsPerMinute: 3, uploadsPerMinute: 1 } });
  const bytes = new Uint8Array([0, 255, 7]);
  const made = await box.emulator.seed({ '/a/b/c.bin': bytes, '/a/d.txt': 'ünï', '/e/': '' });
  assert.deepEqual(Object.keys(made).sort(), ['/a', '/a/b', '/a/b/c.bin', '/a/d.txt', '/e']);
  assert.deepEqual(box.emulator.counts(), {});
  assert.deepEqual(await box.contents(made['/a/b/c.bin']?.id ?? ''), Buffer.from(bytes));
  await assert.rejects(box.emulator.seed({ '/a/d.txt': 'again' }), { code: 'item_name_in_use' });
});

test('reset forgets the items and sets the clock right; tokens stay', async (t) => {
  const box = await boxCalls(t);
  await box.emulator.seed({ '/a/b.txt': 'b' });
  const token = box.emulator.issueToken({ lifeSeconds: 1000 });
  box.emulator.clock.advance(500_000);
  box.emulator.reset();
  assert.equal(box.emulator.clock.offsetMs(), 0);
  assert.deepEqual(box.emulator.counts(), {});
  const list = await box.get('/folders/0/items', { token });
  assert.equal(list.status, 200);
  assert.equal(list.json.total_count, 0);
});

test('the clock decides when things are dated', async (t) => {
  const box = await boxCalls(t);
  box.emulator.clock.advance(10 * 86_400_000);
  const { created_at } = await box.file('a.txt', 'a');
  const aheadMs = Date.parse(created_at) - box.emulator.clock.now();
  assert.ok(Math.abs(aheadMs) < 5000, created_at);
});

test('options that cannot be are refused by name', async () => {
  const wrongs = [
    [{ port: 70_000 }, /port/],
    [{ latencyMs: -1 }, /latencyMs/],
    [{ bandwidthBytesPerSecond: 0 }, /bandwidthBytesPerSecond/],
    [{ limits: { callsPerMinute: 0, uploadsPerMinute: 1 } }, /callsPerMinute/],
    [{ app: { clientID: 'x' } as never }, /clientSecret/],
  ] as const;
  for (const [options, words] of wrongs) {
    await assert.rejects(startEmulator(options), (error: Error) => {
      assert.ok(error instanceof TypeError);
      assert.match(error.message, words);
      return true;
    });
  }
});

test('a port that is taken is an error, not a hanging process', async (t) => {
  const { emulator } = await boxCalls(t);
  const port = Number(new URL(emulator.url).port);
  await assert.rejects(startEmulator({ port, tls: true }), { code: 'EADDRINUSE' });
});
