import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

async function boxWithProducts(t: TestContext) {
  const box = await boxCalls(t);
  const option = (key: string) => ({ key });
  await box.call('POST', '/metadata_templates/schema', {
    json: {
      scope: 'enterprise',
      displayName: 'Product',
      fields: [
        { type: 'string', key: 'name', displayName: 'Name' },
        { type: 'float', key: 'price', displayName: 'Price' },
        { type: 'date', key: 'since', displayName: 'Since' },
        {
          type: 'multiSelect',
          key: 'tags',
          displayName: 'Tags',
          options: ['a', 'b', 'c'].map(option),
        },
      ],
    },
  });
  const top = await box.folder('top');
  const deep = await box.folder('deep', top);
  const products = {
    one: { name: 'Chair', price: 10, since: '2020-01-01T00:00:00Z', tags: ['a'] },
    two: { name: 'chair*', price: 20, since: '2021-01-01T00:00:00Z', tags: ['a', 'b'] },
    three: { name: 'Table_3', price: 30, tags: ['b', 'c'] },
    four: { name: 'Lamp' },
  };
  for (const [name, values] of Object.entries(products)) {
    const { id } = await box.file(name, name, name === 'one' ? top : deep);
    await box.call('POST', `/files/${id}/metadata/enterprise/product`, { json: values });
  }
  const from = `enterprise_${box.emulator.enterpriseId}.product`;
  const run = (json: Record<string, unknown>, options = {}) =>
    box.call('POST', '/metadata_queries/execute_read', {
      json: { from, ancestor_folder_id: '0', fields: ['name'], ...json },
      ...options,
    });
  const found = async (query: string, query_params = {}, more = {}) => {
    const { status, json } = await run({ query, query_params, ...more });
    assert.equal(status, 200, JSON.stringify(json));
    return json.entries.map(({ name }: { name: string }) => name).join(' ');
  };
  const refused = async (query: string, query_params = {}, more = {}) => {
    const { status, json } = await run({ query, query_params, ...more });
    return `${status} ${json.code}`;
  };
  return { box, top, deep, from, run, found, refused };
}

test('comparisons find what they say', async (t) => {
  const { found } = await boxWithProducts(t);
  const x = (value: unknown) => ({ x: value });
  assert.equal(await found('name = :x', x('Chair')), 'one');
  assert.equal(await found('name <> :x', x('Chair')), 'two three four');
  assert.equal(await found('price > :x', x(10)), 'two three');
  assert.equal(await found('price >= :x', x(20)), 'two three');
  assert.equal(await found('price < :x', x(20)), 'one');
  assert.equal(await found('price <= :x', x(20)), 'one two');
  assert.equal(await found('price >= :x', x('20')), 'two three', 'a number given as text');
  assert.equal(await found('since > :x', x('2020-06-01T02:00:00+02:00')), 'two');
  assert.equal(await found('name LIKE :x', x('%hair%')), 'one two');
  assert.equal(await found('name LIKE :x', x('c%')), 'two');
  assert.equal(await found('name LIKE :x', x('chair*%')), 'two');
  assert.equal(await found('name LIKE :x', x('Table\\__')), 'three');
  assert.equal(await found('name ILIKE :x', x('c%')), 'one two');
  assert.equal(await found('name NOT ILIKE :x', x('c%')), 'three four');
  assert.equal(await found('name IN (:x, :y)', { x: 'Lamp', y: 'Chair' }), 'one four');
  assert.equal(await found('price IS NULL'), 'four');
  assert.equal(await found('price IS NOT NULL'), 'one two three');
  assert.equal(await found('tags HASANY (:x, :y)', { x: 'a', y: 'c' }), 'one two three');
  assert.equal(await found('tags HASALL (:x, :y)', { x: 'a', y: 'b' }), 'two');
  assert.equal(await found('item.name = :x', x('two')), 'two');
});

