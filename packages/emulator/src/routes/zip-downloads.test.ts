import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { unzipSync } from 'fflate';
import { Agent, request } from 'undici';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

const zip = (box: BoxCalls, items: object[], name?: string) =>
  box.call('POST', '/zip_downloads', {
    json: { items, ...(name === undefined ? {} : { download_file_name: name }) },
  });

const item = (type: 'file' | 'folder', id: string) => ({ type, id });

function texts(bytes: Buffer): Record<string, string> {
  const files = Object.entries(unzipSync(bytes));
  return Object.fromEntries(files.map(([name, value]) => [name, Buffer.from(value).toString()]));
}

test('files and folders come as one zip, once, and then it is told how it went', async (t) => {
  const box = await boxCalls(t);
  const made = await box.emulator.seed({
    '/top.txt': 'top',
    '/d/a.txt': 'aaa',
    '/d/e/empty.txt': '',
    '/d/nothing/': '',
  });
  const { status, json } = await zip(
    box,
    [item('file', made['/top.txt']?.id ?? ''), item('folder', made['/d']?.id ?? '')],
    'März',
  );
  assert.equal(status, 202);
  assert.deepEqual(json.name_conflicts, []);
  assert.match(json.expires_at, /Z$/);
  assert.equal((await box.get(json.status_url)).status, 404);
  const { bytes, headers } = await box.call('GET', json.download_url, { token: 'none' });
  assert.equal(headers['content-type'], 'application/zip');
  assert.match(String(headers['content-disposition']), /filename\*=UTF-8''M%C3%A4rz\.zip$/);
  assert.deepEqual(texts(bytes), {
    'top.txt': 'top',
    'd/a.txt': 'aaa',
    'd/e/empty.txt': '',
    'd/nothing/': '',
  });
  assert.deepEqual((await box.get(json.status_url)).json, {
    total_file_count: 3,
    downloaded_file_count: 3,
    skipped_file_count: 0,
    skipped_folder_count: 0,
    state: 'succeeded',
  });
  assert.equal((await box.get(json.download_url)).status, 404);
  box.emulator.clock.advance(12 * 3600 * 1000);
  assert.equal((await box.get(json.status_url)).status, 404);
  assert.deepEqual(box.emulator.notEmulated(), {});
});

test('large contents are streamed and arrive whole', async (t) => {
  const box = await boxCalls(t);
  const contents = Buffer.alloc(6_000_000, 'large and larger ');
  const file = await box.file('large', contents);
  const { json } = await zip(box, [item('file', file.id)]);
  const { large } = unzipSync((await box.get(json.download_url)).bytes);
  assert.ok(large && contents.equals(large));
});

test('items of one name get others, which the answer names', async (t) => {
  const box = await boxCalls(t);
  const made = await box.emulator.seed({ '/a/Report.pdf': 'one', '/b/report.pdf': 'two' });
  const ids = ['/a/Report.pdf', '/b/report.pdf'].map((path) => made[path]?.id ?? '');
  const { json } = await zip(
    box,
    ids.map((id) => item('file', id)),
  );
  const [conflict] = json.name_conflicts;
  assert.equal(json.name_conflicts.length, 1);
  assert.deepEqual(
    conflict.map((one: { id: string; original_name: string }) => [one.id, one.original_name]),
    [
      [ids[0], 'Report.pdf'],
      [ids[1], 'report.pdf'],
    ],
  );
  const unzipped = texts((await box.get(json.download_url)).bytes);
  assert.equal(unzipped[conflict[0].download_name], 'one');
  assert.equal(unzipped[conflict[1].download_name], 'two');
});

test('the URL waits a minute', async (t) => {
  const box = await boxCalls(t);
  const { json } = await zip(box, [item('file', (await box.file('a', 'x')).id)]);
  box.emulator.clock.advance(60_000);
  assert.equal((await box.get(json.download_url)).status, 404);
});

test('no more than five of a user’s come at once; one that is broken off has failed', async (t) => {
  const box = await boxCalls(t);
  const { id } = await box.file('a', randomBytes(16_000_000));
  const asked = await Promise.all([1, 2, 3, 4, 5, 6].map(() => zip(box, [item('file', id)])));
  const zips = asked.map(({ json }) => json);
  const agent = new Agent();
  t.after(() => agent.destroy());
  // Nobody reads them, so they stand still when the sockets are full.
  const open = await Promise.all(
    zips.slice(0, 5).map(({ download_url: url }) => request(url, { dispatcher: agent })),
  );
  const last = zips.at(-1);
  const sixth = await box.get(last.download_url);
  assert.deepEqual([sixth.status, sixth.json.code], [429, 'user_too_many_concurrent_downloads']);
  assert.equal((await box.get(zips[0].status_url)).json.state, 'in_progress');
  open[0]?.body.on('error', () => {}).destroy();
  let state = 'in_progress';
  while (state === 'in_progress') state = (await box.get(zips[0].status_url)).json.state;
  assert.equal(state, 'failed');
  assert.equal((await box.get(last.download_url)).status, 200);
});

test('an emulator closes while a zip is under way', async (t) => {
  const box = await boxCalls(t);
  const { id } = await box.file('a', randomBytes(16_000_000));
  const { json } = await zip(box, [item('file', id)]);
  const agent = new Agent();
  t.after(() => agent.destroy());
  const { body } = await request(json.download_url, { dispatcher: agent });
  await Promise.all([assert.rejects(body.arrayBuffer()), box.emulator.close()]);
});

test('what cannot be zipped is refused', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  assert.equal((await zip(box, [])).status, 400);
  assert.equal((await box.call('POST', '/zip_downloads', { json: {} })).status, 400);
  const link = { json: { items: [{ type: 'web_link', id: '1' }] } };
  assert.equal((await box.call('POST', '/zip_downloads', link)).status, 400);
  assert.equal((await zip(box, [item('folder', '0')])).status, 403);
  assert.equal((await zip(box, [item('file', '12')])).status, 404);
  const token = box.emulator.issueToken({ userId: box.emulator.serviceAccountUserId });
  const items = [item('file', file.id)];
  const outside = await box.call('POST', '/zip_downloads', { token, json: { items } });
  assert.equal(outside.status, 404);
  const { json } = await zip(box, items);
  await box.get(json.download_url);
  assert.equal((await box.get(json.status_url, { token })).status, 403);
  assert.equal((await box.get('/zip_downloads/unknown/status')).status, 404);
});
