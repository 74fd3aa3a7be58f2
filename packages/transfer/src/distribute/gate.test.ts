import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxClient, isBoxError } from '@boxhaul/client';
import { openBox } from '../testing/box.ts';
import { Gate } from './gate.ts';

/** What Box says to who may only look. */
async function refusal(client: BoxClient): Promise<unknown> {
  const { id } = await client.users.create({ name: 'Owner' });
  const folder = await client.asUser(id).folders.create({ name: 'theirs', parentId: '0' });
  const viewer = await client.users.me();
  const item = { type: 'folder', id: folder.id } as const;
  await client.asUser(id).collaborations.create({ item, userId: viewer.id, role: 'viewer' });
  return client.folders.create({ name: 'mine', parentId: folder.id }).catch((error) => error);
}

test('one tries while others wait; when it may, all go at once', async () => {
  await using box = await openBox();
  const gate = new Gate();
  const begun: string[] = [];
  const first = Promise.withResolvers<string>();
  const pass = (name: string, ends: Promise<string>) =>
    gate.pass(box.client, 'create', () => {
      begun.push(name);
      return ends;
    });
  const all = [pass('a', first.promise), pass('b', first.promise), pass('c', first.promise)];
  await new Promise(setImmediate);
  assert.deepEqual(begun, ['a']);
  first.resolve('done');
  assert.deepEqual(await Promise.all(all), ['done', 'done', 'done']);
  assert.deepEqual(begun, ['a', 'b', 'c']);
});

test('what is refused once is asked no more, by this account and for this right', async () => {
  await using box = await openBox();
  const refused = await refusal(box.client);
  assert.ok(isBoxError(refused, 'access_denied_insufficient_permissions'));
  const gate = new Gate();
  let asked = 0;
  const ask = (client: BoxClient, right: 'create' | 'version') =>
    gate.pass(client, right, async () => {
      asked += 1;
      throw refused;
    });
  const { client } = box;
  const outcomes = await Promise.allSettled([ask(client, 'create'), ask(client, 'create')]);
  assert.deepEqual(
    outcomes.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
  assert.equal(asked, 1);
  await assert.rejects(ask(client, 'version'));
  await assert.rejects(ask(client.asUser('1'), 'create'));
  assert.equal(asked, 3);
});

test('another failure leaves the question to the next', async () => {
  await using box = await openBox();
  const gate = new Gate();
  const failing = gate.pass(box.client, 'create', () => Promise.reject(new Error('broken line')));
  const next = gate.pass(box.client, 'create', async () => 'done');
  await assert.rejects(failing, /broken line/);
  assert.equal(await next, 'done');
});
