import assert from 'node:assert/strict';
import { test } from 'node:test';
import { listed, openBox, type TestBox } from '../testing/open-box.ts';

const invoice = { templateKey: 'invoice' } as const;

async function withTemplate({ client, emulator }: TestBox) {
  const template = await client.metadataTemplates.create({
    displayName: 'Invoice',
    fields: [
      { type: 'string', key: 'number', displayName: 'Number' },
      { type: 'float', key: 'amount', displayName: 'Amount' },
    ],
  });
  const made = await emulator.seed({ '/f/a.txt': 'a', '/f/b.txt': 'b' });
  const of = (path: string) => made[path] ?? assert.fail(path);
  return { template, folder: of('/f'), a: of('/f/a.txt'), b: of('/f/b.txt') };
}

test('templates are made, read, listed, changed and deleted', async () => {
  await using box = await openBox();
  const { metadataTemplates } = box.client;
  const { template } = await withTemplate(box);
  assert.deepEqual(await metadataTemplates.get(invoice), template);
  assert.deepEqual(await metadataTemplates.get({ id: template.id }), template);
  assert.deepEqual(await listed(metadataTemplates.list()), [template]);
  const global = await listed(metadataTemplates.list('global', { pageSize: 1 }));
  assert.equal(global[0]?.templateKey, 'properties');
  const changed = await metadataTemplates.update(invoice, [
    { op: 'editTemplate', data: { displayName: 'Bill' } },
  ]);
  assert.equal(changed.displayName, 'Bill');
  await metadataTemplates.delete(invoice);
  await assert.rejects(metadataTemplates.get(invoice), { code: 'not_found' });
  await assert.rejects(metadataTemplates.get({ templateKey: 'a/b' }), { name: 'InputError' });
});

test('metadata is put on items, read, changed and taken off', async () => {
  await using box = await openBox();
  const { metadata, metadataTemplates } = box.client;
  const { a, folder, template } = await withTemplate(box);
  const made = await metadata.create(a, invoice, { number: '1', amount: 2.5 });
  assert.deepEqual([made.number, made.amount, made.$version], ['1', 2.5, 0]);
  assert.deepEqual(await metadata.get(a, invoice), made);
  assert.deepEqual(await metadata.list(a), [made]);
  assert.equal((await metadataTemplates.getByInstance(String(made.$id)))?.id, template.id);
  await assert.rejects(metadata.create(a, invoice, {}), { code: 'tuple_already_exists' });
  const changed = await metadata.update(a, invoice, [
    { op: 'test', path: '/number', value: '1' },
    { op: 'replace', path: '/number', value: '2' },
    { op: 'remove', path: '/amount' },
  ]);
  assert.deepEqual([changed.number, changed.amount, changed.$version], ['2', undefined, 1]);
  const stale = [{ op: 'test', path: '/number', value: '1' }] as const;
  await assert.rejects(metadata.update(a, invoice, stale), { status: 400 });
  await metadata.delete(a, invoice);
  await assert.rejects(metadata.get(a, invoice), { code: 'instance_not_found' });
  const properties = { scope: 'global', templateKey: 'properties' } as const;
  const free = await metadata.create(folder, properties, { any: 'thing' });
  assert.equal(free.$scope, 'global');
});

test('a query finds items by what they carry, over all pages', async () => {
  await using box = await openBox();
  const { metadata } = box.client;
  const { a, b } = await withTemplate(box);
  await metadata.create(a, invoice, { amount: 1 });
  await metadata.create(b, invoice, { amount: 2 });
  const query = {
    from: `enterprise_${box.emulator.enterpriseId}.invoice`,
    ancestorFolderId: '0',
    query: 'amount >= :least',
    params: { least: 1 },
    orderBy: [{ fieldKey: 'amount', direction: 'DESC' }],
  } as const;
  const found = await listed(metadata.query(query, { pageSize: 1 }));
  assert.deepEqual(
    found.map((item) => item.id),
    [b.id, a.id],
  );
  const wrong = listed(metadata.query({ ...query, query: 'amount >' }));
  await assert.rejects(wrong, { code: 'invalid_query' });
});

test('a folder hands its metadata down', async () => {
  await using box = await openBox();
  const { cascadePolicies, metadata } = box.client;
  const { a, folder } = await withTemplate(box);
  const policy = await cascadePolicies.create(folder.id, invoice);
  assert.deepEqual(await cascadePolicies.get(policy.id), policy);
  assert.deepEqual(await listed(cascadePolicies.list(folder.id)), [policy]);
  await metadata.create(folder, invoice, { number: '7' });
  await cascadePolicies.apply(policy.id, 'overwrite');
  assert.equal((await metadata.get(a, invoice)).number, '7');
  await cascadePolicies.delete(policy.id);
  await assert.rejects(cascadePolicies.get(policy.id), { code: 'not_found' });
});

test('an item is classified, otherwise, and not at all', async () => {
  await using box = await openBox();
  const { classifications, metadataTemplates } = box.client;
  const { a } = await withTemplate(box);
  assert.deepEqual(await classifications.list(), []);
  await metadataTemplates.create({
    displayName: 'Classification',
    templateKey: 'securityClassification-6VMVochwUWo',
    fields: [
      {
        type: 'enum',
        key: 'Box__Security__Classification__Key',
        displayName: 'Classification',
        options: [{ key: 'Secret' }, { key: 'Open' }],
      },
    ],
  });
  assert.deepEqual(
    (await classifications.list()).map(({ key }) => key),
    ['Secret', 'Open'],
  );
  assert.equal(await classifications.get(a), undefined);
  await classifications.set(a, 'Secret');
  await classifications.set(a, 'Open');
  assert.equal(await classifications.get(a), 'Open');
  await classifications.remove(a);
  assert.equal(await classifications.get(a), undefined);
});
