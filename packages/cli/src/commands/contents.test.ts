/** cat and head on a Box of their own. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { start } from '../testing/process.ts';

const lines = Array.from({ length: 5000 }, (_, number) => `line ${number}\n`).join('');

suite('contents on standard output', () => {
  let box: Emulator;
  let fileId: string;
  let logId: string;
  before(async () => {
    box = await startEmulator();
    const made = await box.seed({
      '/Logs/1.log': 'one\ntwo\nthree\n',
      '/Logs/2.log': 'four\nfive',
      '/Logs/old/3.log': 'six',
      '/lines.txt': lines,
      '/empty': '',
    });
    fileId = made['/lines.txt']?.id ?? '';
    logId = made['/Logs/1.log']?.id ?? '';
  });
  after(() => box.close());

  const run = (args: readonly string[]) =>
    runHere([...args, '--base-url', box.url, '--token', box.token, '--retries', '0']);
  const ok = async (...args: string[]) => {
    const { code, stdout, stderr } = await run(args);
    assert.equal(code, 0, stderr);
    assert.equal(stderr, '');
    return stdout;
  };

  test('cat writes files one after the other, by path, id, address and glob', async () => {
    assert.equal(await ok('cat', '/lines.txt'), lines);
    assert.equal(await ok('cat', fileId), lines);
    assert.equal(await ok('cat', `${box.url}/file/${fileId}`), lines);
    assert.equal(await ok('cat', '/Logs/*'), 'one\ntwo\nthree\nfour\nfive');
    assert.equal(
      await ok('cat', '/Logs/2.log', '/empty', '/Logs/1.log'),
      'four\nfiveone\ntwo\nthree\n',
    );
  });

  test('cat goes on where the connection broke', async () => {
    const fault = box.faults.add({
      match: { host: 'download' },
      action: { cut: 'in', afterBytes: 20_000 },
    });
    const { code, stdout, stderr } = await run(['cat', '/lines.txt', '--verbose']);
    assert.equal(code, 0, stderr);
    assert.equal(fault.hits, 1);
    assert.equal(stdout, lines);
    assert.match(stderr, /^\/lines\.txt: on from byte \d+: /);
  });

  test('cat says so when what came is not what Box has, and ends with 1', async () => {
    box.faults.add({ match: { host: 'download' }, action: { wrongBytes: true, of: 'response' } });
    const { code, stderr } = await run(['cat', '/Logs/1.log']);
    assert.equal(code, 1);
    assert.match(
      stderr,
      /^boxhaul: \/Logs\/1\.log: what arrived has the SHA-1 [0-9a-f]{40}, and Box says [0-9a-f]{40}\n {2}what was written is not what Box has: do not use it\n$/,
    );
  });

  test('cat says which file Box refuses, and goes on with the next', async () => {
    box.faults.add({ match: { path: `/files/${logId}/content` }, action: { status: 403 } });
    const { code, stdout, stderr } = await run(['cat', '/Logs/1.log', '/Logs/2.log']);
    assert.equal(code, 1, stderr);
    assert.equal(stdout, 'four\nfive');
    assert.match(stderr, /^boxhaul: \/Logs\/1\.log: Box refused/);
  });

  test('with --json contents are events', async () => {
    const events = (await ok('cat', '/Logs/2.log', '--json'))
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    const [contents, read] = events;
    assert.equal(Buffer.from(contents.base64, 'base64').toString(), 'four\nfive');
    assert.deepEqual(
      [contents.type, contents.path, contents.offset, read.type, read.bytes, events.length],
      ['contents', '/Logs/2.log', 0, 'read', 9, 2],
    );
  });

  test('head writes the first lines or bytes, or a range', async () => {
    const table: [args: string[], written: string][] = [
      [['/lines.txt'], lines.split('\n').slice(0, 10).join('\n').concat('\n')],
      [['-n', '2', '/Logs/1.log'], 'one\ntwo\n'],
      [['-n', '0', '/Logs/1.log'], ''],
      [['-n', '99', '/Logs/2.log'], 'four\nfive'],
      [['-n', '4999', '/lines.txt'], lines.slice(0, lines.indexOf('line 4999\n'))],
      [['--bytes', '5', '/lines.txt'], 'line '],
      [['--bytes', '0', '/lines.txt'], ''],
      [['--bytes', '1KB', '/Logs/2.log'], 'four\nfive'],
      [['--range', '5-6', '/lines.txt'], '0\n'],
      [['--range', '5-', '/Logs/2.log'], 'five'],
      [['--range', '-4', '/Logs/2.log'], 'five'],
      [['--range', '-100', '/Logs/2.log'], 'four\nfive'],
      [['--range', '100-200', '/Logs/2.log'], ''],
      [['-n', '1', '/Logs/*.log'], '==> /Logs/1.log <==\none\n\n==> /Logs/2.log <==\nfour\n'],
    ];
    for (const [args, written] of table) {
      assert.equal(await ok('head', ...args), written, args.join(' '));
    }
  });

  const wrong: [args: string[], code: number, says: RegExp][] = [
    [['cat', '/nothing'], 2, /"\/nothing" is not there/],
    [['cat', '/Logs'], 2, /"\/Logs" is a folder, and a file is expected/],
    [['cat', '/Logs/*.txt'], 2, /matches no file on this Box/],
    [['cat'], 2, /missing required argument 'files'/],
    [['cat', '/nothing', '/Logs/1.log'], 1, /"\/nothing" is not there/],
    [['head', '-n', '1', '--bytes', '2', '/x'], 2, /--lines and --bytes say different things/],
    [['head', '--range', '9-1', '/x'], 2, /Give a range: 0-1023/],
    [['head', '--range', '-', '/x'], 2, /Give a range/],
  ];
  for (const [args, code, says] of wrong) {
    test(`boxhaul ${args.join(' ')} is told`, async () => {
      const ended = await run(args);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
    });
  }

  test('bytes are written as they are, and a reader that goes away ends it quietly', async (t) => {
    const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, at) => (at * 31) % 256));
    await box.seed({ '/bytes': bytes });
    const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
    const whole = start(t, ['cat', '/bytes'], env);
    const sha1 = createHash('sha1');
    whole.child.stdout.setEncoding('latin1').on('data', (text) => sha1.update(text, 'latin1'));
    assert.deepEqual(
      [(await whole.ended).code, sha1.digest('hex')],
      [0, createHash('sha1').update(bytes).digest('hex')],
    );
    const closed = start(t, ['cat', '/bytes'], env);
    closed.child.stdout.once('data', () => closed.child.stdout.destroy());
    const { code, stderr } = await closed.ended;
    assert.deepEqual([code, stderr], [0, '']);
  });
});
