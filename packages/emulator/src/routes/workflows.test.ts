import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

test('a workflow is listed for its folder, and does with the files what it is made for', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('in');
  const inside = await box.file('a', 'x', folder);
  const outside = await box.file('b', 'x');
  assert.equal((await box.get('/workflows?folder_id=0')).json.entries.length, 0);
  const id = box.emulator.addWorkflow({ folderId: folder });
  const listed = await box.get(`/workflows?folder_id=${folder}&trigger_type=WORKFLOW_MANUAL_START`);
  const [workflow] = listed.json.entries;
  assert.deepEqual([workflow.id, workflow.is_enabled], [id, true]);
  const [flow] = workflow.flows;
  assert.equal(flow.outcomes[0].action_type, 'delete_file');
  const start = (fileId: string, changes = {}, workflowId = id) =>
    box.call('POST', `/workflows/${workflowId}/start`, {
      json: {
        flow: { type: 'flow', id: flow.id },
        files: [{ type: 'file', id: fileId }],
        folder: { type: 'folder', id: folder },
        ...changes,
      },
    });
  assert.equal((await start(outside.id)).status, 400);
  assert.equal((await start(inside.id, { folder: { type: 'folder', id: '0' } })).status, 400);
  assert.equal((await start(inside.id, { flow: { type: 'flow', id: '1' } })).status, 404);
  assert.equal((await start(inside.id, {}, '12')).status, 404);
  assert.equal((await start(inside.id)).status, 204);
  assert.equal((await box.get(`/files/${inside.id}`)).json.item_status, 'trashed');
});

test('workflows come in pages, need a folder, and go with it', async (t) => {
  const box = await boxCalls(t);
  const folder = await box.folder('in');
  for (const name of ['one', 'two']) box.emulator.addWorkflow({ folderId: folder, name });
  const path = `/workflows?folder_id=${folder}&limit=1`;
  const first = (await box.get(path)).json;
  const second = (await box.get(`${path}&marker=${first.next_marker}`)).json;
  const names = [first, second].map(({ entries }) => entries[0].name);
  assert.deepEqual([...names, second.next_marker], ['one', 'two', null]);
  assert.equal((await box.get('/workflows')).status, 400);
  assert.equal((await box.get('/workflows?folder_id=12')).status, 404);
  assert.equal((await box.call('POST', '/workflows/12/start', { json: {} })).status, 400);
  await box.call('DELETE', `/folders/${folder}`);
  assert.equal((await box.get(path)).status, 404);
});

test('another process makes one by the admin endpoint', async (t) => {
  const box = await boxCalls(t);
  const made = await box.call('POST', `${box.emulator.url}/_emulator/workflows`, {
    json: { folder_id: '0', name: 'tidy', action_type: 'lock_file' },
  });
  assert.equal(made.status, 201);
  const [workflow] = (await box.get('/workflows?folder_id=0')).json.entries;
  assert.deepEqual(
    [workflow.id, workflow.name, workflow.flows[0].outcomes[0].action_type],
    [made.json.id, 'tidy', 'lock_file'],
  );
});
