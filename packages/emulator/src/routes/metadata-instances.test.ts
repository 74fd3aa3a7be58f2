import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

const patchType = { 'content-type': 'application/json-patch+json' };
const key = 'productInfo';

async function boxWithFile(t: TestContext) {
  const box = await boxCalls(t);
  const option = (name: string) => ({ key: name });
  await box.call('POST', '/metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      displayName: 'Product Info',
      copyInstanceOnItemCopy: true,
      fields: [
        { type: 'string', key: 'name', displayName: 'Name' },
        { type: 'float', key: 'price', displayName: 'Price' },
        { type: 'date', key: 'since', displayName: 'Since' },
        { type: 'enum', key: 'size', displayName: 'Size', options: ['s', 'l'].map(option) },
        { type: 'multiSelect', key: 'tags', displayName: 'Tags', options: ['a', 'b'].map(option) },
      ],
    },
  });
  const file = await box.file('a.txt', 'a');
  const path = `/files/${file.id}/metadata/enterprise/${key}`;
  return { box, file, path, scope: `enterprise_${box.emulator.enterpriseId}` };
}

const patch = (box: BoxCalls, path: string, ...operations: unknown[]) =>
  box.call('PUT', path, { json: operations, headers: patchType });

test('an instance holds what its template takes, and tells where it belongs', async (t) => {
  const { box, file, path, scope } = await boxWithFile(t);
  const values = {
    name: 'Box',
    price: 1.5,
    since: '2001-01-03T02:20:50.520Z',
    size: 's',
    tags: ['b', 'a'],
  };
  const made = await box.call('POST', path, { json: values });
  assert.equal(made.status, 201);
  const { $id, $type, ...rest } = made.json;
  assert.match($id, /^[0-9a-f-]{36}$/);
  assert.match($type, new RegExp(`^${key}-[0-9a-f-]{36}$`));
  assert.deepEqual(rest, {
    $parent: `file_${file.id}`,
    $template: key,
    $scope: scope,
    $version: 0,
    $typeVersion: 0,
    $canEdit: true,
    ...values,
  });
  assert.deepEqual((await box.get(path)).json, made.json);
  const list = await box.get(`/files/${file.id}/metadata?view=hydrated`);
  assert.deepEqual(list.json, { entries: [made.json], limit: 100 });
  const template = await box.get(`/metadata_templates?metadata_instance_id=${$id}`);
  assert.equal(template.json.entries[0].templateKey, key);
  assert.equal((await box.get(`/files/${file.id}`)).json.etag, '0');
  const again = await box.call('POST', path, { json: {} });
  assert.equal(`${again.status} ${again.json.code}`, '409 tuple_already_exists');
});

test('values that do not fit are refused', async (t) => {
  const { box, file, path } = await boxWithFile(t);
  for (const values of [
    { name: 1 },
    { price: '1' },
    { since: 'yesterday' },
    { size: 'm' },
    { tags: 'a' },
    { tags: ['a', 'c'] },
    { unknown: 'x' },
    { $version: 4 },
  ]) {
    const { status, json } = await box.call('POST', path, { json: values });
    assert.equal(`${status} ${json.code}`, '400 schema_validation_failed');
  }
  const free = `/files/${file.id}/metadata/global/properties`;
  assert.equal((await box.call('POST', free, { json: { any: 1 } })).status, 400);
  const made = await box.call('POST', free, { json: { any: 'key', 'and/this': 'one' } });
  assert.equal(made.json.$type, 'properties');
  assert.equal(made.json.any, 'key');
});

