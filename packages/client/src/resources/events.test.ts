import assert from 'node:assert/strict';
import { test } from 'node:test';
import { developerToken } from '../auth/developer-token.ts';
import { bodyOf } from '../body.ts';
import { BoxClient } from '../client.ts';
import type { FollowedEvent } from '../follow.ts';
import { hastyClock } from '../testing/hasty-clock.ts';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';
import { answerJson, startPeer } from '../testing/peer.ts';

const nameOf = ({ event: { source } }: FollowedEvent) =>
  source && 'name' in source ? source.name : undefined;

/** The next events of a stream that is followed, as many as that. */
async function take(events: AsyncGenerator<FollowedEvent, void>, count: number) {
  const taken: FollowedEvent[] = [];
  while (taken.length < count) {
    const { value } = await events.next();
    assert.ok(value);
    taken.push(value);
  }
  return taken;
}

const folder = (box: TestBox, name: string) => box.client.folders.create({ name, parentId: '0' });

test('list reads a stream page by page, and says where to go on', async () => {
  await using box = await openBox();
  await box.emulator.seed({ '/a/': '', '/b/': '', '/c/': '' });
  const { events } = box.client;
  const first = await events.list({ stream: 'changes', limit: 2 });
  assert.deepEqual([first.entries.length, first.entries[0]?.event_type], [2, 'ITEM_CREATE']);
  const second = await events.list({ position: first.next_stream_position });
  assert.equal(second.entries.length, 1);
  const now = await events.list({ position: 'now' });
  assert.deepEqual([now.entries, now.next_stream_position], [[], second.next_stream_position]);
  const admin = await events.list({ stream: 'admin_logs', eventTypes: ['DELETE'] });
  assert.deepEqual(admin.entries, []);
});

test('history reads a stream to its end, once, and says where to go on', async () => {
  await using box = await openBox();
  for (const name of ['a', 'b', 'c']) await folder(box, name);
  const { events } = box.client;
  const all = await listed(events.history({ stream: 'changes', pageSize: 2 }));
  assert.deepEqual(all.map(nameOf), ['a', 'b', 'c']);
  const position = String(all[2]?.position);
  assert.deepEqual(await listed(events.history({ stream: 'changes', position })), []);
  await folder(box, 'd');
  assert.deepEqual((await listed(events.history({ position }))).map(nameOf), ['d']);
  await box.client.files.upload({ name: 'x', parentId: '0', body: bodyOf('x') });
  const logs = await listed(events.history({ stream: 'admin_logs', eventTypes: ['UPLOAD'] }));
  assert.ok(logs.length > 0 && logs.every(({ event }) => event.event_type === 'UPLOAD'));
});

test('history of a stream whose positions lead in a circle is an error', async () => {
  const entry = (id: string) => ({ type: 'event', event_id: id, event_type: 'UPLOAD' });
  const next: Record<string, number> = { 0: 7, 7: 9, 9: 7 };
  const peer = await startPeer((request, response) => {
    const at = new URL(request.url ?? '', 'http://x').searchParams.get('stream_position') ?? '';
    answerJson(response, 200, { entries: [entry(at)], next_stream_position: next[at] });
  });
  const client = new BoxClient({ auth: developerToken('t'), baseUrl: peer.url });
  await assert.rejects(listed(client.events.history()), { code: 'paging_loop' });
  await client.close();
  await peer.close();
});

test('the enterprise’s stream is looked at from time to time', async () => {
  await using box = await openBox();
  const options = {
    stream: 'admin_logs_streaming',
    eventTypes: ['DELETE'],
    everyMs: 7_000,
  } as const;
  const deletions = box.client.events.follow(options);
  const first = take(deletions, 1);
  while (box.clock.sleeps.length < 2) await new Promise(setImmediate);
  const { id } = await folder(box, 'a');
  await box.client.folders.delete(id);
  const [deletion] = await first;
  assert.equal(deletion?.event.event_type, 'DELETE');
  assert.ok(box.clock.sleeps.every((ms) => ms === 7_000));
  await deletions.return();
});

