import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { temporaryFolder } from '../testing/process.ts';
import { openReportFile } from './report-file.ts';

const onPosix = process.platform !== 'win32';

test('a report takes the place of no folder, and of nothing else that is no ordinary file', async (t) => {
  const cwd = await temporaryFolder(t);
  await mkdir(join(cwd, 'folder'));
  await assert.rejects(
    openReportFile('folder', cwd, ['a']),
    /folder is a folder, and a file cannot/,
  );
  if (!onPosix) return;
  execFileSync('mkfifo', [join(cwd, 'pipe')]);
  await symlink('/dev/null', join(cwd, 'nothing'));
  for (const name of ['pipe', 'nothing', '/dev/null']) {
    await assert.rejects(openReportFile(name, cwd, ['a']), /is no ordinary file/, name);
  }
  assert.ok(statSync(join(cwd, 'pipe')).isFIFO());
  assert.deepEqual((await readdir(cwd)).sort(), ['folder', 'nothing', 'pipe']);
});

test('a report for which the disk has no room says which report that is', {
  skip: !existsSync('/dev/full') && 'there is no /dev/full here',
}, async (t) => {
  const cwd = await temporaryFolder(t);
  await symlink('/dev/full', join(cwd, 'r.csv.partial'));
  const report = await openReportFile('r.csv', cwd, ['a']);
  report.add(['b']);
  await assert.rejects(report.close(), (error: unknown) => {
    assert.ok(error instanceof CliError);
    assert.match(error.message, /^the report r\.csv could not be written to its end$/);
    assert.match(error.details.join(), /ENOSPC/);
    assert.equal(error.exitCode, ExitCode.failed);
    return true;
  });
});
