/** boxhaul verify, from the command line to its exit code. */
import assert from 'node:assert/strict';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { boxStage } from '../testing/box-stage.ts';

/** A folder `weekly` here, and the same in Box. */
async function stage(t: TestContext) {
  const stand = await boxStage(t);
  const { cwd, run } = stand;
  await mkdir(join(cwd, 'weekly', 'deep'), { recursive: true });
  await writeFile(join(cwd, 'weekly', 'a.txt'), 'one');
  await writeFile(join(cwd, 'weekly', 'deep', 'b.txt'), 'two');
  await run('upload', 'weekly', '--to', '/Backups');
  const change = (path: string, text: string) => writeFile(join(cwd, 'weekly', path), text);
  return { ...stand, change };
}

test('what is the same is proven by listings, and by an exit code of 0', async (t) => {
  const { run, box } = await stage(t);
  box.resetCounts();
  const { code, stdout } = await run('verify', 'weekly', '/Backups');
  assert.equal(code, 0, stdout);
  assert.match(stdout, /^weekly = \/Backups\? {3}job \w{4}\ndone in .* {3}nothing differs\n/);
  assert.match(stdout, /the same +2\n +API calls +4 +4 predicted\n/);
  assert.deepEqual(box.counts(), { 'GET /folders/:id/items': 4 });
});

test('what differs is named, told in events and in a report, and is an exit code of 1', async (t) => {
  const { run, events, change, cwd, file, client } = await stage(t);
  await change('a.txt', 'ONE');
  await change('new.txt', 'new');
  const folders = await Array.fromAsync(client.folders.items('0'));
  const backups = await Array.fromAsync(client.folders.items(folders[0]?.id ?? ''));
  await file('extra.txt', backups[0]?.id);
  const { code, stdout } = await run('verify', 'weekly', '/Backups', '--report', 'v.csv');
  assert.equal(code, 1);
  assert.match(stdout, / {3}3 differences\n/);
  assert.match(stdout, /missing +1 +not in Box\n +different +1 .*\n +extra +1 +only in Box\n/);
  assert.match(stdout, / missing {4}weekly\/new\.txt {3}it is not in Box/);
  assert.match(stdout, /→ the same with --fix sends what is missing or different/);
  const told = await events('verify', 'weekly/', '/Backups/weekly');
  const states = told.flatMap(({ type, path, reason }) =>
    type === 'file' ? [`${path} ${reason}`] : [],
  );
  assert.deepEqual(states.sort(), [
    'a.txt different',
    'deep/b.txt same',
    'extra.txt extra',
    'new.txt missing',
  ]);
  const report = (await readFile(join(cwd, 'v.csv'), 'utf8')).trim().split('\n');
  assert.equal(report.length, 5);
});

test('--fix sends what is missing or different, and says what that leaves', async (t) => {
  const { run, change, file, client } = await stage(t);
  await change('a.txt', 'ONE');
  await change('deep/new.txt', 'new');
  const fixed = await run('verify', 'weekly', '/Backups', '--fix');
  assert.equal(fixed.code, 0, fixed.stdout);
  assert.doesNotMatch(fixed.stdout, /with --fix/);
  assert.match(
    fixed.stdout,
    /↑ weekly → \/Backups \(update\).*\n.*\n +transferred +2 +1 new, 1 new/,
  );
  assert.equal((await run('verify', 'weekly', '/Backups', '--fix')).code, 0);
  const [backups] = await Array.fromAsync(client.folders.items('0'));
  const [weekly] = await Array.fromAsync(client.folders.items(backups?.id ?? ''));
  await file('extra.txt', weekly?.id);
  await change('a.txt', 'another');
  const left = await run('verify', 'weekly', '/Backups', '--fix');
  assert.equal(left.code, 1);
  assert.match(left.stdout, /transferred +1 [\s\S]* {2}1 difference left: sending does not mend/);
});

