/** ls, find, du and tree on a Box of their own. */
import assert from 'node:assert/strict';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, beforeEach, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { type RunOptions, runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

const utf8 = { env: { LANG: 'C.UTF-8' } };

suite('looking around in folders', () => {
  let box: Emulator;
  let ids: Record<string, { id: string }>;
  before(async () => {
    box = await startEmulator();
    ids = await box.seed({
      '/Team/docs/c.txt': 'cc',
      '/Team/docs/deep/d.txt': 'd',
      '/Team/photos/a.jpg': 'a'.repeat(2000),
      '/Team/photos/2026/b.jpg': 'b'.repeat(1000),
      '/Other/empty/': '',
    });
  });
  beforeEach(() => box.resetCounts());
  after(() => box.close());

  const run = (args: readonly string[], options: RunOptions = {}) =>
    runHere([...args, '--base-url', box.url, '--token', box.token, '--retries', '0'], options);
  const ok = async (args: readonly string[], options: RunOptions = {}) => {
    const { code, stdout, stderr } = await run(args, options);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    return stdout;
  };
  const sorted = (text: string) => text.trim().split('\n').sort();
  const listings = () => box.counts()['GET /folders/:id/items'];
  const failOn = (path: string) =>
    box.faults.add({
      match: { path: `/folders/${ids[path]?.id}/items` },
      action: { status: 403 },
    });

  test('find prints the paths of all that is below, one listing a folder', async () => {
    const all = [
      '/Team/docs',
      '/Team/docs/c.txt',
      '/Team/docs/deep',
      '/Team/docs/deep/d.txt',
      '/Team/photos',
      '/Team/photos/2026',
      '/Team/photos/2026/b.jpg',
      '/Team/photos/a.jpg',
    ];
    assert.deepEqual(sorted(await ok(['find', '/Team'])), all);
    // One more for the way there.
    assert.equal(listings(), 6);
    assert.deepEqual(sorted(await ok(['find', ids['/Team']?.id ?? ''])), all);
    assert.deepEqual(sorted(await ok(['find', '/Team/d*', '/Other'])), [
      '/Other/empty',
      '/Team/docs/c.txt',
      '/Team/docs/deep',
      '/Team/docs/deep/d.txt',
    ]);
  });

  test('find takes what all commands choose files by', async (t) => {
    const cwd = await temporaryFolder(t);
    await writeFile(join(cwd, 'rules'), '*\n!c.txt\n');
    const table: [options: string[], found: string[]][] = [
      [
        ['--ext', 'jpg'],
        ['/Team/photos/2026/b.jpg', '/Team/photos/a.jpg'],
      ],
      [['--where', 'size > 1KB'], ['/Team/photos/a.jpg']],
      [['--max-size', '1'], ['/Team/docs/deep/d.txt']],
      [['--filter-from', 'rules'], ['/Team/docs/c.txt']],
      [['--include', '*.txt', '--exclude', 'deep'], ['/Team/docs/c.txt']],
      [
        ['--kind', 'folder', '--max-depth', '1'],
        ['/Team/docs', '/Team/photos'],
      ],
      [
        ['--kind', 'file', '--exclude', 'photos'],
        ['/Team/docs/c.txt', '/Team/docs/deep/d.txt'],
      ],
      [['--where', 'owner = "nobody@example.com"'], ['']],
    ];
    for (const [options, found] of table) {
      assert.deepEqual(
        sorted(await ok(['find', '/Team', ...options], { cwd })),
        found,
        options.join(' '),
      );
    }
  });

  test('find ends paths with a NUL, or tells items to programs', async () => {
    const paths = await ok(['find', '/Team/docs', '-0', '--kind', 'file']);
    assert.deepEqual(paths.split('\0').sort(), ['', '/Team/docs/c.txt', '/Team/docs/deep/d.txt']);
    const [item] = (await ok(['find', '/Team/docs', '--json', '--ext', 'txt', '--max-depth', '1']))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const { kind, name, path, bytes, id } = item;
    assert.deepEqual(
      { kind, name, path, bytes, id },
      {
        kind: 'file',
        name: 'c.txt',
        path: '/Team/docs/c.txt',
        bytes: 2,
        id: ids['/Team/docs/c.txt']?.id,
      },
    );
  });

  test('a name is shown to a terminal, and given to a program as it is', async () => {
    await box.seed({ '/odd/a\u001b[31m.txt': 'x' });
    assert.equal(await ok(['find', '/odd']), '/odd/a\u001b[31m.txt\n');
    assert.equal(await ok(['find', '/odd'], { columns: 80 }), '/odd/a␛[31m.txt\n');
  });

  test('du adds up, each folder after those in it', async () => {
    assert.equal(
      await ok(['du', '/Team', '--depth', '2']),
      [
        '      1 byte          1 file  /Team/docs/deep',
        '     3 bytes         2 files  /Team/docs',
        '        1 KB          1 file  /Team/photos/2026',
        '        3 KB         2 files  /Team/photos',
        '        3 KB         4 files  /Team',
        '',
      ].join('\n'),
    );
    assert.equal(listings(), 6);
    assert.equal((await ok(['du', '/Team'])).split('\n').length, 4);
    assert.match(
      await ok(['du', '/Team', '--depth', '0', '--ext', 'txt']),
      /^ +3 bytes +2 files {2}\/Team\n$/,
    );
    const [usage] = (await ok(['du', '/Team', '--depth', '0', '--json'])).trim().split('\n');
    const { path, bytes, files, folders, whole } = JSON.parse(usage ?? '');
    assert.deepEqual([path, bytes, files, folders, whole], ['/Team', 3003, 4, 4, true]);
  });

  test('tree draws, in plain signs where the terminal has no others', async () => {
    const drawn = [
      '/Team',
      '├── docs/',
      '│   ├── c.txt 2 bytes',
      '│   └── deep/',
      '│       └── d.txt 1 byte',
      '└── photos/',
      '    ├── a.jpg 2 KB',
      '    └── 2026/',
      '        └── b.jpg 1 KB',
      '',
      '4 folders, 4 files, 3 KB',
      '',
    ];
    assert.equal(await ok(['tree', '/Team'], utf8), drawn.join('\n'));
    assert.equal(listings(), 6);
    const plain = await ok(['tree', '/Team', '--folders-only', '--max-depth', '1', '--quiet']);
    assert.equal(plain, '/Team\n|-- docs/\n`-- photos/\n');
    const items = await ok(['tree', '/Team', '--json', '--quiet']);
    assert.deepEqual(
      items
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).path),
      [
        'docs',
        'photos',
        'docs/deep',
        'docs/c.txt',
        'docs/deep/d.txt',
        'photos/2026',
        'photos/a.jpg',
        'photos/2026/b.jpg',
      ].map((at) => `/Team/${at}`),
    );
  });

  test('what comes first is told while the rest is still looked for', async (t) => {
    const wide = await startEmulator();
    t.after(() => wide.close());
    const folders = Array.from({ length: 210 }, (_, index) => `/${index % 10}/${index % 21}/`);
    await wide.seed(Object.fromEntries(folders.map((path) => [path, ''])));
    for (const [verb, first] of [
      ['tree', '\n|-- 1/\n'],
      ['du', '/0\n'],
      ['ls', '/0/20:\n'],
    ] as const) {
      wide.resetCounts();
      let listed: number | undefined;
      const more = verb === 'ls' ? ['-R'] : [];
      await runHere([verb, ...more, '--base-url', wide.url, '--token', wide.token], {
        until(written) {
          if (written.includes(first)) listed ??= wide.counts()['GET /folders/:id/items'];
          return false;
        },
      });
      assert.equal(wide.counts()['GET /folders/:id/items'], 221);
      assert.ok(listed && listed < 100, `${verb} had listed ${listed} of 221 folders`);
    }
  });

  test('ls chooses as all commands do, and lists folders below', async () => {
    const names = (text: string) =>
      text.split('\n').map((line) => line.split('  ').at(-1)?.trim() ?? '');
    assert.deepEqual(names(await ok(['ls', '/Team/photos', '--min-size', '1KB'])), ['a.jpg', '']);
    assert.equal(listings(), 3);
    assert.deepEqual(names(await ok(['ls', '/Team/*/*', '--ext', 'txt'])), [
      '/Team/docs/c.txt',
      '',
    ]);
    assert.deepEqual(names(await ok(['ls', '/Team', '-R', '--ext', 'jpg'])), [
      '/Team/photos:',
      'a.jpg',
      '',
      '/Team/photos/2026:',
      'b.jpg',
      '',
    ]);
    assert.deepEqual(names(await ok(['ls', '/Other', '--recursive'])), [
      '/Other:',
      'empty/',
      '',
      '/Other/empty:',
      '',
    ]);
  });

  test('a folder that cannot be listed is told, and the others are looked through', async () => {
    const says = 'boxhaul: /Team/docs/deep could not be listed: ';
    for (const args of [
      ['find', '/Team'],
      ['du', '/Team'],
      ['tree', '/Team'],
      ['ls', '/Team', '-R'],
    ]) {
      failOn('/Team/docs/deep');
      const { code, stdout, stderr } = await run(args);
      assert.equal(code, 1, args.join(' '));
      assert.ok(stderr.startsWith(says), stderr);
      assert.match(stdout, args[0] === 'du' ? /≥ 3 KB +3 files {2}\/Team\n/ : /b\.jpg/);
    }
  });

  const wrong: [args: string[], code: number, says: RegExp][] = [
    [
      ['find', '/nothing'],
      2,
      /^boxhaul: "\/nothing" is not there: the root holds no "nothing"\n {2}→/,
    ],
    [['du', '/Team/docs/c.txt'], 2, /"\/Team\/docs\/c\.txt" is a file, and a folder is expected/],
    [['tree', '/Team/*.zip'], 2, /matches no folder on this Box/],
    [['find', '/Team', '/nothing'], 1, /"\/nothing" is not there/],
    [
      ['find', '--kind', 'folder', '--min-size', '1'],
      2,
      /a folder has no size, age or other facts/,
    ],
    [['find', '--json', '--print0'], 2, /--print0 and --json say different things/],
    [['find', '--where', 'sise > 1'], 2, /is size meant\?/],
    [['du', '--depth', '-1'], 2, /whole number from 0/],
    [['tree', '--kind', 'file'], 2, /unknown option '--kind'/],
  ];
  for (const [args, code, says] of wrong) {
    test(`boxhaul ${args.join(' ')} is told`, async () => {
      const ended = await run(args);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
    });
  }
});
