import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bodyOf } from '../body.ts';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

async function fileIn(box: TestBox, path = '/a.txt'): Promise<string> {
  return (await box.emulator.seed({ [path]: 'hello' }))[path]?.id ?? '';
}

test('comments are made, answered, mention people, are changed, listed in pages and deleted', async () => {
  await using box = await openBox();
  const { comments } = box.client;
  const fileId = await fileIn(box);
  const first = await comments.create({ fileId, message: 'Fine' });
  const reply = await comments.create({ commentId: first.id, message: 'Really?' });
  assert.deepEqual([reply.is_reply_comment, reply.item?.id], [true, first.id]);
  const taggedMessage = `@[${box.emulator.adminUserId}:Ann] look`;
  const tagged = await comments.create({ fileId, taggedMessage });
  const full = await comments.get(tagged.id, { fields: ['tagged_message'] });
  assert.deepEqual([full.tagged_message, tagged.message], [taggedMessage, 'Ann look']);
  const all = await listed(comments.list(fileId, { pageSize: 1, fields: ['message'] }));
  assert.deepEqual(
    all.map(({ message }) => message),
    ['Fine', 'Really?', 'Ann look'],
  );
  assert.equal((await comments.update(first.id, { message: 'Good' })).message, 'Good');
  assert.equal((await comments.get(first.id)).message, 'Good');
  await comments.delete(first.id);
  await assert.rejects(comments.get(first.id), { status: 404, recovery: 'skip' });
  await assert.rejects(comments.create({ fileId, taggedMessage }), {
    boxCode: 'recent_similar_comment',
  });
});

test('a comment whose answer was lost is not made twice', async () => {
  await using box = await openBox();
  const fileId = await fileIn(box);
  const match = { method: 'POST', path: '/comments' };
  box.emulator.faults.add({ match, action: { cut: 'after', of: 'request' } });
  await assert.rejects(box.client.comments.create({ fileId, message: 'Once' }), {
    name: 'BoxConnectionError',
  });
  assert.equal((await listed(box.client.comments.list(fileId))).length, 1);
});

test('tasks are made, assigned, answered and deleted', async () => {
  await using box = await openBox();
  const { tasks, taskAssignments } = box.client;
  const fileId = await fileIn(box);
  const due = new Date('2035-01-01T00:00:00Z');
  const made = await tasks.create({ fileId, message: 'Read', dueAt: due });
  assert.equal(Date.parse(made.due_at ?? ''), due.getTime());
  const changed = await tasks.update(made.id, { completionRule: 'any_assignee' });
  assert.equal(changed.completion_rule, 'any_assignee');
  const userId = box.emulator.adminUserId;
  const assignment = await taskAssignments.create({ taskId: made.id, userId });
  await assert.rejects(taskAssignments.update(assignment.id, { resolutionState: 'completed' }), {
    status: 400,
  });
  const done = await taskAssignments.update(assignment.id, { resolutionState: 'approved' });
  assert.equal(done.resolution_state, 'approved');
  assert.equal((await taskAssignments.get(assignment.id)).assigned_to?.id, userId);
  assert.equal((await taskAssignments.list(made.id)).length, 1);
  assert.equal((await tasks.get(made.id)).is_completed, true);
  await assert.rejects(taskAssignments.delete(assignment.id), { status: 403 });
  assert.equal((await tasks.list(fileId)).length, 1);
  await tasks.delete(made.id);
  await assert.rejects(tasks.get(made.id), { status: 404 });
  const { login = '' } = await box.client.users.me();
  const again = await tasks.create({ fileId });
  const byLogin = await taskAssignments.create({ taskId: again.id, login });
  await taskAssignments.delete(byLogin.id);
});

test('locks: of a file for some time, of a folder until it is deleted', async () => {
  await using box = await openBox();
  const { files, folderLocks, folders } = box.client;
  const fileId = await fileIn(box);
  const expiresAt = new Date(box.emulator.clock.now() + 3_600_000);
  const lock = await files.lock(fileId, { expiresAt, isDownloadPrevented: true });
  assert.equal(lock.is_download_prevented, true);
  assert.equal(Date.parse(lock.expires_at ?? ''), Math.floor(expiresAt.getTime() / 1000) * 1000);
  await files.unlock(fileId);
  const { id } = await folders.create({ name: 'd', parentId: '0' });
  const folderLock = await folderLocks.create(id);
  assert.deepEqual(
    (await folderLocks.list(id)).map((one) => one.id),
    [folderLock.id],
  );
  await assert.rejects(folders.delete(id), { status: 403 });
  await folderLocks.delete(folderLock.id);
  await folders.delete(id);
});

test('watermarks: put on, seen, taken off', async () => {
  await using box = await openBox();
  const { watermarks } = box.client;
  const item = { type: 'file', id: await fileIn(box) } as const;
  assert.equal(await watermarks.get(item), undefined);
  assert.ok((await watermarks.apply(item)).created_at);
  assert.ok((await watermarks.get(item))?.modified_at);
  await watermarks.remove(item);
  await assert.rejects(watermarks.remove(item), { status: 404 });
});

test('Favorites: found, filled, listed and emptied', async () => {
  await using box = await openBox();
  const { collections } = box.client;
  const fileId = await fileIn(box);
  const [favorites] = await listed(collections.list());
  assert.equal(favorites?.collection_type, 'favorites');
  assert.deepEqual(await collections.favorites(), favorites);
  const file = await box.client.files.get(fileId);
  await collections.set(file, [favorites.id]);
  assert.equal((await collections.get(favorites.id)).name, favorites.name);
  const items = await listed(collections.items(favorites.id, { fields: ['size'] }));
  assert.deepEqual(
    items.map((item) => [item.id, item.type === 'file' && item.size]),
    [[fileId, 5]],
  );
  await collections.set(file, []);
  assert.deepEqual(await listed(collections.items(favorites.id)), []);
});

test('recent items: what the user did last comes first, page after page', async () => {
  await using box = await openBox();
  const { comments, files, recentItems } = box.client;
  const first = await files.upload({ name: 'a', parentId: '0', body: bodyOf('1') });
  const second = await files.upload({ name: 'b', parentId: '0', body: bodyOf('22') });
  await comments.create({ fileId: first.id, message: 'Fine' });
  const recent = await listed(recentItems.list({ pageSize: 1, fields: ['size'] }));
  assert.deepEqual(
    recent.map(({ item, interaction_type }) => [item.id, interaction_type]),
    [
      [first.id, 'item_comment'],
      [second.id, 'item_upload'],
    ],
  );
  assert.ok(recent[1]?.item.type === 'file' && recent[1].item.size === 2);
});
