import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

const here = { origin: 'http://localhost:3000' };
const elsewhere = { origin: 'https://127.evil.example' };
const asking = {
  'access-control-request-method': 'PUT',
  'access-control-request-headers': 'authorization, content-type',
};

test('a page on this machine may call: its browser is told so, without a token', async (t) => {
  const { call, emulator } = await boxCalls(t);
  for (const path of ['/folders/0', '/files/content', '/no/such']) {
    const asked = await call('OPTIONS', path, { token: '', headers: { ...here, ...asking } });
    assert.equal(asked.status, 200, path);
    assert.equal(asked.headers['access-control-allow-origin'], '*');
    assert.match(String(asked.headers['access-control-allow-methods']), /PUT/);
    assert.equal(asked.headers['access-control-allow-headers'], 'authorization, content-type');
  }
  assert.deepEqual(emulator.counts(), {}, 'a browser’s question is no call');
  const { status, headers } = await call('GET', '/folders/0', { headers: here });
  assert.deepEqual([status, headers['access-control-allow-origin']], [200, '*']);
  const refused = await call('GET', '/folders/7', { headers: here });
  assert.deepEqual([refused.status, refused.headers['access-control-allow-origin']], [404, '*']);
});

test('a page of elsewhere is refused; without an origin nobody speaks of any', async (t) => {
  const { call } = await boxCalls(t);
  const { status, json } = await call('GET', '/folders/0', { headers: elsewhere });
  assert.deepEqual([status, json.code], [403, 'cors_origin_not_whitelisted']);
  assert.deepEqual(json.context_info, elsewhere);
  const { headers } = await call('GET', '/folders/0');
  assert.equal(headers['access-control-allow-origin'], undefined);
});

test('an app that lists origins is called from those only', async (t) => {
  const app = {
    clientID: 'pages',
    clientSecret: 'secret of pages',
    enterpriseID: '42',
    enterpriseName: 'Acme',
    corsOrigins: [elsewhere.origin],
  };
  const { call } = await boxCalls(t, { app });
  assert.equal((await call('GET', '/folders/0', { headers: elsewhere })).status, 200);
  assert.equal((await call('GET', '/folders/0', { headers: here })).status, 403);
});
