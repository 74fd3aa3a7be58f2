import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { openLog, withoutLinks } from './log.ts';
import { run, temporaryFolder } from './testing/process.ts';

const rotation = { maxBytes: 1_000_000, keep: 3 };
const skip = existsSync('/dev/full') ? false : 'no disk here is always full';

test('a log is appended to, line by line, without secrets', async (t) => {
  const path = join(await temporaryFolder(t), 'run.log');
  for (const word of ['one', 'two']) {
    const log = await openLog(path, rotation, assert.fail);
    log.info({ token: 'hush', nested: { password: 'hush' } }, word);
    await log.close();
  }
  const text = await readFile(path, 'utf8');
  const lines = text.trimEnd().split('\n');
  assert.deepEqual(
    lines.map((line) => JSON.parse(line).msg),
    ['one', 'two'],
  );
  assert.ok(!text.includes('hush'));
});

test('a log whose disk is full says so once, and everything else goes on', { skip }, async () => {
  const warnings: string[] = [];
  const log = await openLog('/dev/full', rotation, (text) => warnings.push(text));
  log.info({}, 'one');
  log.error({}, 'two');
  await log.close();
  assert.match(warnings.join('\n'), /^warning: the log file \/dev\/full .*ENOSPC.*$/);
});

test('a command whose log cannot be written does its work and ends', { skip }, async (t) => {
  const home = await temporaryFolder(t);
  const { code, stdout, stderr } = await run(t, ['ls', '--local', '--log-file', '/dev/full'], {
    BOXHAUL_HOME: home,
  });
  assert.match(stderr, /the log file/);
  assert.deepEqual([code, stdout.includes('unexpected')], [0, false]);
});

test('a full log makes room for itself, and keeps as many older ones as it is told to', async (t) => {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'run.log');
  const log = await openLog(path, { maxBytes: 300, keep: 2 }, assert.fail);
  for (let line = 0; line < 20; line++) log.info({}, `line ${line}`);
  await log.close();
  assert.deepEqual((await readdir(folder)).sort(), ['run.log', 'run.log.1', 'run.log.2']);
  const texts = await Promise.all(
    ['.2', '.1', ''].map((ending) => readFile(path + ending, 'utf8')),
  );
  for (const text of texts) assert.ok(text.length <= 300);
  const numbers =
    texts
      .join('')
      .match(/(?<=line )\d+/g)
      ?.map(Number) ?? [];
  const first = numbers[0] ?? 0;
  assert.deepEqual(
    numbers,
    Array.from({ length: 20 - first }, (_, index) => first + index),
  );
  assert.equal((await stat(path)).mode & 0o777, 0o600);
});

test('two processes that share a full log lose no line of it', async (t) => {
  const path = join(await temporaryFolder(t), 'run.log');
  const keep = { maxBytes: 2000, keep: 50 };
  const [one, two] = [
    await openLog(path, keep, assert.fail),
    await openLog(path, keep, assert.fail),
  ];
  for (let line = 0; line < 200; line++) (line % 3 === 0 ? one : two).info({}, `line ${line}.`);
  await Promise.all([one.close(), two.close()]);
  let all = '';
  for (const name of await readdir(join(path, '..'))) {
    all += await readFile(join(path, '..', name), 'utf8');
  }
  for (let line = 0; line < 200; line++) assert.ok(all.includes(`line ${line}.`), String(line));
});

test('two processes that share a log of which nothing older is kept write one line after the other', async (t) => {
  const path = join(await temporaryFolder(t), 'run.log');
  const none = { maxBytes: 500, keep: 0 };
  const logs = [await openLog(path, none, assert.fail), await openLog(path, none, assert.fail)];
  for (let line = 0; line < 100; line++) logs[line % 3 && 1]?.info({}, `line ${line}.`);
  await Promise.all(logs.map((log) => log.close()));
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  assert.match(lines.at(-1) ?? '', /"line 99\."/);
  for (const line of lines) assert.match(JSON.parse(line).msg, /^line \d+\.$/);
});

test('of shared links a log has the last characters only', () => {
  const table: [string, string][] = [
    ['"https://acme.box.com/s/0123456789abcdefx9k2"', '"https://acme.box.com/s/…x9k2"'],
    ['at https://app.box.com/v/team-plan?x=1 now', 'at https://app.box.com/v/…plan?x=1 now'],
    ['\\"http://127.0.0.1:4010/s/abcdefgh\\"', '\\"http://127.0.0.1:4010/s/…efgh\\"'],
    ['https://app.box.com/shared/static/abcdefgh.zip', 'https://app.box.com/shared/static/….zip'],
    ['https://app.box.com/file/12?s=abcdefgh', 'https://app.box.com/file/12?s=…efgh'],
    ['https://acme.box.com/folder/123', 'https://acme.box.com/folder/123'],
    ['/home/s/notes.txt', '/home/s/notes.txt'],
  ];
  for (const [line, masked] of table) assert.equal(withoutLinks(line), masked);
});
