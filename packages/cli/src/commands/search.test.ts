import assert from 'node:assert/strict';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';

suite('boxhaul search', () => {
  let box: Emulator;
  let client: BoxClient;
  before(async () => {
    box = await startEmulator();
    client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url, env: {} });
    const made = await box.seed({
      '/Team/report one.txt': 'the first',
      '/Team/report two.pdf': 'x'.repeat(5000),
      '/Archive/report old/notes.txt': 'about the report',
      '/Archive/gone report.txt': 'gone',
    });
    const idOf = (path: string) => ({ type: 'file', id: made[path]?.id ?? '' }) as const;
    await client.metadataTemplates.create({
      templateKey: 'contract',
      displayName: 'Contract',
      fields: [
        { type: 'string', key: 'state', displayName: 'State' },
        { type: 'float', key: 'value', displayName: 'Value' },
      ],
    });
    const contract = { templateKey: 'contract' };
    await client.metadata.create(idOf('/Team/report one.txt'), contract, {
      state: 'signed',
      value: 5,
    });
    await client.metadata.create(idOf('/Team/report two.pdf'), contract, {
      state: 'open',
      value: 50,
    });
    await client.files.delete(idOf('/Archive/gone report.txt').id);
  });
  after(async () => {
    await client.close();
    await box.close();
  });

  const search = (...args: string[]) =>
    runHere(['search', ...args, '--base-url', box.url, '--token', box.token, '--retries', '0']);

  const all = [
    '/Archive/report old/',
    '/Archive/report old/notes.txt',
    '/Team/report one.txt',
    '/Team/report two.pdf',
  ];
  const table: [args: string[], found: string[]][] = [
    [['report'], all],
    [['"report old"'], ['/Archive/report old/']],
    [['report', 'AND', 'one'], ['/Team/report one.txt']],
    [['report', '--kind', 'folder'], ['/Archive/report old/']],
    [['report', '--ext', '.pdf'], ['/Team/report two.pdf']],
    [
      ['report', '--in', '/Team'],
      ['/Team/report one.txt', '/Team/report two.pdf'],
    ],
    [['report', '--in', '/T*', '--in', '/Archive'], all],
    [['report', '--look-in', 'file_content'], ['/Archive/report old/notes.txt']],
    [['report', '--min-size', '1KB'], ['/Team/report two.pdf']],
    [
      ['report', '--max-size', '1KB', '--kind', 'file'],
      ['/Archive/report old/notes.txt', '/Team/report one.txt'],
    ],
    [['report', '--changed-before', '30d'], []],
    [
      ['report', '--changed-after', '1d', '--created-after', '2020-01-01', '--ext', 'pdf'],
      ['/Team/report two.pdf'],
    ],
    [['report', '--trash', 'only'], ['gone report.txt']],
    [
      ['report', '--trash', 'too'],
      [...all, 'gone report.txt'],
    ],
    [['report', '--owner', 'ADMIN'], all],
    [['report', '--shared'], all],
    [['report', '--limit', '1', '--sort', 'newest', '--kind', 'folder'], ['/Archive/report old/']],
    [['--metadata', 'enterprise.contract.state=signed'], ['/Team/report one.txt']],
    [
      [
        '--metadata',
        'enterprise.contract.value>=10',
        '--metadata',
        'enterprise.contract.value<=60',
      ],
      ['/Team/report two.pdf'],
    ],
    [['report', '--enterprise'], all],
    [['nothing-like-it'], []],
  ];
  for (const [args, found] of table) {
    test(`search ${args.join(' ')}`, async () => {
      const typed = args.map((word) => (word === 'ADMIN' ? box.adminUserId : word));
      const { code, stdout, stderr } = await search(...typed);
      assert.equal(code, 0, stderr);
      const names = stdout
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => line.slice(45));
      assert.deepEqual(names.sort(), [...found].sort());
    });
  }

  test('a login stands for the user', async () => {
    const { login } = await client.users.me();
    const { stdout } = await search('report', '--owner', login, '--changed-by', login, '--json');
    const items = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      items.map(({ type, path }) => `${type} ${path}`).sort(),
      all.map((path) => `item ${path.replace(/\/$/, '')}`),
    );
  });

  const wrong: [args: string[], code: number, says: RegExp][] = [
    [[], 2, /not said what to search for\n {2}→ boxhaul search/],
    [
      ['x', '--owner', 'nobody@example.com'],
      2,
      /no user with the login "nobody@example\.com"\n {2}→ .*--owner/,
    ],
    [['x', '--in', '/Nowhere'], 2, /"\/Nowhere" is not there/],
    [['x', '--changed-after', 'soon'], 2, /Give a date, a time or an age/],
    [['x', '--look-in', 'title'], 2, /"title" is none of name, description/],
    [['x', '--metadata', 'contract.state=1'], 2, /Give scope, template, field and value/],
    [
      ['x', '--metadata', 'global.a.b=1', '--metadata', 'global.c.d=1'],
      2,
      /one template at a time, and global\.a was given before/,
    ],
  ];
  for (const [args, code, says] of wrong) {
    test(`search ${args.join(' ')} is told`, async () => {
      const ended = await search(...args);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
    });
  }
});
