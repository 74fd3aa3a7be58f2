import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { boxCalls } from './testing/box-calls.ts';

test('every call is there under both prefixes, with and without a trailing slash', async (t) => {
  const { emulator, call } = await boxCalls(t);
  for (const path of [
    '/2.0/users/me',
    '/2.0/users/me/',
    '/api/2.0/users/me',
    '/api/2.0/users/me/?x=1',
  ]) {
    assert.equal((await call('GET', emulator.url + path)).status, 200, path);
  }
  assert.deepEqual(emulator.counts(), { 'GET /users/me': 4 });
});

test('every answer has what Box sends with each, and ids that differ', async (t) => {
  const { get } = await boxCalls(t);
  const [one, two] = [await get('/users/me'), await get('/files/1')];
  for (const { headers } of [one, two]) {
    assert.equal(headers['cache-control'], 'no-cache, no-store');
    assert.match(String(headers['strict-transport-security']), /max-age=\d+/);
    assert.ok(!Number.isNaN(Date.parse(String(headers.date))));
  }
  assert.notEqual(one.headers['box-request-id'], two.headers['box-request-id']);
  assert.equal(two.status, 404);
  assert.equal(two.json.type, 'error');
  assert.equal(two.json.code, 'not_found');
  assert.ok(two.json.request_id);
  assert.notEqual(two.json.request_id, two.headers['box-request-id']);
});

test('what is not emulated says so and is counted; what Box has not is 405', async (t) => {
  const { emulator, call, get } = await boxCalls(t);
  const requests = await get('/sign_requests/12');
  assert.equal(requests.status, 404);
  assert.equal(requests.json.code, 'not_emulated');
  assert.match(requests.json.message, /GET \/sign_requests\/:id is not emulated \(Box has it\)/);
  assert.equal((await get('/no/such/thing')).json.code, 'not_emulated');
  const wrongMethod = await call('PUT', '/users/me');
  assert.equal(wrongMethod.status, 405);
  assert.equal(wrongMethod.json.code, 'method_not_allowed');
  const wrongId = await get('/files/abc');
  assert.equal(wrongId.status, 405);
  assert.deepEqual(emulator.notEmulated(), {
    'GET /sign_requests/:id': 1,
    'GET /no/such/thing': 1,
  });
  assert.deepEqual(emulator.counts(), {
    'GET /files/:id': 1,
    'GET /sign_requests/:id': 1,
    'GET /no/such/thing': 1,
    'PUT /users/:id': 1,
  });
  emulator.resetCounts();
  assert.deepEqual(emulator.counts(), {});
});

test('a list in a query may be one text or a parameter repeated', async (t) => {
  const { emulator, get } = await boxCalls(t);
  await emulator.seed({ '/a.txt': 'x', '/b/': '' });
  const both = ['fields=name,size', 'fields=name&fields=size'];
  for (const query of both) {
    const { json } = await get(`/folders/0/items?${query}`);
    assert.deepEqual(Object.keys(json.entries[1]), ['type', 'id', 'etag', 'name', 'size'], query);
  }
  const { json } = await get('/events?stream_type=admin_logs&event_type=DELETE&event_type=UPLOAD');
  assert.equal(json.entries.length, 2);
});

test('a version of the API that there is not is refused', async (t) => {
  const { get } = await boxCalls(t);
  const asked = (version: string) => get('/users/me', { headers: { 'box-version': version } });
  for (const version of ['2024.0', '2025.0', '2026.0']) {
    assert.equal((await asked(version)).status, 200, version);
  }
  const refused = await asked('1999.0');
  assert.deepEqual([refused.status, refused.json.code], [400, 'invalid_api_version']);
});

test('bodies are JSON whatever their type says, and none is fine', async (t) => {
  const { call } = await boxCalls(t);
  const body = JSON.stringify({ name: 'one', parent: { id: 0 } });
  const headers = { 'content-type': 'text/plain' };
  const made = await call('POST', '/folders', { body, headers });
  assert.equal(made.status, 201);
  const deleted = await call('DELETE', `/folders/${made.json.id}`, {
    headers: { 'content-type': 'application/json' },
  });
  assert.equal(deleted.status, 204);
  const broken = await call('POST', '/folders', { body: '{"name":' });
  assert.equal(broken.status, 400);
  assert.equal(broken.json.code, 'bad_request');
});

