import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';

async function boxWithTemplate(t: TestContext) {
  const box = await boxCalls(t);
  const made = await box.call('POST', '/metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      displayName: 'Product Info (new)',
      fields: [
        { type: 'string', key: 'name', displayName: 'Name' },
        { type: 'enum', key: 'size', displayName: 'Size', options: [{ key: 's' }, { key: 'l' }] },
        {
          type: 'multiSelect',
          key: 'tags',
          displayName: 'Tags',
          options: [{ key: 'a' }, { key: 'b' }],
        },
      ],
    },
  });
  assert.equal(made.status, 201);
  return { box, template: made.json };
}

const schema = '/metadata_templates/enterprise/productInfoNew/schema';
const change = (box: BoxCalls, ...operations: unknown[]) =>
  box.call('PUT', schema, { json: operations });

test('a template gets its key from its name, and ids for itself, its fields and their options', async (t) => {
  const { box, template } = await boxWithTemplate(t);
  assert.equal(template.templateKey, 'productInfoNew');
  assert.equal(template.scope, `enterprise_${box.emulator.enterpriseId}`);
  assert.equal(template.copyInstanceOnItemCopy, false);
  const uuid = /^[0-9a-f-]{36}$/;
  assert.match(template.fields[1].id, uuid);
  assert.match(template.fields[1].options[0].id, uuid);
  for (const path of [
    schema,
    `/metadata_templates/${template.scope}/productInfoNew/schema`,
    `/metadata_templates/${template.id}`,
  ]) {
    assert.deepEqual((await box.get(path)).json, template);
  }
});

test('fields without a key get theirs from their name, too', async (t) => {
  const { box } = await boxWithTemplate(t);
  const fields = [
    { type: 'string', displayName: 'a' },
    { type: 'float', displayName: 'Net price (EUR)' },
  ];
  const made = await box.call('POST', '/metadata_templates/schema', {
    json: { scope: 'enterprise', displayName: 'Other', fields },
  });
  const keys = made.json.fields.map(({ key }: { key: string }) => key);
  assert.deepEqual([made.status, keys], [201, ['a', 'netPriceEUR']]);
  const twice = { scope: 'enterprise', displayName: 'More', fields: [...fields, fields[0]] };
  const refused = await box.call('POST', '/metadata_templates/schema', { json: twice });
  assert.equal(refused.status, 400);
});

test('templates that cannot be are refused', async (t) => {
  const { box } = await boxWithTemplate(t);
  const refused = async (json: Record<string, unknown>) => {
    const { status, json: error } = await box.call('POST', '/metadata_templates/schema', { json });
    return `${status} ${error.code}`;
  };
  const good = { scope: 'enterprise', displayName: 'Other' };
  assert.equal(await refused({ displayName: 'Other' }), '400 bad_request');
  assert.equal(await refused({ ...good, templateKey: '1a' }), '400 bad_request');
  assert.equal(
    await refused({ ...good, scope: 'global' }),
    '403 access_denied_insufficient_permissions',
  );
  assert.equal(
    await refused({ ...good, templateKey: 'productInfoNew' }),
    '409 tuple_already_exists',
  );
  const field = { type: 'string', key: 'a', displayName: 'A' };
  assert.equal(await refused({ ...good, fields: [field, field] }), '400 bad_request');
  assert.equal(
    await refused({ ...good, fields: [{ ...field, type: 'thing' }] }),
    '400 bad_request',
  );
  assert.equal((await box.get('/metadata_templates/odd/x/schema')).status, 400);
  assert.equal((await box.get('/metadata_templates/enterprise/x/schema')).status, 404);
  assert.equal(
    (await box.get('/metadata_templates/enterprise_1/productInfoNew/schema')).status,
    404,
  );
  assert.equal((await box.get('/metadata_templates/nothing')).status, 400);
});

