/** What becomes of items that go from one person to another, or come back from the trash. */
import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';
import { colleague, share } from '../testing/people.ts';

async function annAndBen(t: TestContext) {
  const box = await boxCalls(t);
  return { ...box, ben: await colleague(box, 'Ben') };
}

test('a lock ends with the file that goes to the trash, and does not come back with it', async (t) => {
  const { call, file, get } = await boxCalls(t);
  const { id } = await file('a.txt', 'a');
  await call('PUT', `/files/${id}`, { json: { lock: { access: 'lock' } } });
  await call('DELETE', `/files/${id}`);
  await call('POST', `/files/${id}`, { json: {} });
  assert.equal((await get(`/files/${id}?fields=lock`)).json.lock, null);
});

test('a lock is taken away by whose it is, and by the owner, but by no other editor', async (t) => {
  const box = await annAndBen(t);
  const { call, file, ben } = box;
  const cat = await colleague(box, 'Cat');
  const { id } = await file('a.txt', 'a');
  for (const who of [ben, cat]) {
    await share(box, { type: 'file', id }, { type: 'user', id: who.id }, 'editor');
  }
  await call('PUT', `/files/${id}`, { json: { lock: { access: 'lock' } }, token: ben.token });
  const unlock = (token: string) => call('PUT', `/files/${id}`, { json: { lock: null }, token });
  assert.equal((await unlock(cat.token)).status, 403);
  assert.equal((await unlock(box.emulator.token)).status, 200);
});

test('a vanity name belongs to one link, which another cannot take from it', async (t) => {
  const { call, file, get } = await boxCalls(t);
  const [one, other] = [await file('a.txt', 'a'), await file('b.txt', 'b')];
  const share = ({ id }: { id: string }) =>
    call('PUT', `/files/${id}`, { json: { shared_link: { vanity_name: 'a-vanity-name' } } });
  assert.equal((await share(one)).status, 200);
  assert.equal((await share(one)).status, 200);
  assert.equal((await share(other)).status, 400);
  const { json } = await get(`/files/${one.id}`);
  assert.equal(json.shared_link.vanity_name, 'a-vanity-name');
});

test('half of a character in a description is replaced in every answer', async (t) => {
  const { call, file } = await boxCalls(t);
  const { id } = await file('a.txt', 'a');
  const { json } = await call('PUT', `/files/${id}`, { json: { description: '\ud800' } });
  assert.equal(json.description, '\ufffd');
});

test('what lies in the root folder is handed over unless the new owner has its name', async (t) => {
  const box = await annAndBen(t);
  const { call, file, ben } = box;
  const { id } = await file('a.txt', 'a');
  const collaboration = await share(
    box,
    { type: 'file', id },
    { type: 'user', id: ben.id },
    'editor',
  );
  const attributes = { name: 'A.txt', parent: { id: '0' } };
  await box.upload('/files/content', attributes, 'b', { token: ben.token });
  const { status, json } = await call('PUT', `/collaborations/${collaboration.id}`, {
    json: { role: 'owner' },
  });
  assert.equal(status, 409);
  assert.equal(json.code, 'item_name_in_use');
});

test('who loses an item to the root folder of an editor reads that it moved', async (t) => {
  const box = await annAndBen(t);
  const { call, file, get, ben } = box;
  const { id } = await file('a.txt', 'a');
  await share(box, { type: 'file', id }, { type: 'user', id: ben.id }, 'editor');
  const { json: before } = await get('/events?stream_position=now');
  const moved = await call('PUT', `/files/${id}`, {
    json: { parent: { id: '0' } },
    token: ben.token,
  });
  assert.equal(moved.json.owned_by.id, ben.id);
  const { json } = await get(`/events?stream_position=${before.next_stream_position}`);
  assert.deepEqual(
    json.entries.map((event: { event_type: string }) => event.event_type),
    ['ITEM_MOVE'],
  );
});
