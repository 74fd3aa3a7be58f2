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
