import assert from 'node:assert/strict';
import { test } from 'node:test';
import { resolveReference } from './resolve-reference.ts';
import { openBox, type TestBox } from './testing/open-box.ts';

const TREE = {
  '/Team/Reports/q1.txt': 'one',
  '/Team/Caf\u00e9/menu.txt': 'two',
  '/top.txt': 'three',
};

async function planted(box: TestBox) {
  const ids = await box.emulator.seed(TREE);
  const team = await resolveReference(box.client, '/Team');
  return { teamId: team.id, file: String(ids['/Team/Reports/q1.txt']?.id) };
}

test('a path is followed without regard to case, a listing for each folder on the way', async () => {
  await using box = await openBox();
  const { file } = await planted(box);
  box.emulator.resetCounts();
  const item = await resolveReference(box.client, '/team/REPORTS/Q1.txt', { fields: ['size'] });
  assert.deepEqual([item.type, item.id, item.name], ['file', file, 'q1.txt']);
  assert.equal(item.type === 'file' && item.size, 3);
  assert.deepEqual(box.emulator.counts(), { 'GET /folders/:id/items': 3 });
  assert.equal((await resolveReference(box.client, '/', { expect: 'folder' })).id, '0');
});

test('accents that are composed in another way lead to the same item', async () => {
  await using box = await openBox();
  await planted(box);
  assert.equal((await resolveReference(box.client, '/Team/Cafe\u0301/menu.txt')).name, 'menu.txt');
});

test('addresses and ids lead to the item, whatever kind it is', async () => {
  await using box = await openBox();
  const { file, teamId } = await planted(box);
  for (const [text, id] of [
    [`https://acme.box.com/folder/${teamId}`, teamId],
    [`https://app.box.com/file/${file}?s=x`, file],
    [teamId, teamId],
    [file, file],
    ['0', '0'],
  ] as const) {
    assert.equal((await resolveReference(box.client, text)).id, id, text);
  }
  assert.equal((await resolveReference(box.client, file, { expect: 'file' })).id, file);
});

test('a web link is an item too', async () => {
  await using box = await openBox();
  const json = { url: 'https://example.com/', name: 'example', parent: { id: '0' } };
  await box.client.request({ method: 'POST', path: '/web_links', json });
  const link = await resolveReference(box.client, '/example');
  assert.equal(link.type, 'web_link');
  const same = await resolveReference(box.client, `https://app.box.com/web_link/${link.id}`);
  assert.deepEqual([same.type, same.name], ['web_link', 'example']);
});

test('a shared link leads to its item, and an address under it to what lies there', async () => {
  await using box = await openBox();
  const { file, teamId } = await planted(box);
  const query = { fields: 'shared_link' };
  const request = {
    method: 'PUT',
    path: `/folders/${teamId}`,
    query,
    json: { shared_link: {} },
  } as const;
  const { data } = await box.client.request(request);
  const { url } = (data as { shared_link: { url: string } }).shared_link;
  assert.equal((await resolveReference(box.client, url)).id, teamId);
  assert.equal((await resolveReference(box.client, `${url}/file/${file}`)).id, file);
});

test('what is not there, or is not what is expected, is said in words', async () => {
  await using box = await openBox();
  const { file, teamId } = await planted(box);
  await box.client.files.delete(String((await resolveReference(box.client, '/top.txt')).id));
  const refused: readonly (readonly [string, 'folder' | 'file' | undefined, RegExp])[] = [
    ['/Team/Nowhere/x', undefined, /"\/Team\/Nowhere\/x" is not there: \/Team holds no "Nowhere"/],
    ['/Nowhere', undefined, /the root holds no "Nowhere"/],
    ['/top.txt', undefined, /the root holds no "top.txt"/],
    ['/Team/Reports/q1.txt/x', undefined, /\/Team\/Reports\/q1.txt is a file, and holds nothing/],
    ['/Team/Reports/q1.txt', 'folder', /is a file \(q1.txt\), and a folder is expected/],
    [file, 'folder', /is a file \(q1.txt\), and a folder is expected/],
    [teamId, 'file', /is a folder \(Team\), and a file is expected/],
    [
      'https://app.box.com/folder/987654321',
      'folder',
      /is not there, or not for this account to see/,
    ],
    ['987654321', undefined, /is not there, or not for this account to see/],
    ['https://app.box.com/s/nothing', undefined, /is not there, or not for this account to see/],
  ];
  for (const [text, expect, message] of refused) {
    await assert.rejects(
      resolveReference(box.client, text, { expect }),
      { name: 'InputError', code: 'bad_reference', message },
      text,
    );
  }
});

test('a trashed file is not taken for one that is there', async () => {
  await using box = await openBox();
  const { file } = await planted(box);
  await box.client.files.delete(file);
  await assert.rejects(resolveReference(box.client, `https://app.box.com/file/${file}`), {
    message: /\(q1.txt\) lies in the trash/,
  });
});
