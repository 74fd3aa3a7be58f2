import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

async function boxWithPolicy(t: TestContext) {
  const box = await boxCalls(t);
  await box.call('POST', '/metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      displayName: 'Case',
      fields: [{ type: 'string', key: 'name', displayName: 'Name' }],
    },
  });
  const folder = await box.folder('top');
  const old = await box.file('old.txt', 'old', folder);
  const body = { folder_id: folder, scope: 'enterprise', templateKey: 'case' };
  const made = await box.call('POST', '/metadata_cascade_policies', { json: body });
  assert.equal(made.status, 201);
  const path = `/metadata_cascade_policies/${made.json.id}`;
  const give = (name: string, at = `/folders/${folder}`) =>
    box.call('POST', `${at}/metadata/enterprise/case`, { json: { name } });
  const nameOf = async (at: string) => (await box.get(`${at}/metadata/enterprise/case`)).json.name;
  const apply = (conflict_resolution: string) =>
    box.call('POST', `${path}/apply`, { json: { conflict_resolution } });
  return {
    box,
    folder,
    old: `/files/${old.id}`,
    policy: made.json,
    path,
    body,
    give,
    nameOf,
    apply,
  };
}

test('a policy belongs to a folder and a template, once', async (t) => {
  const { box, folder, policy, path, body } = await boxWithPolicy(t);
  const { enterpriseId } = box.emulator;
  assert.deepEqual(policy, {
    id: policy.id,
    type: 'metadata_cascade_policy',
    owner_enterprise: { type: 'enterprise', id: enterpriseId },
    parent: { type: 'folder', id: folder },
    scope: `enterprise_${enterpriseId}`,
    templateKey: 'case',
  });
  assert.deepEqual((await box.get(path)).json, policy);
  const list = `/metadata_cascade_policies?folder_id=${folder}`;
  assert.deepEqual((await box.get(list)).json.entries, [policy]);
  assert.deepEqual((await box.get(`${list}&owner_enterprise_id=1`)).json.entries, []);
  const refused = async (json: unknown) => {
    const answer = await box.call('POST', '/metadata_cascade_policies', { json });
    return `${answer.status} ${answer.json.code}`;
  };
  assert.equal(await refused(body), '409 tuple_already_exists');
  assert.equal(await refused({ ...body, templateKey: 'x' }), '404 instance_tuple_not_found');
  assert.equal(await refused({ ...body, folder_id: '1' }), '404 not_found');
  assert.equal(await refused({ folder_id: folder }), '400 bad_request');
  assert.equal(
    await refused({ ...body, folder_id: '0' }),
    '403 access_denied_insufficient_permissions',
  );
  const outsider = { token: box.emulator.issueToken({ userId: box.emulator.externalUserId }) };
  assert.equal((await box.get(path, outsider)).status, 404);
  assert.equal((await box.get('/metadata_cascade_policies')).status, 400);
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal((await box.get(path)).status, 404);
});

test('what comes into the folder gets its metadata, however it comes', async (t) => {
  const { box, folder, old, give, nameOf } = await boxWithPolicy(t);
  await give('one');
  const inner = await box.folder('inner', folder);
  const fresh = await box.file('new.txt', 'new', inner);
  const other = await box.folder('other');
  const moved = await box.file('moved.txt', 'moved', other);
  await box.call('PUT', `/folders/${other}`, { json: { parent: { id: inner } } });
  assert.equal(await nameOf(`/folders/${inner}`), 'one');
  assert.equal(await nameOf(`/files/${fresh.id}`), 'one');
  assert.equal(await nameOf(`/files/${moved.id}`), 'one');
  assert.equal(await nameOf(old), undefined);
});

test('a policy is applied to what is there, over other values only when asked', async (t) => {
  const { box, folder, old, path, give, nameOf, apply } = await boxWithPolicy(t);
  assert.equal((await apply('overwrite')).status, 404);
  await give('one');
  const own = `/files/${(await box.file('own.txt', 'own')).id}`;
  await give('own', own);
  await box.call('PUT', own, { json: { parent: { id: folder } } });
  const applied = await apply('none');
  assert.equal(applied.status, 202);
  assert.equal(applied.bytes.length, 0);
  assert.deepEqual([await nameOf(old), await nameOf(own)], ['one', 'own']);
  await apply('overwrite');
  assert.equal(await nameOf(own), 'one');
  assert.equal((await apply('sometimes')).status, 400);
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal((await apply('none')).status, 404);
});
