import assert from 'node:assert/strict';
import { test } from 'node:test';
import { developerToken } from '../auth/developer-token.ts';
import { bodyOf } from '../body.ts';
import { BoxClient } from '../client.ts';
import { listed, openBox } from '../testing/open-box.ts';
import type { UserFilter } from './users.ts';

test('me is the user that the token is of, with the fields asked for', async () => {
  await using box = await openBox();
  const me = await box.client.users.me();
  assert.deepEqual([me.type, me.id], ['user', box.emulator.adminUserId]);
  assert.equal(me.enterprise, undefined);
  const more = await box.client.users.me({ fields: ['enterprise'] });
  assert.equal(more.enterprise?.id, box.emulator.enterpriseId);
  assert.equal(more.login, me.login);
});

test('an answer that is no user is an error, not a user', async () => {
  await using box = await openBox({ client: { maxRetries: 0 } });
  const action = { status: 200, body: '{"hello":"from the gateway"}' };
  box.emulator.faults.add({ match: { path: '/users/me' }, action });
  await assert.rejects(box.client.users.me(), { code: 'unexpected_answer', recovery: 'retry' });
});

test('users are made, found, changed and deleted', async () => {
  await using box = await openBox();
  const { users } = box.client;
  const ann = await users.create(
    {
      name: 'Ann',
      login: 'ann@example.test',
      spaceAmountBytes: 5e9,
      trackingCodes: [{ name: 'cost', value: '17' }],
    },
    { fields: ['space_amount', 'tracking_codes', 'is_platform_access_only'] },
  );
  assert.deepEqual([ann.space_amount, ann.is_platform_access_only], [5e9, false]);
  assert.deepEqual(ann.tracking_codes, [{ type: 'tracking_code', name: 'cost', value: '17' }]);
  const robot = await users.create({ name: 'Robot', externalAppUserId: 'customer-17' });
  assert.match(robot.login, /^AppUser_/);
  assert.equal((await box.client.asUser(robot.id).users.me()).id, robot.id);

  const ids = async (filter: UserFilter) =>
    (await listed(users.list({ ...filter, pageSize: 1 }))).map(({ id }) => id);
  assert.deepEqual(await ids({ filterTerm: 'ann@' }), [ann.id]);
  assert.deepEqual(await ids({ externalAppUserId: 'customer-17' }), [robot.id]);
  const all = await ids({ userType: 'all' });
  assert.ok(all.includes(ann.id) && all.includes(box.emulator.adminUserId));
  const second = await users.listPage({ userType: 'all', offset: 1, limit: 1 });
  assert.deepEqual(
    [second.total_count, second.entries.map(({ id }) => id)],
    [all.length, [all[1]]],
  );

  const changed = await users.update(
    ann.id,
    { jobTitle: 'Cook', role: 'coadmin', notificationEmail: 'kitchen@example.test' },
    { fields: ['role', 'job_title', 'notification_email'] },
  );
  assert.deepEqual([changed.role, changed.job_title], ['coadmin', 'Cook']);
  assert.equal(changed.notification_email?.email, 'kitchen@example.test');
  const unset = await users.update(ann.id, { notificationEmail: null });
  assert.equal(unset.notification_email, null);
  await users.delete(ann.id, { notify: false });
  await assert.rejects(users.get(ann.id), { status: 404, recovery: 'skip' });
  await users.update(robot.id, { isRolledOut: true });
  await assert.rejects(users.get(robot.id), { status: 404 });
});

test('a user who owns something is deleted by force only, or when it is given away', async () => {
  await using box = await openBox();
  const { users } = box.client;
  const [keeper, careless] = [
    await users.create({ name: 'Kim', login: 'kim@example.test' }),
    await users.create({ name: 'Cy', login: 'cy@example.test' }),
  ];
  for (const { id } of [keeper, careless]) {
    await box.client.asUser(id).folders.create({ name: 'Mine', parentId: '0' });
  }
  await assert.rejects(users.delete(keeper.id), { status: 400 });
  const { adminUserId } = box.emulator;
  const given = await users.transferContent(keeper.id, adminUserId, { notify: false });
  assert.equal(given.name, "Kim's Files and Folders");
  const [kept] = await listed(box.client.folders.items(given.id));
  assert.equal(kept?.name, 'Mine');
  await users.delete(keeper.id);
  await users.delete(careless.id, { force: true });
});

