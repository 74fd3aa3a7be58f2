/** docs/operations/sdk-tested.json: the operations that Box's SDK drove on the emulator, for docs/coverage.md. */
import { execFile } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const root = join(import.meta.dirname, '../..');
const page = join(root, 'docs/operations/sdk-tested.json');

/** The calls of the emulator's own tests that use the SDK; rejects if one of them fails. */
export async function callsOfOwnTests(): Promise<string[]> {
  const folder = mkdtempSync(join(tmpdir(), 'boxhaul-sdk-'));
  const file = join(folder, 'calls');
  const watcher = join(import.meta.dirname, 'driven.ts');
  const tests = globSync('packages/emulator/src/**/*sdk*.test.ts', { cwd: root });
  try {
    await promisify(execFile)(process.execPath, ['--import', watcher, '--test', ...tests.sort()], {
      cwd: root,
      env: { ...process.env, SDK_CALLS: file, HTTPS_PROXY: '' },
    });
    return readFileSync(file, 'utf8').split('\n').filter(Boolean);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Whether the repository's list is this one. */
export function isWritten(operations: readonly string[]): boolean {
  return existsSync(page) && readFileSync(page, 'utf8') === textOf(operations);
}

export function write(operations: readonly string[]): void {
  writeFileSync(page, textOf(operations));
}

function textOf(operations: readonly string[]): string {
  return `${JSON.stringify(operations, undefined, 2)}\n`;
}