test('only admins make, change and delete templates; members read them', async (t) => {
  const { box, template } = await boxWithTemplate(t);
  const outsider = { token: box.emulator.issueToken({ userId: box.emulator.externalUserId }) };
  assert.equal((await box.get(schema, outsider)).status, 404);
  assert.equal((await box.get(`/metadata_templates/${template.id}`, outsider)).status, 400);
  assert.equal((await box.call('DELETE', schema, outsider)).status, 403);
  assert.equal((await box.call('PUT', schema, { ...outsider, json: [] })).status, 403);
  const { json } = await box.get('/metadata_templates/enterprise', outsider);
  assert.deepEqual(json.entries, []);
});

test('a list of operations changes a template, or nothing of it', async (t) => {
  const { box } = await boxWithTemplate(t);
  const changed = await change(
    box,
    { op: 'editTemplate', data: { displayName: 'Products', hidden: true } },
    { op: 'addField', fieldKey: 'price', data: { type: 'float', displayName: 'Price' } },
    { op: 'editField', fieldKey: 'name', data: { key: 'title', displayName: 'Title' } },
    { op: 'addEnumOption', fieldKey: 'size', data: { key: 'm' } },
    { op: 'reorderEnumOptions', fieldKey: 'size', enumOptionKeys: ['s', 'm', 'l'] },
    { op: 'editEnumOption', fieldKey: 'size', enumOptionKey: 's', data: { key: 'small' } },
    { op: 'removeEnumOption', fieldKey: 'size', enumOptionKey: 'l' },
    { op: 'addMultiSelectOption', fieldKey: 'tags', data: { key: 'c' } },
    {
      op: 'editMultiSelectOption',
      fieldKey: 'tags',
      multiSelectOptionKey: 'a',
      data: { key: 'z' },
    },
    { op: 'removeMultiSelectOption', fieldKey: 'tags', multiSelectOptionKey: 'b' },
    { op: 'reorderMultiSelectOptions', fieldKey: 'tags', multiSelectOptionKeys: ['c', 'z'] },
    { op: 'reorderFields', fieldKeys: ['tags', 'title', 'size', 'price'] },
  );
  assert.equal(changed.status, 200);
  assert.equal(changed.json.hidden, true);
  const keys = (keyed: { key: string }[]) => keyed.map(({ key }) => key);
  assert.deepEqual(keys(changed.json.fields), ['tags', 'title', 'size', 'price']);
  assert.deepEqual(keys(changed.json.fields[0].options), ['c', 'z']);
  assert.deepEqual(keys(changed.json.fields[2].options), ['small', 'm']);
  for (const bad of [
    { op: 'removeField', fieldKey: 'gone' },
    { op: 'fly' },
    { op: 'reorderFields', fieldKeys: ['tags'] },
    { op: 'addEnumOption', fieldKey: 'tags', data: { key: 'x' } },
    { op: 'editField', fieldKey: 'title', data: { type: 'float' } },
  ]) {
    const refused = await change(box, { op: 'removeField', fieldKey: 'size' }, bad);
    assert.equal(refused.status, 400);
  }
  assert.deepEqual((await box.get(schema)).json, changed.json);
});

test('a deleted template is gone; global ones cannot be deleted', async (t) => {
  const { box } = await boxWithTemplate(t);
  assert.equal((await box.call('DELETE', schema)).status, 204);
  assert.equal((await box.call('DELETE', schema)).status, 404);
  const global = '/metadata_templates/global/properties/schema';
  assert.equal((await box.call('DELETE', global)).status, 403);
  assert.equal((await box.get(global)).status, 200);
});

test('templates are listed in pages by marker', async (t) => {
  const { box, template } = await boxWithTemplate(t);
  const first = await box.get('/metadata_templates/global?limit=2');
  assert.equal(first.json.entries.length, 2);
  assert.equal(first.json.entries[0].templateKey, 'properties');
  const marker = encodeURIComponent(first.json.next_marker);
  const second = await box.get(`/metadata_templates/global?limit=2&marker=${marker}`);
  assert.equal(second.json.next_marker, null);
  assert.ok(second.json.entries[0].fields.length > 0);
  assert.deepEqual((await box.get('/metadata_templates/enterprise')).json.entries, [template]);
  box.emulator.reset();
  assert.deepEqual((await box.get('/metadata_templates/enterprise')).json.entries, []);
});
