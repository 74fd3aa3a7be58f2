import assert from 'node:assert/strict';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { start, temporaryFolder } from '../testing/process.ts';

/** One red pixel. */
const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);
const PNG = pixel.subarray(0, 8);

suite('boxhaul thumb', () => {
  let box: Emulator;
  before(async () => {
    box = await startEmulator();
    await box.seed({
      '/Team/red.png': pixel,
      '/Team/also.png': pixel,
      '/Team/notes.txt': 'the text of it',
      '/Team/paper.pdf': '%PDF-1.4 no more',
      '/Team/data.bin': 'x',
    });
  });
  after(() => box.close());

  const thumb = (cwd: string, ...args: string[]) =>
    runHere(['thumb', ...args, '--base-url', box.url, '--token', box.token, '--retries', '0'], {
      cwd,
    });
  const ok = async (cwd: string, ...args: string[]) => {
    const { code, stdout, stderr } = await thumb(cwd, ...args);
    assert.equal(code, 0, stderr);
    return stdout;
  };

  test('brings a picture into a file that is named for it', async (t) => {
    const cwd = await temporaryFolder(t);
    const said = await ok(cwd, '/Team/red.png');
    assert.match(said, /^\/Team\/red\.png → .*\/red\.thumb\.png {3}\d+ bytes\n$/);
    assert.ok((await readFile(join(cwd, 'red.thumb.png'))).subarray(0, 8).equals(PNG));
    await ok(cwd, '/Team/red.png', '--format', 'jpg', '--size', '160', '-o', 'x.jpg');
    assert.equal((await readFile(join(cwd, 'x.jpg'))).readUInt16BE(0), 0xffd8);
    assert.deepEqual((await readdir(cwd)).sort(), ['red.thumb.png', 'x.jpg']);
  });

  test('brings those of several files into a folder', async (t) => {
    const cwd = await temporaryFolder(t);
    await mkdir(join(cwd, 'pictures'));
    const said = await ok(cwd, '/Team/*.png', '-o', 'pictures', '--json', '--quiet');
    assert.deepEqual((await readdir(join(cwd, 'pictures'))).sort(), [
      'also.thumb.png',
      'red.thumb.png',
    ]);
    const [event] = said
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      [event.type, event.path, event.file],
      ['thumb', '/Team/also.png', join(cwd, 'pictures/also.thumb.png')],
    );
  });

  test('brings other forms, and says which there are', async (t) => {
    const cwd = await temporaryFolder(t);
    assert.equal(
      await ok(cwd, '/Team/notes.txt', '--list'),
      '/Team/notes.txt:\n  extracted_text\n',
    );
    assert.match(await ok(cwd, '/Team/red.png', '--list'), /^ {2}png\?dimensions=1024x1024$/m);
    await ok(cwd, '/Team/notes.txt', '--representation', 'extracted_text');
    assert.equal(await readFile(join(cwd, 'notes.rep.txt'), 'utf8'), 'the text of it');
    await ok(cwd, '/Team/red.png', '--representation', 'jpg?dimensions=1024x1024');
    await ok(cwd, '/Team/paper.pdf', '--representation', 'pdf', '-o', 'copy.pdf');
    assert.deepEqual((await readdir(cwd)).sort(), ['copy.pdf', 'notes.rep.txt', 'red.jpg']);
  });

  test('writes to standard output when it is asked to', async (t) => {
    const args = ['thumb', '/Team/notes.txt', '--representation', 'extracted_text', '-o', '-'];
    const env = { BOX_BASE_URL: box.url, BOX_DEVELOPER_TOKEN: box.token };
    const { code, stdout, stderr } = await start(t, args, env).ended;
    assert.deepEqual([code, stdout, stderr], [0, 'the text of it', '']);
  });

  test('replaces nothing, unless it is told to', async (t) => {
    const cwd = await temporaryFolder(t);
    await writeFile(join(cwd, 'red.thumb.png'), 'mine');
    const refused = await thumb(cwd, '/Team/red.png');
    assert.equal(refused.code, 2);
    assert.match(refused.stderr, /red\.thumb\.png is there already\n {2}→ --force/);
    assert.equal(await readFile(join(cwd, 'red.thumb.png'), 'utf8'), 'mine');
    await ok(cwd, '/Team/red.png', '--force');
    assert.ok((await readFile(join(cwd, 'red.thumb.png'))).subarray(0, 8).equals(PNG));
  });

  const wrong: [args: string[], code: number, says: RegExp][] = [
    [
      ['/Team/data.bin'],
      1,
      /Box has no thumbnail of \/Team\/data\.bin\n {2}→ boxhaul thumb --list \d+/,
    ],
    [['/Team/data.bin', '--representation', 'pdf'], 1, /Box makes no pdf of \/Team\/data\.bin/],
    [['/Team/data.bin', '--representation', '[x]'], 2, /is no hint at a representation/],
    [['/Team/notes.txt', '--representation', 'extracted_text', '--page', '2'], 2, /has no pages/],
    [['/Team/*.png', '-o', 'no-such'], 1, /no-such is no folder, and there may be several files/],
    [['/Team/red.png', '--page', '2'], 2, /a thumbnail shows the first page only/],
    [['/Team/red.png', '--size', '100', '--representation', 'pdf'], 2, /--size is of thumbnails/],
    [['/Team/red.png', '--size', '4'], 2, /whole number from 32 to 320/],
    [['/Team/red.png', '-o', '-', '--json'], 2, /a picture and --json cannot both/],
    [['/Team'], 2, /is a folder, and a file is expected/],
    [['/Team/gone.png'], 2, /\/Team holds no "gone\.png"/],
  ];
  for (const [args, code, says] of wrong) {
    test(`thumb ${args.join(' ')} is told, and leaves nothing behind`, async (t) => {
      const cwd = await temporaryFolder(t);
      const ended = await thumb(cwd, ...args);
      assert.equal(ended.code, code, ended.stderr);
      assert.match(ended.stderr, says);
      assert.deepEqual(await readdir(cwd), []);
    });
  }
});
