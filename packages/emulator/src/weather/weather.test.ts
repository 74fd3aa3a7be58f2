import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createConnection } from 'node:net';
import { test } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import type { Emulator } from '../emulator.ts';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';
import { requestToken, signIn } from '../testing/oauth-calls.ts';

const attributes = { name: 'a.bin', parent: { id: '0' } };
const contents = randomBytes(100_000);

function upload(box: BoxCalls) {
  return box.upload('/files/content', attributes, contents);
}

/** The bytes that a plain connection gets for a request before it ends. */
async function rawGet(emulator: Emulator, path: string): Promise<Buffer> {
  const { hostname, port } = new URL(emulator.url);
  const socket = createConnection(Number(port), hostname);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => chunks.push(chunk));
  socket.on('error', () => socket.destroy());
  socket.write(
    `GET ${path} HTTP/1.1\r\nHost: box\r\nAuthorization: Bearer ${emulator.token}\r\n\r\n`,
  );
  await once(socket, 'close');
  return Buffer.concat(chunks);
}

async function contentPath(box: BoxCalls): Promise<string> {
  const { '/a.bin': file } = await box.emulator.seed({ '/a.bin': contents });
  const { headers } = await box.get(`/files/${file?.id}/content`);
  return new URL(String(headers.location)).pathname;
}

test('a status comes with Box’s body and the wait, in seconds or as a date', async (t) => {
  const box = await boxCalls(t);
  const { faults } = box.emulator;
  faults.add({ action: { status: 429, retryAfter: 7 } });
  const limited = await box.get('/users/me');
  assert.equal(limited.status, 429);
  assert.equal(limited.headers['retry-after'], '7');
  assert.equal(limited.json.code, 'rate_limit_exceeded');

  faults.add({ action: { status: 503, retryAfter: 90, retryAfterDate: true } });
  const unavailable = await box.get('/users/me');
  const at = Date.parse(String(unavailable.headers['retry-after']));
  const aheadMs = at - Date.parse(String(unavailable.headers.date));
  assert.ok(Math.abs(aheadMs - 90_000) <= 1000, `${aheadMs}`);

  faults.add({ action: { status: 401 } });
  const refused = await box.get('/users/me');
  assert.equal(refused.status, 401);
  assert.equal(refused.bytes.length, 0);

  faults.add({ action: { status: 409, code: 'item_name_in_use', message: 'Taken' } });
  const taken = await box.get('/users/me');
  assert.equal(taken.json.code, 'item_name_in_use');
  assert.equal(taken.json.message, 'Taken');
  assert.equal((await box.get('/users/me')).status, 200);
});

test('a refused upload leaves nothing behind and the connection usable', async (t) => {
  const box = await boxCalls(t);
  box.emulator.faults.add({ match: { host: 'upload' }, action: { status: 500 } });
  assert.equal((await upload(box)).status, 500);
  assert.equal((await box.get('/folders/0/items')).json.total_count, 0);
  assert.equal((await upload(box)).status, 201);
});

test('an upload cut before or in its body makes no file; cut after it, the file is there', async (t) => {
  for (const [cut, files] of [
    ['before', 0],
    ['in', 0],
    ['after', 1],
  ] as const) {
    const box = await boxCalls(t);
    const fault = box.emulator.faults.add({ match: { host: 'upload' }, action: { cut } });
    await assert.rejects(upload(box), cut);
    assert.equal(fault.hits, 1);
    assert.equal((await box.get('/folders/0/items')).json.total_count, files, cut);
  }
});

test('a download cut in its body ends after the bytes that were asked for', async (t) => {
  const box = await boxCalls(t);
  const path = await contentPath(box);
  const bodyOf = (raw: Buffer) => raw.subarray(raw.indexOf('\r\n\r\n') + 4);
  for (const [afterBytes, expected] of [
    [undefined, 50_000],
    [1, 1],
    [0, 0],
    [10_000_000, 99_999],
  ] as const) {
    const action = { cut: 'in' as const, ...(afterBytes === undefined ? {} : { afterBytes }) };
    box.emulator.faults.add({ match: { host: 'download' }, action });
    const raw = await rawGet(box.emulator, path);
    assert.match(raw.toString('latin1'), /^HTTP\/1\.1 200/);
    assert.deepEqual(bodyOf(raw), contents.subarray(0, expected));
  }
  box.emulator.faults.add({ match: { host: 'download' }, action: { cut: 'before' } });
  assert.equal((await rawGet(box.emulator, path)).length, 0);
  box.emulator.faults.add({ match: { host: 'download' }, action: { cut: 'after' } });
  assert.deepEqual(bodyOf(await rawGet(box.emulator, path)), contents);
});

test('a listing cut in its body is never whole', async (t) => {
  const box = await boxCalls(t);
  box.emulator.faults.add({ action: { cut: 'in' } });
  await assert.rejects(box.get('/folders/0/items'));
  assert.equal((await box.get('/folders/0/items')).status, 200);
});