test('a transfer whose answer was lost is not begun again', async () => {
  await using box = await openBox();
  const { users } = box.client;
  const { id } = await users.create({ name: 'Kim', login: 'kim@example.test' });
  const match = { method: 'PUT', path: '/users/:id/folders/0' };
  box.emulator.faults.add({ match, action: { cut: 'after', of: 'request' } });
  await assert.rejects(users.transferContent(id, box.emulator.adminUserId), {
    name: 'BoxConnectionError',
  });
  const names = (await listed(box.client.folders.items('0'))).map(({ name }) => name);
  assert.deepEqual(names, ["Kim's Files and Folders"]);
});

test('who is no admin, and what is in use, is refused', async () => {
  await using box = await openBox();
  const { users } = box.client;
  const wish = { name: 'Ann', login: 'ann@example.test' };
  const ann = await users.create(wish);
  await assert.rejects(users.create(wish), { boxCode: 'user_login_already_used', status: 409 });
  await assert.rejects(box.client.asUser(ann.id).users.create({ name: 'Robot' }), { status: 403 });
  await assert.rejects(listed(box.client.asUser(ann.id).users.list()), { status: 403 });
  assert.equal((await box.client.asUser(ann.id).users.get(box.emulator.adminUserId)).type, 'user');
});

test('sessions that are terminated leave no token that works', async () => {
  await using box = await openBox();
  const { id } = await box.client.users.create({ name: 'Lee', login: 'lee@example.test' });
  const auth = developerToken(box.emulator.issueToken({ userId: id }));
  const lee = new BoxClient({ auth, baseUrl: box.emulator.url });
  assert.equal((await lee.users.me()).id, id);
  await box.client.users.terminateSessions({ logins: ['lee@example.test'] });
  await assert.rejects(lee.users.me(), { code: 'token_refused' });
  await lee.close();
  await assert.rejects(box.client.users.terminateSessions({ userIds: ['1'] }), { status: 404 });
});

test('avatars: none, given, changed, taken away', async () => {
  await using box = await openBox();
  const { avatars } = box.client;
  const userId = box.emulator.adminUserId;
  await assert.rejects(avatars.get(userId), { status: 404 });
  const png = Buffer.from('89504e470d0a1a0a0000000d4948445200000010000000100806000000', 'hex');
  const urls = await avatars.set(userId, { body: bodyOf(png) });
  assert.match(urls.small, /^https:/);
  const { contentType, bytes } = await avatars.get(userId);
  assert.deepEqual([contentType, Buffer.from(bytes)], ['image/png', png]);
  await assert.rejects(avatars.set(userId, { body: bodyOf('no picture') }), { status: 400 });
  const large = bodyOf(Buffer.concat([png, Buffer.alloc(1024 * 1024)]));
  await assert.rejects(avatars.set(userId, { body: large }), { status: 400 });
  await avatars.delete(userId);
  await assert.rejects(avatars.delete(userId), { status: 404 });
});

test('further addresses of a user', async () => {
  await using box = await openBox();
  const { emailAliases } = box.client;
  const userId = box.emulator.adminUserId;
  const made = await emailAliases.create(userId, 'boss@example.test');
  assert.equal(made.is_confirmed, true);
  assert.deepEqual(await emailAliases.list(userId), [made]);
  await assert.rejects(emailAliases.create(userId, 'boss@example.test'), { status: 409 });
  await assert.rejects(emailAliases.create(userId, 'nobody'), { status: 400 });
  await emailAliases.delete(userId, made.id);
  assert.deepEqual(await emailAliases.list(userId), []);
});

test('users of elsewhere are asked to join', async () => {
  await using box = await openBox();
  const { invites, users } = box.client;
  const { enterpriseId } = box.emulator;
  const { id, login } = await users.create({ name: 'Guest', login: 'guest@elsewhere.test' });
  await users.update(id, { isRolledOut: true });
  assert.deepEqual(await listed(users.list({ filterTerm: login })), []);
  const [found] = await listed(users.list({ userType: 'external', filterTerm: login }));
  assert.equal(found?.id, id);
  const made = await invites.create({ enterpriseId, login });
  assert.deepEqual([made.status, made.actionable_by?.id], ['pending', id]);
  assert.equal((await invites.get(made.id)).invited_to?.id, enterpriseId);
  await assert.rejects(invites.create({ enterpriseId, login: 'no@elsewhere.test' }), {
    status: 404,
  });
});
