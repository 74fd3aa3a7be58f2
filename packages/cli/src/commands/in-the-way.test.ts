/** A file where the other side has a folder, and the other way round: nothing gives way, and it is said what to do. */
import assert from 'node:assert/strict';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, suite, type TestContext, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { runHere } from '../testing/in-process.ts';
import { temporaryFolder } from '../testing/process.ts';

suite('what stands in the way', () => {
  let box: Emulator;
  before(async () => {
    box = await startEmulator();
  });
  after(() => box.close());

  /** `report` is a folder in Box and a file here, `notes` a file in Box and a folder here. */
  async function swapped(t: TestContext, name: string) {
    const cwd = await temporaryFolder(t);
    const ids = await box.seed({
      [`/${name}/report/in-box.txt`]: 'in Box',
      [`/${name}/notes`]: 'in Box',
    });
    await mkdir(join(cwd, 'site/notes'), { recursive: true });
    await writeFile(join(cwd, 'site/report'), 'here');
    await writeFile(join(cwd, 'site/notes/here.txt'), 'here');
    const connection = ['--base-url', box.url, '--token', box.token];
    const boxhaul = (...args: string[]) => runHere([...args, ...connection], { cwd });
    const idOf = (path: string) => ids[`/${name}/${path}`]?.id ?? ids[`/${name}/${path}/`]?.id;
    return { cwd, boxhaul, idOf };
  }

  for (const verb of ['upload', 'migrate']) {
    test(`of the folder that ${verb} is to make is told by a dry run, too`, async (t) => {
      const name = `dry-${verb}`;
      const { boxhaul } = await swapped(t, name);
      for (const to of [`/${name}/notes`, `/${name}/NOTES`, `/${name}/notes/deeper`]) {
        const args = [verb, 'site/', '--to', to, '--parents'];
        const real = await boxhaul(...args);
        assert.equal(real.code, 2, real.stdout);
        assert.match(real.stderr, /^boxhaul: notes is there, and it is a file, not a folder\n/i);
        const dry = await boxhaul(...args, '--dry-run');
        assert.deepEqual([dry.code, dry.stderr], [real.code, real.stderr]);
      }
      const made = await boxhaul(
        verb,
        'site/',
        '--to',
        `/${name}/new/er`,
        '--parents',
        '--dry-run',
      );
      assert.equal(made.code, 0);
      assert.match(made.stdout, /new\/er is not there yet: it would be made/);
    });
  }

  for (const extra of [[], ['--delete-extra']]) {
    test(`on an upload is named with its id in Box and stays ${extra}`, async (t) => {
      const name = `up${extra.length}`;
      const { boxhaul, cwd, idOf } = await swapped(t, name);
      const args = ['upload', 'site/', '--to', `/${name}`, '--mode', 'overwrite', ...extra];
      const { code, stdout } = await boxhaul(...args);
      assert.equal(code, 1);
      const file = `in Box a file (id ${idOf('notes')}) stands where the folder "notes" should be`;
      assert.ok(stdout.includes(`  failed  notes   ${file}\n`), stdout);
      assert.ok(stdout.includes(`  failed  notes/here.txt   ${file}\n`), stdout);
      assert.match(
        stdout,
        /\n {2}failed {2}report {3}in Box a folder \(id \d+\) stands where this file should be\n/,
      );
      const way = /→ nothing was overwritten: rename or move what is in the way, then (.*)\n/;
      const [, then = ''] = way.exec(stdout) ?? [];
      assert.match(then, extra.length > 0 ? /^run the same command again$/ : /^boxhaul retry \w+$/);
      if (extra.length > 0)
        assert.match(stdout, /nothing was deleted: 3 files failed, and .*again/);
      await boxhaul('download', `/${name}`, 'there');
      assert.equal(await readFile(join(cwd, 'there/report/in-box.txt'), 'utf8'), 'in Box');
      assert.equal(await readFile(join(cwd, 'there/notes'), 'utf8'), 'in Box');
    });

    test(`on a download is named with its path and stays ${extra}`, async (t) => {
      const name = `down${extra.length}`;
      const { boxhaul, cwd } = await swapped(t, name);
      const { code, stdout } = await boxhaul('download', `/${name}`, 'site', ...extra);
      assert.equal(code, 1);
      const place = join(cwd, 'site');
      const lines = [
        `  failed  report   a file stands where the folder ${place}/report should be\n`,
        '  failed  notes   here a folder stands where this file should be\n',
      ];
      for (const line of lines) assert.ok(stdout.includes(line), stdout);
      assert.equal(await readFile(join(place, 'report'), 'utf8'), 'here');
      assert.equal(await readFile(join(place, 'notes/here.txt'), 'utf8'), 'here');
    });
  }

  test('gives way when it is moved, as it was said', async (t) => {
    const { boxhaul, cwd } = await swapped(t, 'moved');
    const first = await boxhaul('download', '/moved', 'site');
    const [, job = ''] = /boxhaul retry (\w+)/.exec(first.stdout) ?? [];
    await rename(join(cwd, 'site/report'), join(cwd, 'kept'));
    await rm(join(cwd, 'site/notes'), { recursive: true });
    const again = await boxhaul('retry', job);
    assert.equal(again.code, 0, again.stdout + again.stderr);
    assert.equal(await readFile(join(cwd, 'site/report/in-box.txt'), 'utf8'), 'in Box');
    assert.equal(await readFile(join(cwd, 'site/notes'), 'utf8'), 'in Box');
  });
});
