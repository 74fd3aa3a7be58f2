import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import { type TestContext, test } from 'node:test';
import { type BoxCalls, boxCalls } from '../testing/box-calls.ts';
import { colleague, share } from '../testing/people.ts';

/** Tables that grow with a Box, and their names in joins. Of the folders in the trash only the first is looked for. */
const scan =
  /^SCAN (items|i|a|versions|events|shared_links|metadata_instances|m)( |$)(?!USING INDEX folders_in_trash)/;

test('no call reads the whole of a large table', async (t) => {
  const { box, plansOf } = await watched(t);
  const everything = await plansOf(() => useEverything(box));
  assert.ok(everything.size > 70, `${everything.size} statements`);
  const scans = [...everything].filter(([, plan]) => plan.some((line) => scan.test(line)));
  assert.deepEqual(scans, []);
});

test('pages by name come in the order of an index', async (t) => {
  const { box, plansOf } = await watched(t);
  const pages = await plansOf(async () => {
    for (const folder of ['0', 'trash']) {
      await box.get(`/folders/${folder}/items`);
      await box.get(`/folders/${folder}/items?usemarker=true`);
    }
    await box.get('/recent_items');
    await box.get('/events?stream_position=0');
  });
  const sorted = [...pages].filter(([, plan]) => plan.some((line) => line.includes('B-TREE')));
  assert.deepEqual(sorted, []);
});

/** An emulator on a disk, and the plans of the statements that run meanwhile. */
async function watched(t: TestContext) {
  const dataDir = await mkdtemp(join(tmpdir(), 'boxhaul-plans-'));
  t.after(() => rm(dataDir, { recursive: true, force: true }));
  const box = await boxCalls(t, { dataDir });
  const plansOf = async (work: () => Promise<unknown>) => {
    const ran = await statementsOf(t, work);
    const database = new DatabaseSync(join(dataDir, 'box.sqlite'), { readOnly: true });
    const explain = (sql: string) =>
      database
        .prepare(`EXPLAIN QUERY PLAN ${sql}`)
        .all()
        .map(({ detail }) => String(detail));
    const plans = new Map([...ran].map((sql) => [sql, explain(sql)]));
    database.close();
    return plans;
  };
  return { box, plansOf };
}

/** What SQL runs in this process while `work` is done. */
async function statementsOf(t: TestContext, work: () => Promise<unknown>): Promise<Set<string>> {
  const ran = new Set<string>();
  for (const name of ['get', 'all', 'run'] as const) {
    const method = StatementSync.prototype[name] as (...values: never[]) => unknown;
    t.mock.method(
      StatementSync.prototype,
      name,
      function (this: StatementSync, ...values: never[]) {
        if (/^\s*(SELECT|INSERT|UPDATE|DELETE|WITH)/.test(this.sourceSQL)) ran.add(this.sourceSQL);
        return Reflect.apply(method, this, values);
      },
    );
  }
  await work();
  t.mock.restoreAll();
  return ran;
}

async function useEverything(box: BoxCalls): Promise<void> {
  const { call, get } = box;
  const ann = await colleague(box, 'Ann');
  const folder = await box.folder('folder');
  const other = await box.folder('other');
  const file = await box.file('a.txt', 'words', folder);
  await box.upload(`/files/${file.id}/content`, { name: 'a.txt' }, 'more words');
  await box.contents(file.id);
  for (const query of ['', '?usemarker=true', '?sort=date&direction=DESC', '?sort=size']) {
    await get(`/folders/${folder}/items${query}`);
  }
  const full = 'path_collection,permissions,tags,lock,has_collaborations,comment_count,collections';
  await get(`/files/${file.id}?fields=${full}`);
  await get(`/files/${file.id}/versions`);
  await call('PUT', `/files/${file.id}`, { json: { shared_link: {} } });
  await call('PUT', `/files/${file.id}`, { json: { name: 'b.txt' } });
  await call('POST', `/folders/${folder}/copy`, { json: { parent: { id: other } } });
  await call('PUT', `/folders/${folder}`, { json: { parent: { id: other } } });
  await share(box, { type: 'folder', id: folder }, { type: 'user', id: ann.id }, 'editor');
  const token = ann.token;
  await get('/folders/0/items', { token });
  await get('/folders/0/items?usemarker=true', { token });
  await get('/search?query=words', { token });
  await call('POST', `/files/${file.id}/metadata/global/properties`, { json: { k: 'v' } });
  const filters = [{ scope: 'global', templateKey: 'properties', filters: { k: 'v' } }];
  await get(`/search?mdfilters=${encodeURIComponent(JSON.stringify(filters))}`);
  await get(`/search?query=words&ancestor_folder_ids=${folder}&sort=modified_at`);
  await get('/search?query=words&trash_content=all_items');
  await get('/recent_items', { token });
  await call('OPTIONS', '/events');
  await get('/events?stream_position=0');
  await get('/events?stream_type=admin_logs&event_type=UPLOAD');
  await call('DELETE', `/folders/${folder}?recursive=true`);
  await get('/folders/trash/items?usemarker=true');
  await get('/search?query=words');
  await call('POST', `/folders/${folder}`, { json: {} });
  await call('DELETE', `/files/${file.id}`);
  await call('DELETE', `/files/${file.id}/trash`);
  const { emulator } = box;
  const receiver = { owned_by: { id: ann.id } };
  await call('PUT', `/users/${emulator.adminUserId}/folders/0`, { json: receiver });
}