test('what is not there is said so', async (t) => {
  const { box, file, path } = await boxWithFile(t);
  const refused = async (method: string, at: string) => {
    const { status, json } = await box.call(method, at, { json: [], headers: patchType });
    return `${status} ${json.code}`;
  };
  assert.equal(await refused('GET', path), '404 instance_not_found');
  assert.equal(await refused('PUT', path), '404 instance_not_found');
  assert.equal(await refused('DELETE', path), '404 instance_not_found');
  const unknown = `/files/${file.id}/metadata/enterprise/unknown`;
  assert.equal(await refused('POST', unknown), '404 instance_tuple_not_found');
  assert.equal(await refused('GET', '/files/1/metadata'), '404 not_found');
  const root = '/folders/0/metadata/global/properties';
  assert.equal(await refused('POST', root), '403 access_denied_insufficient_permissions');
  const outsider = { token: box.emulator.issueToken({ userId: box.emulator.externalUserId }) };
  assert.equal((await box.get(path, outsider)).status, 404);
  assert.equal((await box.call('POST', path, { ...outsider, json: {} })).status, 404);
});

test('a patch is carried out wholly or not at all, and counts as one version', async (t) => {
  const { box, path } = await boxWithFile(t);
  await box.call('POST', path, { json: { name: 'a', price: 1, tags: ['a'] } });
  const wrongType = await box.call('PUT', path, { json: [] });
  assert.equal(wrongType.status, 415);
  const changed = await patch(
    box,
    path,
    { op: 'test', path: '/name', value: 'a' },
    { op: 'replace', path: '/name', value: 'b' },
    { op: 'remove', path: '/price' },
    { op: 'add', path: '/size', value: 'l' },
    { op: 'add', path: '/tags/-', value: 'b' },
  );
  assert.equal(changed.status, 200);
  assert.equal(changed.json.$version, 1);
  assert.equal(changed.json.name, 'b');
  assert.deepEqual(changed.json.tags, ['a', 'b']);
  assert.equal('price' in changed.json, false);
  for (const bad of [
    { op: 'test', path: '/name', value: 'other' },
    { op: 'replace', path: '/price', value: 3 },
    { op: 'remove', path: '/toString' },
    { op: 'add', path: '/name/x', value: 'y' },
    { op: 'remove', path: '/name/0' },
    { op: 'copy', from: '/name/0', path: '/name' },
    { op: 'test', path: '/tags/length', value: 2 },
    { op: 'add', path: '/price', value: 'text' },
    { op: 'add', path: '/$version', value: 7 },
    { op: 'replace', path: '', value: {} },
    { op: 'fly', path: '/name' },
  ]) {
    const refused = await patch(box, path, { op: 'replace', path: '/name', value: 'c' }, bad);
    assert.equal(refused.status, 400);
  }
  assert.deepEqual((await box.get(path)).json, changed.json);
});

test('properties may be moved and copied, with slashes and tildes in their names', async (t) => {
  const { box } = await boxWithFile(t);
  const path = `/folders/${await box.folder('f')}/metadata/global/properties`;
  await box.call('POST', path, { json: { 'a/b': '1', 'c~d': '2' } });
  const { json } = await patch(
    box,
    path,
    { op: 'move', from: '/a~1b', path: '/moved' },
    { op: 'copy', from: '/c~0d', path: '/copied' },
  );
  assert.deepEqual([json.moved, json['c~d'], json.copied, json['a/b']], ['1', '2', '2', undefined]);
  assert.match(json.$parent, /^folder_/);
});

test('a template takes its fields and its instances along', async (t) => {
  const { box, file, path } = await boxWithFile(t);
  await box.call('POST', path, { json: { name: 'a', size: 's', tags: ['a', 'b'] } });
  const schema = `/metadata_templates/enterprise/${key}/schema`;
  await patch(
    box,
    schema,
    { op: 'editField', fieldKey: 'name', data: { key: 'title' } },
    { op: 'editEnumOption', fieldKey: 'size', enumOptionKey: 's', data: { key: 'small' } },
    { op: 'removeMultiSelectOption', fieldKey: 'tags', multiSelectOptionKey: 'a' },
  );
  const { json } = await box.get(path);
  assert.deepEqual([json.title, json.name, json.size, json.tags], ['a', undefined, 'small', ['b']]);
  assert.equal(json.$typeVersion, 1);
  await box.call('DELETE', schema);
  assert.deepEqual((await box.get(`/files/${file.id}/metadata`)).json.entries, []);
});

