import assert from 'node:assert/strict';
import { test } from 'node:test';
import { developerToken } from '../auth/developer-token.ts';
import { BoxClient } from '../client.ts';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

/** A user of the enterprise, and a client that acts as them. */
async function colleague(box: TestBox, name: string): Promise<{ id: string; client: BoxClient }> {
  const login = `${name.toLowerCase()}@example.test`;
  const { id } = await box.client.users.create({ name, login });
  return { id, client: box.client.asUser(id) };
}

async function folderIn(box: TestBox, name = 'Shared') {
  return await box.client.folders.create({ name, parentId: '0' });
}

test('a folder is shared with a user, an address and a group; all of them are listed', async () => {
  await using box = await openBox();
  const { collaborations, groups } = box.client;
  const item = await folderIn(box);
  const ann = await colleague(box, 'Ann');
  const { id: groupId } = await groups.create({ name: 'Cooks' });
  const byId = await collaborations.create({ item, userId: ann.id, role: 'viewer uploader' });
  assert.deepEqual([byId.status, byId.role], ['accepted', 'viewer uploader']);
  const login = 'someone@elsewhere.test';
  const byLogin = await collaborations.create({ item, login, role: 'editor' }, { notify: false });
  assert.deepEqual([byLogin.status, byLogin.invite_email], ['pending', login]);
  const ofGroup = await collaborations.create({ item, groupId, role: 'viewer' });
  const found = await listed(collaborations.list(item, { pageSize: 1 }));
  assert.deepEqual(
    found.map(({ id }) => id),
    [byId.id, byLogin.id, ofGroup.id],
  );
  const [only] = await listed(collaborations.ofGroup(groupId));
  assert.deepEqual([only?.id, only?.item?.id], [ofGroup.id, item.id]);
  assert.equal((await ann.client.folders.get(item.id)).name, 'Shared');
  await assert.rejects(collaborations.create({ item, userId: ann.id, role: 'editor' }), {
    boxCode: 'user_already_collaborator',
    status: 400,
  });
});

test('a file is shared, with roles that files know', async () => {
  await using box = await openBox();
  const { '/a.txt': file } = await box.emulator.seed({ '/a.txt': 'hello' });
  const item = { type: 'file', id: file?.id ?? '' } as const;
  const { id: userId } = await colleague(box, 'Ann');
  const { collaborations } = box.client;
  await assert.rejects(collaborations.create({ item, userId, role: 'uploader' }), { status: 400 });
  const { id } = await collaborations.create({ item, userId, role: 'editor' });
  const [one] = await listed(collaborations.list(item, { fields: ['role'] }));
  assert.deepEqual([one?.id, one?.role], [id, 'editor']);
});

test('a role, an end and the path that is shown can be changed', async () => {
  await using box = await openBox();
  const { collaborations } = box.client;
  const item = await folderIn(box);
  const { id: userId, client: ann } = await colleague(box, 'Ann');
  const { id } = await collaborations.create({ item, userId, role: 'viewer' });
  await assert.rejects(ann.folders.create({ name: 'new', parentId: item.id }), { status: 403 });
  const expiresAt = new Date(box.emulator.clock.now() + 3_600_000);
  const fields = ['role', 'expires_at', 'can_view_path'];
  const changes = { role: 'editor', expiresAt, canViewPath: true } as const;
  const changed = await collaborations.update(id, changes, { fields });
  assert.deepEqual([changed.role, changed.can_view_path], ['editor', true]);
  assert.equal(Date.parse(changed.expires_at ?? ''), Math.floor(+expiresAt / 1000) * 1000);
  assert.equal((await ann.folders.create({ name: 'new', parentId: item.id })).name, 'new');
  await assert.rejects(ann.collaborations.update(id, { canViewPath: false }), { status: 403 });
});

test('whoever was invited from elsewhere sees it among the pending ones, and answers once', async () => {
  await using box = await openBox();
  const { users, collaborations } = box.client;
  const { id: userId } = await colleague(box, 'Guest');
  await users.update(userId, { isRolledOut: true });
  const auth = developerToken(box.emulator.issueToken({ userId }));
  const guest = new BoxClient({ auth, baseUrl: box.emulator.url, clock: box.clock });
  const item = await folderIn(box);
  const first = await collaborations.create({ item, userId, role: 'viewer' });
  const other = await folderIn(box, 'Unwanted');
  const second = await collaborations.create({ item: other, userId, role: 'viewer' });
  const waiting = await listed(guest.collaborations.pending({ pageSize: 1 }));
  assert.deepEqual(
    waiting.map((one) => [one.id, one.status, one.item]),
    [
      [first.id, 'pending', null],
      [second.id, 'pending', null],
    ],
  );
  // The answer gets lost, and the repetition is refused: what stands there tells that it was done.
  const match = { method: 'PUT', path: '/collaborations/:id' };
  box.emulator.faults.add({ match, action: { cut: 'after', of: 'request' } });
  const accepted = await guest.collaborations.update(first.id, { status: 'accepted' });
  assert.deepEqual([accepted.status, accepted.item?.id], ['accepted', item.id]);
  await assert.rejects(guest.collaborations.update(first.id, { status: 'rejected' }), {
    boxCode: 'invalid_status',
    status: 400,
  });
  const rejected = await guest.collaborations.update(second.id, { status: 'rejected' });
  assert.equal(rejected.status, 'rejected');
  assert.deepEqual(await listed(guest.collaborations.pending()), []);
  await guest.close();
});

test('the owner of a folder hands it over, and becomes co-owner', async () => {
  await using box = await openBox();
  const { collaborations } = box.client;
  const item = await folderIn(box);
  const { id: userId, client: heir } = await colleague(box, 'Ida');
  const { id } = await collaborations.create({ item, userId, role: 'co-owner' });
  await assert.rejects(heir.collaborations.makeOwner(id), { status: 403 });
  await collaborations.makeOwner(id);
  const folder = await heir.folders.get(item.id, { fields: ['owned_by'] });
  assert.equal(folder.owned_by?.id, userId);
  const [former] = await listed(collaborations.list(item));
  assert.deepEqual(
    [former?.role, former?.accessible_by?.id],
    ['co-owner', box.emulator.adminUserId],
  );
  assert.notEqual(former?.id, id);
});

test('a collaboration ends, from either side', async () => {
  await using box = await openBox();
  const { collaborations } = box.client;
  const item = await folderIn(box);
  const { id: userId, client: ann } = await colleague(box, 'Ann');
  const first = await collaborations.create({ item, userId, role: 'viewer' });
  await ann.collaborations.delete(first.id);
  await assert.rejects(ann.folders.get(item.id), { status: 404 });
  const second = await collaborations.create({ item, userId, role: 'viewer' });
  const match = { method: 'DELETE', path: '/collaborations/:id' };
  box.emulator.faults.add({ match, action: { cut: 'after', of: 'request' } });
  await collaborations.delete(second.id);
  await assert.rejects(collaborations.get(second.id), { status: 404, recovery: 'skip' });
});

test('what cannot be shared is refused', async () => {
  await using box = await openBox();
  const { collaborations } = box.client;
  const { id: userId } = await colleague(box, 'Ann');
  const root = { type: 'folder', id: '0' } as const;
  await assert.rejects(collaborations.create({ item: root, userId, role: 'viewer' }), {
    boxCode: 'collaborations_not_available_on_root_folder',
  });
  const item = await folderIn(box);
  await assert.rejects(collaborations.create({ item, userId: '1', role: 'viewer' }), {
    status: 404,
  });
  await assert.rejects(listed(collaborations.list({ type: 'folder', id: '1' })), { status: 404 });
});
