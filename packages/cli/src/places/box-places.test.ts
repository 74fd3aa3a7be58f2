import assert from 'node:assert/strict';
import { after, before, beforeEach, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { openPlaces, type Places, type PlacesOptions } from './box-places.ts';

const { signal } = new AbortController();

suite('what the words of a command line name on Box', () => {
  let box: Emulator;
  let client: BoxClient;
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
    await box.seed({
      '/Team/2025/a.pdf': 'a',
      '/Team/2025/b.txt': 'b',
      '/Team/2026/a.pdf': 'a',
      '/Team/2026/deep/c.pdf': 'c',
      '/Team/report [old].pdf': 'r',
      '/Team/report o.pdf': 'o',
      '/Team/Cafe\u0301.txt': 'c',
    });
  });
  beforeEach(() => box.resetCounts());
  after(async () => {
    await client.close();
    await box.close();
  });

  const open = (options: Partial<PlacesOptions> = {}): Places =>
    openPlaces(client, { signal, ...options });
  const found = async (places: Places, word: string): Promise<string[]> => {
    const words: string[] = [];
    for await (const place of places.at(word)) words.push(place.words);
    return words;
  };
  const listings = () => box.counts()['GET /folders/:id/items'];

  test('a path, an id and an address are one place each', async () => {
    const { item } = await open().one('/team/2025/A.PDF');
    assert.deepEqual(await found(open(), '/team/2025/A.PDF/'), ['/Team/2025/a.pdf']);
    assert.deepEqual(await found(open({ expect: 'file' }), item.id), ['a.pdf']);
    assert.deepEqual(await found(open(), `${box.url}/file/${item.id}`), ['a.pdf']);
    assert.deepEqual(await found(open(), '/'), ['/']);
    assert.deepEqual(await found(open(), '/Team/caf\u00e9.txt'), ['/Team/Cafe\u0301.txt']);
    const { url } = await client.sharedLinks.set(item, { access: 'open' });
    assert.equal((await open().one(url)).item.id, item.id);
  });

  test('a glob is all that matches it, in order', async () => {
    const places = open();
    assert.deepEqual(await found(places, '/Team/20*/*.pdf'), [
      '/Team/2025/a.pdf',
      '/Team/2026/a.pdf',
    ]);
    assert.deepEqual(await found(places, '/Team/**/*.pdf'), [
      '/Team/2025/a.pdf',
      '/Team/2026/deep/c.pdf',
      '/Team/2026/a.pdf',
      '/Team/report [old].pdf',
      '/Team/report o.pdf',
    ]);
    assert.deepEqual(await found(places, '/Team/{2026,2025}/'), ['/Team/2026', '/Team/2025']);
    assert.deepEqual(await found(open({ expect: 'folder' }), '/Team/2026/*'), ['/Team/2026/deep']);
  });

  test('a glob lists the folders that it leads through, and no others', async () => {
    await found(open(), '/Team/2026/*.pdf');
    assert.equal(listings(), 3);
    box.resetCounts();
    await found(open(), '/*/2026/*/*');
    assert.equal(listings(), 4);
  });

  test('a hundred words in one folder cost one listing', async () => {
    const tree = Array.from({ length: 100 }, (_, number) => `/Many/${number}.txt`);
    await box.seed(Object.fromEntries(tree.map((path) => [path, 'x'])));
    const places = open();
    const all = await Promise.all(tree.map((word) => found(places, word)));
    assert.deepEqual(all.flat(), tree);
    assert.deepEqual(box.counts(), { 'GET /folders/:id/items': 2 });
  });

  test('a sign behind a backslash, or in a glob that matches nothing, is part of a name', async () => {
    const old = ['/Team/report [old].pdf'];
    assert.deepEqual(await found(open(), '/Team/report \\[old\\].pdf'), old);
    assert.deepEqual(await found(open(), '/Team/report [old].pdf'), ['/Team/report o.pdf']);
    const { id } = (await open().one('/Team/report o.pdf')).item;
    await client.files.delete(id);
    assert.deepEqual(await found(open(), '/Team/report [old].pdf'), old);
    await client.trash.restore({ type: 'file', id });
  });

  const table: [word: string, says: RegExp, options?: Partial<PlacesOptions>][] = [
    ['/Team/2027/x', /^"\/Team\/2027\/x" is not there: \/Team holds no "2027"$/],
    ['/Taem/*.pdf', /^"\/Taem\/\*\.pdf" is not there: the root holds no "Taem"$/],
    ['/Team/*.zip', /^"\/Team\/\*\.zip" matches nothing on this Box$/],
    ['/Team/*.pdf', /matches no folder on this Box$/, { expect: 'folder' }],
    ['/Team/2026', /is a folder, and a file is expected$/, { expect: 'file' }],
    ['/Team/2026/a.pdf/x', /\/Team\/2026\/a\.pdf is a file, and holds nothing$/],
    ['/Team/../x', /has "\.\." in it, which no item in Box is called$/],
    [`/${'{a,b}'.repeat(10)}`, /stand for more than 1000 paths$/],
    ['Team', /is no address in Box, no id and no path/],
    ['12345678', /is not there, or not for this account to see$/],
  ];
  for (const [word, says, options] of table) {
    test(`${word.slice(0, 20)} is told: ${says.source}`, async () => {
      await assert.rejects(found(open(options), word), { message: says });
    });
  }

  const ways: [word: string, ways: string[]][] = [
    [
      '/Taem/2026/a.pdf',
      ['did you mean /Team/2026/a.pdf?', 'boxhaul ls /    shows what this account sees'],
    ],
    ['/Team/2027/x', ['did you mean /Team/2025/x?', 'boxhaul ls /Team    shows what is there']],
    [
      '/team/2026/a.pfd',
      ['did you mean /Team/2026/a.pdf?', 'boxhaul ls /Team/2026    shows what is there'],
    ],
    ['/Team/2026/other', ['boxhaul ls /Team/2026    shows what is there']],
    ['/Team/2026/a.pdf/x', ['boxhaul ls /Team/2026    shows what is there']],
    ['/Team/2026/*.zip', ['boxhaul ls /Team/2026    shows what is there']],
  ];
  for (const [word, due] of ways) {
    test(`${word} leads to the deepest folder that is there`, async () => {
      box.resetCounts();
      await assert.rejects(found(open(), word), { ways: due });
      assert.ok((listings() ?? 0) <= 4);
    });
  }

  test('one place is not several', async () => {
    await assert.rejects(open().one('/Team/*'), {
      message: '"/Team/*" matches more than one place, and one is expected',
      details: ['/Team/2025', '/Team/2026'],
    });
  });

  test('what stops the listing reaches whoever asks, and the end of the command stops it', async () => {
    const fault = box.faults.add({
      match: { path: '/folders/*/items' },
      action: { status: 403 },
      times: 'always',
    });
    const places = open();
    await assert.rejects(found(places, '/Team/*'), { status: 403 });
    await assert.rejects(found(places, '/Team'), { status: 403 });
    fault.remove();
    await assert.rejects(found(open({ signal: AbortSignal.abort() }), '/Team/*'));
  });
});
