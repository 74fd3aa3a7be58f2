/** The programs of others that open what is sealed here, and make what is opened here. */
import { spawnSync } from 'node:child_process';

/** The option `skip` of tests that need these programs; where `.ci/run` runs, they are there. */
export function unlessInstalled(...programs: string[]): false | string {
  const missing = programs.filter((name) => spawnSync(name, ['--version']).error);
  if (missing.length === 0) return false;
  const words = `left out: ${missing.join(' and ')} not installed (apt-get install age zstd)`;
  if (process.env.NOTHING_LEFT_OUT) throw new Error(words);
  return words;
}

/** What a program makes of its input. */
export function outputOf(program: string, args: readonly string[], input: Uint8Array): Buffer {
  const { status, stdout, stderr } = spawnSync(program, args, { input, maxBuffer: 2 ** 28 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`);
  return stdout;
}
