/** The real `boxhaul` as a process of its own, for tests of what only a process shows: signals, prompts, exit codes. */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { getCompileCacheDir } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { testHome } from './home.ts';

/** From the sources; a built one starts in half the time. */
const bin = process.env.BOXHAUL_COMMAND ?? join(import.meta.dirname, '../../bin/boxhaul.js');

/** What was compiled for one home is not compiled anew for the next; a command that is killed keeps nothing itself. */
const compileCache = getCompileCacheDir();

export interface Ended {
  /** `null` when a signal ended it. */
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Running {
  child: ChildProcessWithoutNullStreams;
  /** Settles when it has written something that matches; rejects when it ends without. */
  wrote(pattern: RegExp): Promise<RegExpExecArray>;
  ended: Promise<Ended>;
}

/**
 * Starts `boxhaul args…` with no settings but those of `env`. What it writes to both streams can be
 * waited for. It is killed if it still runs when the test ends.
 */
export function start(
  t: TestContext,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = tmpdir(),
): Running {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd,
    env: {
      PATH: process.env.PATH ?? '',
      BOXHAUL_HOME: testHome(),
      ...(compileCache && { NODE_COMPILE_CACHE: compileCache }),
      ...env,
    },
  });
  t.after(() => child.kill('SIGKILL'));
  const written = { stdout: '', stderr: '' };
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...written }));
  });
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      written[name] += text;
    });
  }
  return { child, ended, wrote: (pattern) => wrote(child, written, pattern, ended) };
}

/** Runs `boxhaul args…` to its end. */
export function run(
  t: TestContext,
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
  cwd?: string,
): Promise<Ended> {
  const running = start(t, args, env, cwd);
  running.child.stdin.end();
  return running.ended;
}

/** A folder that goes when the test ends. */
export async function temporaryFolder(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'boxhaul-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function wrote(
  child: ChildProcessWithoutNullStreams,
  written: { stdout: string; stderr: string },
  pattern: RegExp,
  ended: Promise<Ended>,
): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const look = () => {
      const match = pattern.exec(written.stdout) ?? pattern.exec(written.stderr);
      if (match !== null) resolve(match);
    };
    child.stdout.on('data', look);
    child.stderr.on('data', look);
    look();
    ended.then(
      ({ code, stdout, stderr }) =>
        reject(new Error(`it ended with ${code} and never wrote ${pattern}:\n${stdout}${stderr}`)),
      reject,
    );
  });
}
