/** Files of rows, from the command line to its exit code. */
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';
import { runHere } from '../testing/in-process.ts';
import { start } from '../testing/process.ts';

test('rows of a file are done, reported, and listed as a job', async (t) => {
  const { run, file, names, cwd } = await boxStage(t);
  for (const name of ['a.txt', 'b.txt']) await file(name);
  await writeFile(join(cwd, 'm.csv'), 'path,name\n/a.txt,1.txt\n/b.txt,\n/c.txt,3.txt\n');
  const { code, stdout } = await run(
    'move',
    '--from-file',
    'm.csv',
    '--to',
    '/',
    '--report',
    'r.csv',
  );
  assert.equal(code, 1, stdout);
  assert.match(stdout, /^move {2}m\.csv {2}3 rows {3}job \w{4}\n/);
  assert.match(stdout, /1 done {3}1 had nothing to do {3}1 failed/);
  assert.match(stdout, /→ boxhaul retry \w{4}\n {2}→ boxhaul jobs/);
  assert.deepEqual(await names(), ['1.txt', 'b.txt']);
  const [head, ...rows] = (await readFile(join(cwd, 'r.csv'), 'utf8')).trim().split('\n');
  assert.equal(head, 'line,state,item,words,id,reason,message');
  assert.deepEqual(rows.map((row) => row.split(',').slice(0, 2).join(' ')).sort(), [
    '2 done',
    '3 skipped',
    '4 failed',
  ]);
  await file('c.txt');
  const retried = await run('retry');
  assert.equal(retried.code, 0, retried.stdout);
  assert.deepEqual(await names(), ['1.txt', '3.txt', 'b.txt']);
  assert.match((await run('jobs')).stdout, /move m\.csv\n +1 row done, 0 failed/);
});

test('the first hundred problems are told in words, and the others counted', async (t) => {
  const { run, cwd } = await boxStage(t);
  await writeFile(join(cwd, 'bad.csv'), `path\n${'bad\n'.repeat(150)}`);
  const { code, stderr } = await run('rm', '--from-file', 'bad.csv');
  assert.equal(code, 2);
  assert.match(
    stderr,
    /150 rows of bad\.csv are wrong; nothing was done\n {2}line 2, path: found "bad"/,
  );
  assert.equal(stderr.match(/^ {2}line \d+, path/gm)?.length, 100);
  assert.match(stderr, /\n {2}… and 50 more, which --json tells\n/);
});

test('standard input is rows too, told apart by its first character', async (t) => {
  const { env, cwd, names } = await boxStage(t);
  for (const stdin of ['path\n/a\n', '{"path":"/b"}\n']) {
    const { code, stderr } = await runHere(['mkdir', '--from-file', '-'], { cwd, env, stdin });
    assert.equal(code, 0, stderr);
  }
  assert.deepEqual(await names(), ['a/', 'b/']);
});

test('what destroys does not ask on an input that has the rows', async (t) => {
  const { env, cwd, file, names } = await boxStage(t);
  await file('a.txt');
  const options = { cwd, env, stdin: 'path\n/a.txt\n' };
  const refused = await runHere(['rm', '--from-file', '-'], options);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /--yes does it without asking/);
  assert.deepEqual(await names(), ['a.txt']);
  assert.equal((await runHere(['rm', '--from-file', '-', '--yes'], options)).code, 0);
  assert.deepEqual(await names(), []);
});

test('a dry run of a file changes nothing, begins no job, and says what would fail', async (t) => {
  const { run, file, names, cwd } = await boxStage(t);
  await file('a.txt');
  await writeFile(join(cwd, 'r.csv'), 'path\n/a.txt\n/gone.txt\n');
  const { code, stdout } = await run('rm', '--from-file', 'r.csv', '--dry-run');
  assert.equal(code, 1);
  assert.match(stdout, /would rm {2}\/a\.txt\n/);
  assert.match(stdout, /failed {2}line 3: \/gone\.txt/);
  assert.match(stdout, /1 would be done {3}1 failed/);
  assert.deepEqual(await names(), ['a.txt']);
  assert.equal((await run('jobs')).stdout, 'no job was begun yet\n');
});

test('files that cannot be are told with the way out', async (t) => {
  const { run, cwd } = await boxStage(t);
  await writeFile(join(cwd, 'rows.txt'), 'path\n/a\n');
  await writeFile(join(cwd, 'empty.csv'), '');
  await writeFile(join(cwd, 'latin.csv'), Buffer.from('path\n/caf\xe9\n', 'latin1'));
  const table: [args: string[], says: RegExp][] = [
    [['--from-file', 'rows.txt'], /rows\.txt is neither \.csv nor \.jsonl\n/],
    [['--from-file', 'gone.csv'], /gone\.csv is not there\n/],
    [['--from-file', '.'], /\. is neither/],
    [['--from-file', 'empty.csv'], /empty\.csv has no rows\n {2}→ boxhaul mkdir --template/],
    [['--from-file', 'latin.csv'], /line 2, path: found "\/caf�"; allowed: text in UTF-8/],
    [['/a', '--from-file', 'rows.csv'], /the rows are in the file, and "\/a" is not/],
    [['/a', '--again'], /--again is about rows of a file/],
    [[], /it is not said what to mkdir\n/],
  ];
  for (const [args, says] of table) {
    const { code, stderr } = await run('mkdir', ...args);
    assert.equal(code, 2, args.join(' '));
    assert.match(stderr, says);
  }
});

