import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

async function task(box: BoxCalls, fileId: string, more: object = {}) {
  return box.call('POST', '/tasks', { json: { item: { type: 'file', id: fileId }, ...more } });
}

const assign = (box: BoxCalls, taskId: string, to: object) =>
  box.call('POST', '/task_assignments', {
    json: { task: { type: 'task', id: taskId }, assign_to: to },
  });

test('a task is made, read, listed, changed and deleted', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const made = await task(box, file.id, {
    message: 'Read it',
    due_at: '2035-01-01T02:00:00+02:00',
  });
  assert.equal(made.status, 201);
  const { json } = made;
  assert.deepEqual(
    [json.type, json.action, json.completion_rule],
    ['task', 'review', 'all_assignees'],
  );
  assert.deepEqual([json.due_at, json.item.id], ['2035-01-01T00:00:00Z', file.id]);
  assert.deepEqual(json.task_assignment_collection, { total_count: 0, entries: [] });
  assert.equal(json.is_completed, false);
  const changed = await box.call('PUT', `/tasks/${json.id}`, {
    json: { action: 'complete', message: 'Do it', completion_rule: 'any_assignee', due_at: null },
  });
  assert.deepEqual([changed.json.action, changed.json.message], ['complete', 'Do it']);
  assert.equal(changed.json.due_at, null);
  assert.deepEqual((await box.get(`/tasks/${json.id}`)).json, changed.json);
  const list = (await box.get(`/files/${file.id}/tasks`)).json;
  assert.deepEqual([list.total_count, list.entries[0].id], [1, json.id]);
  assert.equal((await box.call('DELETE', `/tasks/${json.id}`)).status, 204);
  assert.equal((await box.get(`/tasks/${json.id}`)).status, 404);
});

test('times of tasks and assignments that are not set are null, and fields pick', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const made = (await task(box, file.id)).json;
  const assigned = (await assign(box, made.id, { id: box.emulator.adminUserId })).json;
  assert.equal(made.due_at, null);
  assert.deepEqual([assigned.completed_at, assigned.reminded_at], [null, null]);
  const base = { type: 'task', id: made.id };
  const list = await box.get(`/files/${file.id}/tasks?fields=is_completed`);
  assert.deepEqual(list.json.entries, [{ ...base, is_completed: false }]);
  assert.deepEqual((await box.get(`/tasks/${made.id}?fields=action`)).json, {
    ...base,
    action: 'review',
  });
  const picked = { type: 'task_assignment', id: assigned.id, resolution_state: 'incomplete' };
  const query = '?fields=resolution_state';
  assert.deepEqual((await box.get(`/task_assignments/${assigned.id}${query}`)).json, picked);
  assert.deepEqual((await box.get(`/tasks/${made.id}/assignments${query}`)).json.entries, [picked]);
});

test('an assignment is one a user, is answered as the task’s action wants, and completes the task', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const { id } = (await task(box, file.id)).json;
  const made = await assign(box, id, { id: box.emulator.adminUserId });
  assert.equal(made.status, 201);
  assert.deepEqual([made.json.type, made.json.resolution_state], ['task_assignment', 'incomplete']);
  assert.equal(made.json.assigned_to.id, box.emulator.adminUserId);
  assert.equal((await assign(box, id, { id: box.emulator.adminUserId })).status, 403);
  const path = `/task_assignments/${made.json.id}`;
  const wrong = await box.call('PUT', path, { json: { resolution_state: 'completed' } });
  assert.deepEqual([wrong.status, wrong.json.code], [400, 'bad_request']);
  await box.call('PUT', path, { json: { resolution_state: 'rejected' } });
  assert.equal((await box.get(`/tasks/${id}`)).json.is_completed, false);
  const approved = await box.call('PUT', path, {
    json: { resolution_state: 'approved', message: 'Good' },
  });
  assert.deepEqual([approved.json.resolution_state, approved.json.message], ['approved', 'Good']);
  assert.ok(approved.json.completed_at);
  const whole = (await box.get(`/tasks/${id}`)).json;
  assert.equal(whole.is_completed, true);
  assert.equal(whole.task_assignment_collection.entries[0].id, made.json.id);
  assert.equal((await box.call('PUT', `/tasks/${id}`, { json: { message: 'x' } })).status, 403);
  assert.equal((await box.call('DELETE', path)).status, 403);
  await box.call('PUT', path, { json: { resolution_state: 'incomplete' } });
  assert.equal((await box.get(`/tasks/${id}`)).json.is_completed, false);
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal((await box.get(path)).status, 404);
  assert.equal((await box.get(`/tasks/${id}/assignments`)).json.total_count, 0);
});

test('who cannot see the file cannot be assigned, and does not see its tasks', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  const { id } = (await task(box, file.id)).json;
  const other = box.emulator.serviceAccountUserId;
  const refused = await assign(box, id, { id: other });
  assert.deepEqual([refused.status, refused.json.code], [400, 'task_assignee_not_allowed']);
  assert.equal((await assign(box, id, { id: '77' })).status, 404);
  assert.equal((await assign(box, id, { login: 'nobody@nowhere.example' })).status, 404);
  assert.equal((await assign(box, id, {})).status, 400);
  assert.equal((await assign(box, '77', { id: other })).status, 404);
  const token = box.emulator.issueToken({ userId: other });
  assert.equal((await box.get(`/tasks/${id}`, { token })).status, 404);
  assert.equal((await box.get(`/tasks/${id}/assignments`, { token })).status, 404);
  const json = { item: { type: 'file', id: file.id } };
  assert.equal((await box.call('POST', '/tasks', { token, json })).status, 404);
});

test('a task that makes no sense is refused; tasks go with their file', async (t) => {
  const box = await boxCalls(t);
  const file = await box.file('a', 'x');
  assert.equal((await task(box, file.id, { action: 'sleep' })).status, 400);
  assert.equal((await task(box, file.id, { completion_rule: 'none' })).status, 400);
  assert.equal((await task(box, file.id, { due_at: 'soon' })).status, 400);
  assert.equal((await task(box, '12')).status, 404);
  assert.equal((await box.call('POST', '/tasks', { json: {} })).status, 400);
  assert.equal((await box.get('/files/12/tasks')).status, 404);
  const { id } = (await task(box, file.id)).json;
  const { json } = await assign(box, id, { id: box.emulator.adminUserId });
  await box.call('DELETE', `/files/${file.id}`);
  await box.call('DELETE', `/files/${file.id}/trash`);
  assert.equal((await box.get(`/tasks/${id}`)).status, 404);
  assert.equal((await box.get(`/task_assignments/${json.id}`)).status, 404);
  assert.deepEqual(box.emulator.notEmulated(), {});
});
