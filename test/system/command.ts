/** Runs the `boxhaul` command as its users have it, built (`npm run build`): a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** Stands for the user's own folders in all commands of one test file. */
const home = mkdtempSync(join(tmpdir(), 'boxhaul-home-'));
process.once('exit', () => rmSync(home, { recursive: true, force: true }));

const bin = join(import.meta.dirname, '..', '..', 'dist', 'cli', 'bin', 'boxhaul.js');
if (!existsSync(bin)) throw new Error('the command is not built: npm run build');

/** What was compiled for one home is not compiled anew for the next; a command that is killed keeps nothing itself. */
const compileCache = getCompileCacheDir();

export interface CommandOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** Who it runs as. @default the same user */
  uid?: number;
  /** The caller types, and ends standard input. @default false: there is nothing to read */
  isTyping?: boolean;
}

export interface CommandOutcome {
  /** `null` when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface RunningCommand {
  process: ChildProcessWithoutNullStreams;
  outcome: Promise<CommandOutcome>;
}

/** Starts `boxhaul args…` in an environment without any Box settings but those of `options.env`. */
export function start(args: readonly string[], options: CommandOptions = {}): RunningCommand {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: options.cwd ?? process.cwd(),
    ...(options.uid !== undefined && { uid: options.uid }),
    env: {
      PATH: process.env.PATH ?? '',
      BOXHAUL_HOME: home,
      ...(compileCache && { NODE_COMPILE_CACHE: compileCache }),
      ...options.env,
    },
  });
  if (!options.isTyping) child.stdin.end();
  const code = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (exitCode) => resolve(exitCode));
  });
  const outcome = Promise.all([code, text(child.stdout), text(child.stderr)]).then(
    ([exitCode, stdout, stderr]) => ({ code: exitCode, stdout, stderr }),
  );
  return { process: child, outcome };
}

/** Runs `boxhaul args…` to its end, whatever its exit code. */
export function run(args: readonly string[], options?: CommandOptions): Promise<CommandOutcome> {
  return start(args, options).outcome;
}