test('what is chosen from a list is equal to the same choices, in any order', async (t) => {
  const { found, refused } = await boxWithProducts(t);
  assert.equal(await found('tags = :x', { x: ['b', 'a'] }), 'two');
  assert.equal(await found('tags = :x', { x: 'a' }), 'one');
  assert.equal(await found('tags = :x', { x: ['a', 'c'] }), '');
  assert.equal(await found('tags <> :x', { x: ['a', 'b'] }), 'one three');
  assert.equal(await found('NOT tags = :x', { x: ['a', 'b'] }), 'one three');
  assert.equal(await refused('tags > :x', { x: ['a'] }), '400 invalid_query');
});

test('NOT binds before AND, AND before OR; parentheses before all', async (t) => {
  const { found } = await boxWithProducts(t);
  const arguments_ = { a: 10, b: 20, c: 30 };
  assert.equal(await found('price = :a or price = :b AND price = :c', arguments_), 'one');
  assert.equal(await found('(price = :a OR price = :b) AND price = :c', arguments_), '');
  assert.equal(await found('NOT price = :a AND price = :b', arguments_), 'two');
  assert.equal(await found('NOT (price = :a OR price = :b)', arguments_), 'three');
});

test('results are sorted, paged, and of one folder', async (t) => {
  const { box, deep, run, found } = await boxWithProducts(t);
  const order_by = [{ field_key: 'price', direction: 'DESC' }];
  assert.equal(await found('price > :x', { x: 0 }, { order_by }), 'three two one');
  assert.equal(await found('', {}, { ancestor_folder_id: deep }), 'two three four');
  const first = await run({ order_by, limit: 3 });
  const { next_marker: marker } = first.json;
  const second = await run({ order_by, limit: 3, marker });
  assert.deepEqual(Object.keys(second.json), ['entries', 'limit']);
  assert.equal(second.json.entries[0].name, 'four');
  await box.call('DELETE', `/folders/${deep}?recursive=true`);
  assert.equal(await found(''), 'one');
});

test('entries are base items with their names, or what fields name', async (t) => {
  const { run, from } = await boxWithProducts(t);
  const [scope = '', key = ''] = from.split('.');
  const query = { query: 'price = :x', query_params: { x: 10 } };
  const base = (await run({ ...query, fields: undefined })).json.entries[0];
  assert.deepEqual(Object.keys(base), ['type', 'id', 'etag', 'name']);
  const { entries } = (await run({ ...query, fields: ['created_at', `metadata.${from}.price`] }))
    .json;
  assert.ok(entries[0].created_at);
  const { $version, price, name } = entries[0].metadata[scope][key];
  assert.deepEqual([$version, price, name], [0, 10, undefined]);
});

test('queries that cannot be are refused', async (t) => {
  const { box, refused, run } = await boxWithProducts(t);
  for (const query of [
    'name',
    'name =',
    'name = chair',
    '(name = :x',
    'name = :x :x',
    'unknown = :x',
    'tags IN (:x)',
    'name HASANY (:x)',
    'name = :x;',
  ]) {
    assert.equal(await refused(query, { x: 'a' }), '400 invalid_query', query);
  }
  assert.equal(await refused('name = :x'), '400 unexpected_json_type');
  assert.equal(await refused('price = :x', { x: 'ten' }), '400 unexpected_json_type');
  assert.equal(await refused('', {}, { ancestor_folder_id: undefined }), '400 bad_request');
  assert.equal(await refused('', {}, { ancestor_folder_id: '1' }), '404 not_found');
  assert.equal(await refused('', {}, { from: 'enterprise.product' }), '400 invalid_query');
  const unknown = `enterprise_${box.emulator.enterpriseId}.unknown`;
  assert.equal(await refused('', {}, { from: unknown }), '404 instance_not_found');
  const order_by = [{ field_key: 'tags' }];
  assert.equal(await refused('', {}, { order_by }), '400 invalid_query');
  const token = box.emulator.issueToken({ userId: box.emulator.externalUserId });
  assert.equal((await run({}, { token })).status, 404);
});
