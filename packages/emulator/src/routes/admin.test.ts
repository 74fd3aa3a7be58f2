import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

test('a test in another process makes the weather', async (t) => {
  const { emulator, call, get } = await boxCalls(t);
  const own = (path: string) => `${emulator.url}/_emulator${path}`;
  const rules = [
    { match: { path: '/users/me' }, action: { status: 500 } },
    { match: { host: 'upload' }, action: { cut: 'in' }, times: 2 },
  ];
  const added = await call('POST', own('/faults'), { json: rules, token: 'none' });
  assert.equal(added.status, 201);
  assert.equal((await get('/users/me')).status, 500);
  const { json } = await call('GET', own('/faults'));
  assert.deepEqual(
    json.entries.map(({ rule, hits }: { rule: unknown; hits: number }) => ({ rule, hits })),
    [
      { rule: rules[0], hits: 1 },
      { rule: rules[1], hits: 0 },
    ],
  );
  const gone = await call('DELETE', own(`/faults/${json.entries[0].id}`));
  assert.equal(gone.status, 204);
  assert.equal((await call('DELETE', own(`/faults/${json.entries[0].id}`))).status, 404);
  assert.equal(emulator.faults.list().length, 1);
  assert.equal((await call('DELETE', own('/faults'))).status, 204);
  assert.equal(emulator.faults.list().length, 0);
});

test('of several rules none is added when one is wrong', async (t) => {
  const { emulator, call } = await boxCalls(t);
  const { status, json } = await call('POST', `${emulator.url}/_emulator/faults`, {
    json: [{ action: { status: 500 } }, { action: { status: 'x' } }],
  });
  assert.equal(status, 400);
  assert.match(json.message, /action/);
  assert.equal(emulator.faults.list().length, 0);
});

test('counts, seeds, resets, the clock and tokens by HTTP', async (t) => {
  const box = await boxCalls(t);
  const { emulator, call, get } = box;
  const own = (path: string) => `${emulator.url}/_emulator${path}`;
  const seeded = await call('POST', own('/seed'), {
    json: { '/a/b.txt': 'text', '/a/c.bin': { base64: 'AP8=' } },
  });
  assert.equal(seeded.status, 201);
  const { entries } = seeded.json;
  assert.deepEqual(await box.contents(entries['/a/c.bin'].id), Buffer.from([0, 255]));

  const { json } = await call('GET', own('/counts'));
  assert.equal(json.counts['GET /files/:id/content'], 1);
  assert.ok(Object.keys(json.counts).every((call) => !call.includes('_emulator')));
  assert.deepEqual(json.not_emulated, {});
  assert.equal((await call('DELETE', own('/counts'))).status, 204);

  const issued = await call('POST', own('/tokens'), { json: { life_seconds: 100 } });
  const token = issued.json.access_token;
  assert.equal((await get('/users/me', { token })).status, 200);
  await call('POST', own('/clock'), { json: { advance_seconds: 101 } });
  assert.equal((await get('/users/me', { token })).status, 401);
  assert.equal((await call('POST', own('/tokens'), { json: { user_id: '1' } })).status, 400);
  assert.equal((await call('POST', own('/tokens/expire'))).status, 204);

  assert.equal((await call('POST', own('/reset'))).status, 204);
  assert.equal((await get('/folders/0/items')).json.total_count, 0);
  const config = await call('GET', own('/app-config'));
  assert.equal(config.json.boxAppSettings.clientID, emulator.app.clientID);
  assert.equal((await call('GET', own('/nothing'))).status, 404);
});

test('a web page makes no weather', async (t) => {
  const { emulator, call } = await boxCalls(t);
  const { status } = await call('POST', `${emulator.url}/_emulator/faults`, {
    json: { action: { status: 500 } },
    headers: { origin: 'https://elsewhere.example' },
  });
  assert.equal(status, 403);
  assert.equal(emulator.faults.list().length, 0);
});