test('copies take instances along whose template says so', async (t) => {
  const { box, file, path } = await boxWithFile(t);
  await box.call('POST', path, { json: { name: 'a' } });
  const copyTo = (name: string) =>
    box.call('POST', `/files/${file.id}/copy`, { json: { name, parent: { id: '0' } } });
  const first = await copyTo('b.txt');
  const copied = await box.get(`/files/${first.json.id}/metadata`);
  assert.deepEqual([copied.json.entries.length, copied.json.entries[0].name], [1, 'a']);
  const data = { copyInstanceOnItemCopy: false };
  await patch(box, `/metadata_templates/enterprise/${key}/schema`, { op: 'editTemplate', data });
  const second = await copyTo('c.txt');
  assert.deepEqual((await box.get(`/files/${second.json.id}/metadata`)).json.entries, []);
});

test('fields show metadata in items and in lists', async (t) => {
  const { box, file, path, scope } = await boxWithFile(t);
  await box.call('POST', path, { json: { name: 'a' } });
  const fields = `fields=name,metadata.${scope}.${key},metadata.global.properties`;
  const { $parent, $version, name } = (await box.get(`/files/${file.id}?${fields}`)).json.metadata[
    scope
  ][key];
  assert.deepEqual(
    { $parent, $version, name },
    { $parent: `file_${file.id}`, $version: 0, name: 'a' },
  );
  const { entries } = (await box.get(`/folders/0/items?${fields}`)).json;
  assert.equal(entries[0].metadata[scope][key].name, 'a');
  assert.equal(entries[0].metadata.global, undefined);
});

test('a classification is shown as a field', async (t) => {
  const { box, file } = await boxWithFile(t);
  const templateKey = 'securityClassification-6VMVochwUWo';
  const field = 'Box__Security__Classification__Key';
  const option = (name: string, colorID: number) => ({
    key: name,
    staticConfig: { classification: { classificationDefinition: `${name}!`, colorID } },
  });
  const template = await box.call('POST', '/metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      templateKey,
      displayName: 'Classification',
      fields: [
        { type: 'enum', key: field, displayName: 'Classification', options: [option('Secret', 0)] },
      ],
    },
  });
  assert.equal(template.json.fields[0].options[0].staticConfig.classification.colorID, 0);
  await box.call('PUT', `/metadata_templates/enterprise/${templateKey}/schema`, {
    json: [{ op: 'addEnumOption', fieldKey: field, data: option('Open', 7) }],
  });
  const classification = async () =>
    (await box.get(`/files/${file.id}?fields=classification`)).json.classification;
  assert.equal(await classification(), null);
  const path = `/files/${file.id}/metadata/enterprise/${templateKey}`;
  const made = await box.call('POST', path, { json: { [field]: 'Secret' } });
  assert.equal(made.json.$template, templateKey);
  assert.equal((await classification()).definition, 'Secret!');
  const changed = await patch(box, path, { op: 'replace', path: `/${field}`, value: 'Open' });
  assert.equal(changed.status, 200);
  assert.equal((await classification()).name, 'Open');
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal(await classification(), null);
});

test('skills keep their cards', async (t) => {
  const { box, file } = await boxWithFile(t);
  const path = `/files/${file.id}/metadata/global/boxSkillsCards`;
  const made = await box.call('POST', path, { json: { cards: [{ type: 'skill_card' }] } });
  assert.equal(made.status, 201);
  const value = { type: 'skill_card', entries: [] };
  const changed = await patch(box, path, { op: 'replace', path: '/cards/0', value });
  assert.deepEqual(changed.json.cards, [value]);
});

test('metadata goes with the item for good', async (t) => {
  const { box, file, path } = await boxWithFile(t);
  const { json } = await box.call('POST', path, { json: { name: 'a' } });
  await box.call('DELETE', `/files/${file.id}`);
  await box.call('DELETE', `/files/${file.id}/trash`);
  const instance = await box.get(`/metadata_templates?metadata_instance_id=${json.$id}`);
  assert.equal(instance.status, 400);
});