test('--fix in a mode that leaves what is there has not mended it, and says so', async (t) => {
  const { run, change } = await stage(t);
  await change('a.txt', 'ONE');
  await change('new.txt', 'new');
  const fix = await run('verify', 'weekly', '/Backups', '--fix', '--mode', 'upload');
  assert.equal(fix.code, 1, fix.stdout);
  assert.match(fix.stdout, /transferred +1 /);
  assert.match(fix.stdout, /\n {2}1 difference left: the mode upload sends no new versions\n/);
  assert.equal((await run('verify', 'weekly', '/Backups', '--fix')).code, 0);
  assert.equal((await run('verify', 'weekly', '/Backups')).code, 0);
});

test('a manifest says what ought to be there', async (t) => {
  const { run, cwd } = await stage(t);
  const sha1 = 'fe05bcdcdc4928012781a5f1a2a77cbb5398e106';
  const rows = [
    'path,kind,id,size,sha1,state,verified',
    `weekly/a.txt,file,12,3,${sha1},transferred,yes`,
    'weekly,folder,13,,,made,',
    'weekly/deep,folder,14,,,same,',
    'weekly/deep/b.txt,file,,,,failed,',
    `weekly/c.txt,file,15,3,${sha1},same,`,
  ];
  await writeFile(join(cwd, 'manifest.csv'), rows.join('\n'));
  const { code, stdout } = await run('verify', 'manifest.csv', '/Backups');
  assert.equal(code, 1, stdout);
  assert.match(stdout, /^1 file of manifest\.csv did not come into Box by it, and will not be/);
  assert.match(stdout, /\nmanifest\.csv = \/Backups\?/);
  assert.match(stdout, /the same +1\n +missing +1 +not in Box\n/);
  assert.doesNotMatch(stdout, /the same with --fix/);
  await writeFile(join(cwd, 'm.jsonl'), JSON.stringify({ path: 'weekly/a.txt', size: 3, sha1 }));
  const lines = await run('verify', 'm.jsonl', '/Backups', '--exclude', 'deep');
  assert.equal(lines.code, 0, lines.stdout);
  const fix = await run('verify', 'manifest.csv', '/Backups', '--fix');
  assert.match(fix.stderr, /manifest\.csv says what ought to be there, and has none of it to send/);
});

test('wrong lines of a manifest are told before anything begins', async (t) => {
  const { run, cwd, box } = await stage(t);
  const rows = ['path,size,sha1', 'a,x,', 'b,3,12', ',3,'];
  await writeFile(join(cwd, 'manifest.csv'), rows.join('\n'));
  box.resetCounts();
  const { code, stderr } = await run('verify', 'manifest.csv', '0');
  assert.equal(code, 2);
  assert.match(stderr, /line 2, size: [\s\S]*line 3, sha1: [\s\S]*line 4, path: /);
  assert.match(stderr, /→ boxhaul verify --help/);
  const sha1 = 'fe05bcdcdc4928012781a5f1a2a77cbb5398e106';
  // Nothing that nobody understands counts as right.
  const strange = [
    'path,kind,size,sha1,state,holds_size,holds_sha1',
    `a,File,3,${sha1},,,`,
    `b,,3,${sha1},Transferred,,`,
    `c,,3,${sha1},,,${sha1}`,
    `d,,3,${sha1},,3,x`,
  ];
  await writeFile(join(cwd, 'manifest.csv'), strange.join('\n'));
  const refused = await run('verify', 'manifest.csv', '0');
  assert.equal(refused.code, 2);
  assert.match(
    refused.stderr,
    /line 2, kind: [\s\S]*line 3, state: [\s\S]*line 4, holds-size: [\s\S]*line 5, holds-sha1: /,
  );
  assert.deepEqual(box.counts(), {});
});

test('what is not there on either side is told with the way out', async (t) => {
  const { run } = await stage(t);
  assert.match((await run('verify', 'none', '/Backups')).stderr, /none is not there\n/);
  const there = await run('verify', 'weekly', '/None');
  assert.equal(there.code, 2);
  assert.match(there.stderr, /the root holds no "None"/);
});
