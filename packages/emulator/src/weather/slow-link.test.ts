import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import { Pace } from './slow-link.ts';

test('contents come whole over a slow link, both ways, with and without latency', async (t) => {
  const contents = randomBytes(300_000);
  const box = await boxCalls(t, { bandwidthBytesPerSecond: 2_000_000, latencyMs: 5 });
  const { id } = await box.file('a.bin', contents);
  assert.deepEqual(await box.contents(id), contents);
});

test('pieces wait for those before them, and time that nobody used is lost', () => {
  const pace = new Pace(1_000_000);
  assert.equal(pace.waitMs(10_000, 0), 10);
  assert.equal(pace.waitMs(5_000, 0), 15);
  assert.equal(pace.waitMs(5_000, 12), 8);
  assert.equal(pace.waitMs(1_000, 500), 1);
  assert.equal(pace.waitMs(0, 500), 1);
});
