import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

async function server(box: BoxCalls, query = '') {
  const { status, json } = await box.call('OPTIONS', `/events${query}`);
  assert.equal(status, 200);
  return json.entries[0] as Record<string, string | number>;
}

const newest = async (box: BoxCalls) =>
  (await box.get('/events?stream_position=now')).json.next_stream_position;

const poll = async (box: BoxCalls, url: unknown, position: unknown) =>
  (await box.call('GET', `${url}&stream_position=${position}`, { token: 'none' })).json.message;

/** Once the request waits: what is asked later is answered later. */
const arrived = (box: BoxCalls) => box.get('/users/me');

test('a realtime server under the own host, in the words of Box', async (t) => {
  const box = await boxCalls(t);
  const { url, ...rest } = await server(box, '?stream_type=changes');
  assert.deepEqual(rest, {
    type: 'realtime_server',
    ttl: '10',
    max_retries: '10',
    retry_timeout: 610,
  });
  assert.ok(String(url).startsWith(`${box.emulator.url}/subscribe?channel=`));
  assert.ok(String(url).endsWith('&stream_type=changes'));
  assert.equal((await box.call('OPTIONS', '/events?stream_type=admin_logs')).status, 400);
  const stranger = String(url).replace('channel=', 'channel=0');
  assert.equal((await box.call('GET', `${stranger}&stream_position=1`)).status, 404);
});

test('a long poll ends when something happens, or at once when it has already', async (t) => {
  const box = await boxCalls(t);
  const { url } = await server(box);
  const position = await newest(box);
  const waiting = poll(box, url, position);
  await arrived(box);
  await box.folder('a');
  assert.equal(await waiting, 'new_change');
  assert.equal(await poll(box, url, position), 'new_change');
});

test('what happens to others wakes nobody, and quiet ends in a reconnect', async (t) => {
  const box = await boxCalls(t, { longPollMs: 50 });
  const { url } = await server(box);
  const waiting = poll(box, url, await newest(box));
  const token = box.emulator.issueToken({ userId: box.emulator.externalUserId });
  await box.call('POST', '/folders', { token, json: { name: 'x', parent: { id: '0' } } });
  assert.equal(await waiting, 'reconnect');
});

test('a position whose events are forgotten is out of date', async (t) => {
  const box = await boxCalls(t);
  const position = await newest(box);
  await box.folder('a');
  box.emulator.clock.advance(22 * 24 * 3600_000);
  assert.equal(await poll(box, (await server(box)).url, position), 'out_of_date');
});

test('events of another process on the same data folder wake a long poll', async (t) => {
  const dataDir = await mkdtemp(join(tmpdir(), 'box-events-'));
  t.after(() => rm(dataDir, { recursive: true }));
  const [box, other] = [await boxCalls(t, { dataDir }), await boxCalls(t, { dataDir })];
  const waiting = poll(box, (await server(box)).url, await newest(box));
  await arrived(box);
  await other.folder('a');
  assert.equal(await waiting, 'new_change');
});

test('the emulator closes although somebody waits', async (t) => {
  const box = await boxCalls(t);
  const { url } = await server(box);
  const waiting = poll(box, url, await newest(box)).catch(() => 'broken off');
  await arrived(box);
  await box.emulator.close();
  assert.ok(['reconnect', 'broken off'].includes(await waiting));
});
