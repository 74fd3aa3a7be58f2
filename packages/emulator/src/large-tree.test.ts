import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BoxCalls, boxCalls } from './testing/box-calls.ts';

const folders = 10;
const files = 1000;
const wide = 10_000;

test('a tree of 20,000 items is listed, searched, moved, deleted and restored', async (t) => {
  const box = await boxCalls(t);
  const { call, get, emulator } = box;
  const tree: Record<string, string> = {};
  for (let folder = 0; folder < folders; folder++) {
    for (let file = 0; file < files; file++) tree[`/big/f${folder}/${file}.txt`] = `text ${file}`;
  }
  for (let file = 0; file < wide; file++) tree[`/wide/${file}.txt`] = 'same';
  const made = await emulator.seed(tree);
  assert.equal(Object.keys(made).length, folders * files + wide + folders + 2);
  const idOf = (path: string) => made[path]?.id ?? '';
  const big = idOf('/big');
  const names = new Set(Array.from({ length: wide }, (_, file) => `${file}.txt`));
  assert.deepEqual(new Set(await byMarker(box, idOf('/wide'))), names);
  assert.deepEqual(new Set(await byOffset(box, idOf('/wide'))), names);
  const size = async (id: string) => (await get(`/folders/${id}`)).json.size;
  const bytes = (texts: string[]) => texts.join('').length;
  const inOne = bytes(Array.from({ length: files }, (_, file) => `text ${file}`));
  assert.equal(await size(big), folders * inOne);
  assert.equal(await size(idOf('/big/f3')), inOne);
  const found = async () => (await get('/search?query=%22text+77%22')).json.total_count;
  assert.equal(await found(), folders);
  const target = await box.folder('target');
  await call('PUT', `/folders/${big}`, { json: { parent: { id: target } } });
  const path = async () => {
    const { json } = await get(`/files/${idOf('/big/f9/999.txt')}?fields=path_collection`);
    return json.path_collection.entries.map(({ name }: { name: string }) => name);
  };
  assert.deepEqual(await path(), ['All Files', 'target', 'big', 'f9']);
  assert.equal(await size(target), folders * inOne);
  await call('DELETE', `/folders/${target}?recursive=true`);
  assert.equal(await found(), 0);
  await call('POST', `/folders/${target}`, { json: {} });
  assert.equal(await found(), folders);
  assert.equal((await byMarker(box, idOf('/big/f0'))).length, files);
});

test('what is seeded is in the events, as it is when they are read', async (t) => {
  const box = await boxCalls(t);
  const made = await box.emulator.seed({ '/a.txt': 'a' });
  await box.call('PUT', `/files/${made['/a.txt']?.id}`, { json: { name: 'b.txt' } });
  const { entries } = (await box.get('/events?stream_position=0')).json;
  assert.deepEqual(
    entries.map((event: { event_type: string; source: { name: string } }) => [
      event.event_type,
      event.source.name,
    ]),
    [
      ['ITEM_UPLOAD', 'b.txt'],
      ['ITEM_RENAME', 'b.txt'],
    ],
  );
});

test('seeding says what is in the way, and adds to what is there', async (t) => {
  const { emulator, get } = await boxCalls(t);
  const first = await emulator.seed({ '/a/b.txt': 'b', '/a/c/': '' });
  const second = await emulator.seed({ '/A/d.txt': 'dd', '/a/c/e.txt': 'e' });
  assert.equal(second['/A']?.id, first['/a']?.id, 'names are compared without case');
  assert.equal(second['/a/c']?.id, first['/a/c']?.id);
  assert.equal((await get(`/folders/${first['/a']?.id}`)).json.size, 4);
  await assert.rejects(emulator.seed({ '/a/b.txt/x': '' }), { code: 'item_name_in_use' });
  await assert.rejects(emulator.seed({ '/z.txt': '', '/a/b.txt': '' }), {
    code: 'item_name_in_use',
  });
  assert.equal((await get('/folders/0/items')).json.total_count, 1, 'none of what came with it');
});

async function byMarker(box: BoxCalls, folder: string): Promise<string[]> {
  const names: string[] = [];
  for (let marker: string | null = ''; marker !== null; ) {
    const query = `usemarker=true&limit=1000&marker=${encodeURIComponent(marker)}`;
    const { json } = await box.get(`/folders/${folder}/items?${query}`);
    names.push(...json.entries.map(({ name }: { name: string }) => name));
    marker = json.next_marker;
  }
  return names;
}

async function byOffset(box: BoxCalls, folder: string): Promise<string[]> {
  const names: string[] = [];
  for (let total = 1; names.length < total; ) {
    const { json } = await box.get(`/folders/${folder}/items?limit=1000&offset=${names.length}`);
    names.push(...json.entries.map(({ name }: { name: string }) => name));
    total = json.total_count;
  }
  return names;
}
