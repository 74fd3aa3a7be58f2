import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

let made: string | undefined;

/** A folder that stands for the user's own in all commands of one test file, so that nothing touches the real one. */
export function testHome(): string {
  if (made === undefined) {
    const path = mkdtempSync(join(tmpdir(), 'boxhaul-home-'));
    process.once('exit', () => rmSync(path, { recursive: true, force: true }));
    made = path;
  }
  return made;
}