test('URLs in answers carry the host that the client used', async (t) => {
  const { emulator, get } = await boxCalls(t);
  const { '/a.txt': file } = await emulator.seed({ '/a.txt': 'a' });
  const locationBy = async (headers: Record<string, string>) =>
    String((await get(`/files/${file?.id}/content`, { headers })).headers.location);
  assert.ok((await locationBy({})).startsWith(`${emulator.url}/d/1/`));
  const front = { 'x-forwarded-host': 'box.test:8443', 'x-forwarded-proto': 'https' };
  assert.ok((await locationBy(front)).startsWith('https://box.test:8443/d/1/'));
  // A front for Box's own names may have no other than the one that was called.
  const asBox = { 'x-forwarded-host': 'api.box.com', 'x-forwarded-proto': 'https' };
  assert.ok((await locationBy(asBox)).startsWith('https://api.box.com/d/1/'));
  const asBoxByHost = { host: 'api.box.com', 'x-forwarded-proto': 'https' };
  assert.ok((await locationBy(asBoxByHost)).startsWith('https://api.box.com/d/1/'));
});

test('an address that cannot be read is refused in Box’s words', async (t) => {
  const { get } = await boxCalls(t);
  for (const path of ['/folders/%zz', `/folders/${'1'.repeat(5000)}`]) {
    const { status, json } = await get(path);
    assert.deepEqual([status, json.type, json.code], [400, 'error', 'bad_request']);
  }
});

test('header names are spelt as usual, for clients that know them only so', async (t) => {
  const { emulator } = await boxCalls(t);
  const { '/a.txt': file } = await emulator.seed({ '/a.txt': 'a' });
  emulator.faults.add({ match: { path: '/users/me' }, action: { status: 429, retryAfter: 2 } });
  const headers = { authorization: `Bearer ${emulator.token}` };
  const namesOf = async (url: string) => {
    const [response] = (await once(httpRequest(url, { headers }).end(), 'response')) as [
      IncomingMessage,
    ];
    response.resume();
    return response.rawHeaders.filter((_, at) => at % 2 === 0);
  };
  const limited = await namesOf(`${emulator.url}/2.0/users/me`);
  for (const name of ['Date', 'Retry-After', 'box-request-id', 'Content-Type', 'Cache-Control']) {
    assert.ok(limited.includes(name), `${name} in ${limited}`);
  }
  const content = `${emulator.url}/2.0/files/${file?.id}/content`;
  assert.ok((await namesOf(content)).includes('Location'));
  const { headers: redirect } = await fetch(content, { headers, redirect: 'manual' });
  assert.ok((await namesOf(redirect.get('location') ?? '')).includes('Content-Disposition'));
  headers.authorization = 'Bearer bad';
  assert.ok((await namesOf(content)).includes('WWW-Authenticate'));
});

test('a client that sends everything before it listens, and then closes, hears that it was refused', async (t) => {
  const { emulator } = await boxCalls(t);
  emulator.faults.add({ match: { path: '/files/2/content' }, action: { status: 503 } });
  for (const [path, token, expected] of [
    ['/files/1/content', 'bad', 401],
    ['/files/2/content', emulator.token, 503],
  ] as const) {
    const request = httpRequest(`${emulator.url}/2.0${path}`, {
      method: 'POST',
      agent: false,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'multipart/form-data; boundary=b',
        'transfer-encoding': 'chunked',
      },
    });
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    answered.catch(() => undefined); // told by the writes below
    const chunk = Buffer.alloc(1024 * 1024);
    for (let sent = 0; sent < 20; sent++) {
      await new Promise<void>((resolve, reject) => {
        request.write(chunk, (error) => (error ? reject(error) : resolve()));
      });
    }
    request.end();
    const [response] = await answered;
    response.resume();
    assert.equal(response.statusCode, expected);
  }
});