test('a template is a file that works, and says on stderr what its columns take', async (t) => {
  const { run, cwd, names } = await boxStage(t);
  for (const format of ['csv', 'jsonl']) {
    const { code, stdout, stderr } = await run('mkdir', '--template', format);
    assert.equal(code, 0);
    assert.match(stderr, /^path: the folder to make/);
    await writeFile(join(cwd, `t.${format}`), stdout);
    assert.equal((await run('mkdir', '-p', '--from-file', `t.${format}`)).code, 0);
  }
  assert.deepEqual(await names(), ['Projects/']);
});

test('of many rows some are told, and how many more there are', async (t) => {
  const { run, cwd } = await boxStage(t);
  const rows = Array.from({ length: 25 }, (_, index) => `/f-${index}`);
  await writeFile(join(cwd, 'r.csv'), `path\n${rows.join('\n')}\n`);
  const dry = await run('mkdir', '--from-file', 'r.csv', '--dry-run');
  assert.equal(dry.stdout.match(/would mkdir/g)?.length, 20);
  assert.match(dry.stdout, / {2}… and 5 more would be done \(--verbose names each\)\n/);
  const all = await run('mkdir', '--from-file', 'r.csv', '--dry-run', '--verbose');
  assert.equal(all.stdout.match(/would mkdir/g)?.length, 25);
  const quiet = await run('mkdir', '--from-file', 'r.csv', '--quiet');
  assert.deepEqual([quiet.code, quiet.stdout, quiet.stderr], [0, '', '']);
});

test('at a terminal the counts are drawn again in place', async (t) => {
  const { cwd, env } = await boxStage(t);
  await writeFile(join(cwd, 'r.csv'), 'path\n/a\n/b\n');
  const options = { cwd, env, columns: 80 };
  const { code, stdout } = await runHere(['mkdir', '--from-file', 'r.csv'], options);
  assert.equal(code, 0);
  assert.match(stdout, /% {3}[12] of 2 rows/);
  assert.match(stdout, /2 done {3}0 failed/);
});

test('Ctrl-C lets what is in flight finish, and resume does the rest', async (t) => {
  const { box, cwd, env, names } = await boxStage(t);
  const rows = Array.from({ length: 60 }, (_, index) => `/f-${index}`);
  await writeFile(join(cwd, 'r.csv'), `path\n${rows.join('\n')}\n`);
  box.faults.add({
    match: { method: 'POST', path: '/folders' },
    action: { delayMs: 20 },
    times: 'always',
  });
  const args = ['mkdir', '--from-file', 'r.csv', '--concurrency', '2'];
  const command = start(t, args, env, cwd);
  command.child.stdin.end();
  while ((box.counts()['POST /folders'] ?? 0) < 5) await new Promise(setImmediate);
  command.child.kill('SIGINT');
  const { code, stdout } = await command.ended;
  assert.equal(code, 130, stdout);
  assert.match(stdout, / {2}finishing what is in flight\n/);
  assert.match(stdout, /interrupted after .* left {3}[\s\S]*→ boxhaul resume \w{4}\n/);
  box.faults.clear();
  const resumed = await runHere(['resume'], { cwd: '/', env });
  assert.equal(resumed.code, 0, resumed.stderr);
  assert.equal((await names()).length, 60);
  assert.equal(box.counts()['POST /folders'], 60, 'none was made twice');
});

test('what --again has done is not done once more by what goes on with it', async (t) => {
  const { run, box, cwd, file } = await boxStage(t);
  await file('a.txt');
  await writeFile(join(cwd, 'r.csv'), 'path,text\n/a.txt,one\n/b.txt,two\n');
  const args = ['comment', '--from-file', 'r.csv'];
  // Box takes no second comment of the same words until some time has gone by.
  const later = (...words: string[]) => {
    box.clock.advance(3_600_000);
    return run(...words);
  };
  assert.match((await later(...args)).stdout, /1 done {3}1 failed/);
  const again = await later(...args, '--again');
  assert.match(again.stdout, /1 done {3}1 failed/);
  for (const words of [['retry'], [...args, '--only-failed', '--again']]) {
    assert.match((await later(...words)).stdout, /0 done {3}1 failed/);
  }
  for (const words of [args, ['resume', jobIn(again.stdout)]]) {
    assert.match((await later(...words)).stdout, /0 done {3}1 done before/);
  }
  assert.equal(box.counts()['POST /comments'], 2);
});

function jobIn(stdout: string): string {
  return /job (\w{4})/.exec(stdout)?.[1] ?? '';
}
