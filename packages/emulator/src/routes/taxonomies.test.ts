import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { boxCalls } from '../testing/box-calls.ts';

async function boxWithTaxonomy(t: TestContext) {
  const box = await boxCalls(t);
  const namespace = `enterprise_${box.emulator.enterpriseId}`;
  const made = await box.call('POST', '/metadata_taxonomies', {
    json: { key: 'geography', displayName: 'Geography', namespace },
  });
  assert.equal(made.status, 201);
  const path = `/metadata_taxonomies/${namespace}/geography`;
  await box.call('POST', `${path}/levels`, {
    json: [{ displayName: 'Continent' }, { displayName: 'Country', description: 'a state' }],
  });
  const add = async (displayName: string, level: number, parentId?: string) =>
    (await box.call('POST', `${path}/nodes`, { json: { displayName, level, parentId } })).json;
  const europe = await add('Europe', 1);
  const asia = await add('Asia', 1);
  const france = await add('France', 2, europe.id);
  const japan = await add('Japan', 2, asia.id);
  const names = async (query: string) =>
    (await box.get(`${path}/nodes?${query}`)).json.entries
      .map((node: { displayName: string }) => node.displayName)
      .join(', ');
  return { box, namespace, taxonomy: made.json, path, europe, asia, france, japan, names };
}

test('a taxonomy is made, listed, renamed and deleted', async (t) => {
  const { box, namespace, taxonomy, path } = await boxWithTaxonomy(t);
  assert.deepEqual(
    { ...taxonomy, id: 'some' },
    { id: 'some', key: 'geography', displayName: 'Geography', namespace, levels: [] },
  );
  const again = await box.call('POST', '/metadata_taxonomies', {
    json: { key: 'geography', displayName: 'Other', namespace },
  });
  assert.equal(again.status, 409);
  const elsewhere = { displayName: 'Other', namespace: 'enterprise_1' };
  assert.equal((await box.call('POST', '/metadata_taxonomies', { json: elsewhere })).status, 403);
  const list = await box.get(`/metadata_taxonomies/${namespace}`);
  assert.equal(list.json.entries[0].levels.length, 2);
  const renamed = await box.call('PATCH', path, { json: { displayName: 'Earth' } });
  assert.equal(renamed.json.displayName, 'Earth');
  assert.equal((await box.get(path)).json.displayName, 'Earth');
  const token = box.emulator.issueToken({ userId: box.emulator.externalUserId });
  assert.equal((await box.get(path, { token })).status, 404);
  assert.equal((await box.call('DELETE', path, { token })).status, 403);
  assert.equal((await box.call('DELETE', path)).status, 204);
  assert.equal((await box.get(path)).status, 404);
});

test('levels are appended, renamed, and trimmed when nothing is on them', async (t) => {
  const { box, path } = await boxWithTaxonomy(t);
  assert.equal((await box.call('POST', `${path}/levels:trim`)).status, 400);
  const appended = await box.call('POST', `${path}/levels:append`, {
    json: { displayName: 'City' },
  });
  assert.equal(appended.status, 201);
  assert.deepEqual(appended.json.entries[2], { displayName: 'City', level: 3 });
  const renamed = await box.call('PATCH', `${path}/levels/3`, { json: { displayName: 'Town' } });
  assert.deepEqual(renamed.json, { displayName: 'Town', level: 3 });
  assert.equal(
    (await box.call('PATCH', `${path}/levels/9`, { json: { displayName: 'x' } })).status,
    400,
  );
  const trimmed = await box.call('POST', `${path}/levels:trim`);
  assert.deepEqual([trimmed.status, trimmed.json.entries.length], [200, 2]);
  assert.equal(box.emulator.counts()['POST /metadata_taxonomies/:id/:id/levels:trim'], 2);
});

test('nodes know what is above them, and are found by it', async (t) => {
  const { box, path, europe, france, names } = await boxWithTaxonomy(t);
  assert.deepEqual((await box.get(`${path}/nodes/${france.id}`)).json, {
    id: france.id,
    displayName: 'France',
    level: 2,
    parentId: europe.id,
    nodePath: [europe.id],
    ancestors: [{ id: europe.id, displayName: 'Europe', level: 1 }],
  });
  assert.equal(await names('level=1'), 'Europe, Asia');
  assert.equal(await names(`parent=${europe.id}`), 'France');
  assert.equal(await names(`ancestor=${europe.id}&query=FRA`), 'France');
  const first = await box.get(`${path}/nodes?limit=3&include-total-result-count=true`);
  assert.equal(first.json.totalResultCount, 4);
  assert.equal(
    await names(`limit=3&marker=${encodeURIComponent(first.json.next_marker)}`),
    'Japan',
  );
  const bad = { displayName: 'x', level: 2 };
  assert.equal((await box.call('POST', `${path}/nodes`, { json: bad })).status, 400);
  const at = `${path}/nodes/${france.id}`;
  assert.equal(
    (await box.call('PATCH', at, { json: { displayName: 'Gaul' } })).json.displayName,
    'Gaul',
  );
  assert.equal((await box.call('DELETE', `${path}/nodes/${europe.id}`)).status, 400);
  assert.equal((await box.call('DELETE', at)).status, 204);
  assert.equal((await box.get(at)).status, 404);
});

test('metadata refers to nodes, and queries look below them', async (t) => {
  const { box, namespace, europe, france, japan } = await boxWithTaxonomy(t);
  const field = {
    type: 'taxonomy',
    key: 'place',
    displayName: 'Place',
    taxonomyKey: 'geography',
    namespace,
    optionsRules: { multiSelect: true, selectableLevels: [2] },
  };
  const template = await box.call('POST', '/metadata_templates/schema', {
    json: { scope: 'enterprise', displayName: 'Trip', fields: [field] },
  });
  assert.equal(template.json.fields[0].taxonomyKey, 'geography');
  const options = `/metadata_templates/${namespace}/trip/fields/place/options`;
  assert.equal((await box.get(options)).json.entries.length, 2);
  assert.equal((await box.get(`${options}?only-selectable-options=false`)).json.entries.length, 4);
  const file = await box.file('a.txt', 'a');
  const path = `/files/${file.id}/metadata/enterprise/trip`;
  assert.equal((await box.call('POST', path, { json: { place: ['nowhere'] } })).status, 400);
  await box.call('POST', path, { json: { place: [france.id] } });
  assert.deepEqual((await box.get(path)).json.place, [france.id]);
  const hydrated = await box.get(`${path}?view=hydrated`);
  assert.equal(hydrated.json.place[0].displayName, 'France');
  const found = async (x: string) => {
    const { json } = await box.call('POST', '/metadata_queries/execute_read', {
      json: {
        from: `${namespace}.trip`,
        ancestor_folder_id: '0',
        query: 'place HASANCESTOR (:x)',
        query_params: { x },
      },
    });
    return json.entries.length;
  };
  assert.deepEqual([await found(europe.id), await found(japan.id)], [1, 0]);
});
