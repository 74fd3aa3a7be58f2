import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openBox } from '../testing/open-box.ts';

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