test('wrong bytes: one of a download’s, and JSON that does not parse', async (t) => {
  const box = await boxCalls(t);
  const path = await contentPath(box);
  box.emulator.faults.add({ match: { host: 'download' }, action: { wrongBytes: true } });
  const { bytes } = await box.call('GET', box.emulator.url + path);
  assert.equal(bytes.length, contents.length);
  const wrong = [...bytes.keys()].filter((index) => bytes[index] !== contents[index]);
  assert.deepEqual(wrong, [50_000]);
  box.emulator.faults.add({ match: { host: 'api' }, action: { wrongBytes: true } });
  await assert.rejects(box.get('/folders/0/items'), SyntaxError);
});

test('wrong bytes in an upload are kept as they came, or refused if it says its digest', async (t) => {
  const box = await boxCalls(t);
  const { faults } = box.emulator;
  faults.add({ match: { host: 'upload' }, action: { wrongBytes: true } });
  const { json } = await upload(box);
  const kept = await box.contents(json.entries[0].id);
  const wrong = [...kept.keys()].filter((index) => kept[index] !== contents[index]);
  assert.deepEqual(wrong, [contents.length - 1]);

  faults.add({ match: { host: 'upload' }, action: { wrongBytes: true } });
  const refused = await box.upload('/files/content', { ...attributes, name: 'b' }, 'abc', {
    headers: { 'content-md5': 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  });
  assert.equal(refused.status, 400);
  assert.equal(refused.json.code, 'bad_digest');
});

test('a stalled answer stays open until the client gives up, or the emulator closes', async (t) => {
  const box = await boxCalls(t);
  const path = await contentPath(box);
  box.emulator.faults.add({ match: { path: '/users/me' }, action: { stall: 'before' } });
  const headers = { authorization: `Bearer ${box.emulator.token}` };
  const given = new AbortController();
  const stalled = fetch(`${box.emulator.url}/2.0/users/me`, { headers, signal: given.signal });
  // The others are answered meanwhile.
  assert.equal((await box.get('/users/me')).status, 200);
  given.abort();
  await assert.rejects(stalled, { name: 'AbortError' });

  box.emulator.faults.add({ match: { host: 'download' }, action: { stall: 'in' } });
  const answer = await fetch(box.emulator.url + path);
  assert.equal(answer.status, 200);
  const reader = answer.body?.getReader();
  let come = 0;
  while (come < 50_000) come += (await reader?.read())?.value?.length ?? 0;
  assert.equal(come, 50_000);
  const rest = reader?.read();
  await box.emulator.close();
  await assert.rejects(rest ?? Promise.resolve());
});

test('closing does not wait for requests that wait', async (t) => {
  const box = await boxCalls(t, { latencyMs: 600_000 });
  const waiting = fetch(`${box.emulator.url}/2.0/users/me`);
  while (box.emulator.counts()['GET /users/me'] === undefined) await setImmediate();
  await box.emulator.close();
  await assert.rejects(waiting);
});

test('an expired token: refused from then on, an eternal one this once', async (t) => {
  const box = await boxCalls(t);
  const { emulator } = box;
  const token = emulator.issueToken();
  emulator.faults.add({ action: { expireToken: true } });
  assert.equal((await box.get('/users/me', { token })).status, 401);
  assert.equal((await box.get('/users/me', { token })).status, 401);
  emulator.faults.add({ action: { expireToken: true } });
  assert.equal((await box.get('/users/me')).status, 401);
  assert.equal((await box.get('/users/me')).status, 200);
});

test('a token may be handed out that is expired already', async (t) => {
  const box = await boxCalls(t);
  const { refresh_token } = (await signIn(box.emulator)).json;
  box.emulator.faults.add({ match: { host: 'oauth' }, action: { expireToken: true } });
  const { status, json } = await requestToken(box.emulator, {
    grant_type: 'refresh_token',
    refresh_token,
  });
  assert.equal(status, 200);
  assert.equal(json.expires_in, 3600);
  assert.equal((await box.get('/users/me', { token: json.access_token })).status, 401);
});

test('a rule may ask what the body says', async (t) => {
  const { emulator } = await boxCalls(t);
  emulator.faults.add({
    match: { host: 'oauth', bodyIncludes: 'grant_type=refresh_token' },
    action: { status: 500, code: 'internal_error' },
  });
  const { status, json } = await signIn(emulator);
  assert.equal(status, 200);
  const fields = { grant_type: 'refresh_token', refresh_token: json.refresh_token };
  const failed = await requestToken(emulator, fields);
  assert.equal(failed.status, 500);
  assert.equal(failed.json.error, 'internal_error');
  assert.equal((await requestToken(emulator, fields)).status, 200);
});

test('a commit can be put off with 202', async (t) => {
  const box = await boxCalls(t);
  box.emulator.faults.add({ action: { commit202: 3 } });
  const id = 'F'.repeat(32);
  const { status, headers, bytes } = await box.call('POST', `/files/upload_sessions/${id}/commit`);
  assert.equal(status, 202);
  assert.equal(headers['retry-after'], '3');
  assert.equal(bytes.length, 0);
});

test('reset leaves the faults that the emulator was started with', async (t) => {
  const rule = { match: { path: '/users/me' }, action: { status: 502 } };
  const box = await boxCalls(t, { faults: [rule] });
  box.emulator.faults.add({ action: { status: 500 }, times: 'always' });
  box.emulator.reset();
  assert.equal((await box.get('/users/me')).status, 502);
  assert.equal((await box.get('/users/me')).status, 200);
});
