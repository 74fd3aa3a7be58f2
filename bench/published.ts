/**
 * The published form, built and runnable in place: what users run is what is measured. The bench's own
 * programs are put beside it without their types, so that nothing is compiled while the clock runs.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

/** Builds, and gives the folder that holds `programs` (of bench/) as JavaScript. */
export function buildPublished(programs: readonly string[]): string {
  execFileSync(process.execPath, [join(root, 'scripts', 'build.ts')]);
  const folder = join(dist, 'bench');
  mkdirSync(folder, { recursive: true });
  for (const program of programs) {
    const source = readFileSync(join(import.meta.dirname, `${program}.ts`), 'utf8');
    const code = stripTypeScriptTypes(source).replace(/(from '\.\/[\w-]+)\.ts'/g, "$1.js'");
    writeFileSync(join(folder, `${program}.js`), code);
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  return folder;
}