test('follow hands out what happens, with a position that nothing behind is missed from', async () => {
  await using box = await openBox();
  await folder(box, 'old');
  const { next_stream_position: from } = await box.client.events.list({ position: 'now' });
  const events = box.client.events.follow({ stream: 'changes', position: from });
  await folder(box, 'a');
  await folder(box, 'b');
  const taken = await take(events, 2);
  assert.deepEqual(taken.map(nameOf), ['a', 'b']);
  // Only behind the last of a page is it safe to go on with the next.
  assert.equal(taken[0]?.position, String(from));
  const last = String(taken[1]?.position);
  const third = take(events, 1);
  await folder(box, 'c');
  assert.deepEqual((await third).map(nameOf), ['c']);
  await events.return();

  const again = box.client.events.follow({ position: last });
  assert.deepEqual((await take(again, 1)).map(nameOf), ['c']);
  await again.return();
});

test('follow drops what comes twice, and hands out what comes late', async () => {
  await using box = await openBox();
  const events = box.client.events.follow({ position: 0 });
  await folder(box, 'a');
  box.emulator.events.hold();
  await folder(box, 'late');
  await take(events, 1);
  box.emulator.events.repeat(1);
  box.emulator.events.release();
  await folder(box, 'b');
  assert.deepEqual((await take(events, 2)).map(nameOf), ['late', 'b']);
  await events.return();
});

test('follow survives reconnects, failures and lost connections', async () => {
  await using box = await openBox({ emulator: { longPollMs: 20 }, client: { maxRetries: 0 } });
  const { faults } = box.emulator;
  faults.add({ match: { path: '/subscribe' }, action: { status: 500 } });
  faults.add({ match: { path: '/subscribe' }, action: { cut: 'before' } });
  faults.add({ match: { path: '/subscribe' }, action: { status: 404 } });
  faults.add({ match: { method: 'OPTIONS', path: '/events' }, action: { status: 503 } });
  faults.add({ match: { method: 'GET', path: '/events' }, action: { status: 502 }, skip: 1 });
  const events = box.client.events.follow({ position: 0 });
  await folder(box, 'a');
  await take(events, 1);
  const next = take(events, 1);
  const polls = () => box.emulator.counts()['GET /subscribe'] ?? 0;
  while (polls() < 5) await box.client.users.me();
  await folder(box, 'b');
  assert.deepEqual((await next).map(nameOf), ['b']);
  assert.ok(box.clock.sleeps.length > 0);
  await events.return();
});

test('follow ends soon after the signal fires, also in a long poll', async () => {
  await using box = await openBox();
  const leaving = new AbortController();
  const events = box.client.events.follow({ signal: leaving.signal });
  const next = events.next();
  while ((box.emulator.counts()['GET /subscribe'] ?? 0) === 0) await box.client.users.me();
  leaving.abort(new Error('enough'));
  await assert.rejects(next, /enough/);
});

test('follow says so when events are lost for good', async () => {
  await using box = await openBox();
  const { next_stream_position: from } = await box.client.events.list({ position: 'now' });
  await folder(box, 'a');
  box.emulator.clock.advance(30 * 24 * 3600_000);
  const events = box.client.events.follow({ position: from });
  await assert.rejects(events.next(), { code: 'events_out_of_date', recovery: 'restart' });
});

test('a server that calls for nothing is asked less and less often', async () => {
  let polls = 0;
  const peer = await startPeer((request, response) => {
    const path = request.url ?? '';
    response.setHeader('content-type', 'application/json');
    if (path.startsWith('/subscribe')) {
      polls++;
      return response.end('{"version":1,"message":"new_change"}');
    }
    if (request.method === 'OPTIONS') {
      const url = `${peer.url}/subscribe?channel=x`;
      return response.end(JSON.stringify({ chunk_size: 1, entries: [{ url, max_retries: '10' }] }));
    }
    return response.end('{"chunk_size":0,"next_stream_position":9223372036854775807,"entries":[]}');
  });
  const clock = hastyClock();
  const auth = developerToken('token');
  const client = new BoxClient({ auth, baseUrl: peer.url, clock });
  const leaving = new AbortController();
  const next = client.events.follow({ signal: leaving.signal }).next();
  while (clock.sleeps.length < 9) await new Promise(setImmediate);
  leaving.abort(new Error('enough'));
  await assert.rejects(next, /enough/);
  assert.deepEqual(
    clock.sleeps.slice(0, 9),
    [500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000],
  );
  assert.ok(polls >= 9);
  // A position beyond what a number holds is asked for as it came, and a long poll has no token.
  const asked = peer.requests.filter(({ url }) => url.startsWith('/subscribe'));
  assert.ok(asked[0]?.url.endsWith('stream_position=9223372036854775807'));
  assert.equal(asked[0]?.headers.authorization, undefined);
  await client.close();
  await peer.close();
});
