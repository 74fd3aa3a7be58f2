/** `boxhaul` in the test's own process, with streams and an environment made for it: for whatever needs no signal. */
import { Readable, Writable } from 'node:stream';
import type { Surroundings } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { Interrupted } from '../interruption.ts';
import { run } from '../main.ts';
import { testHome } from './home.ts';

/** Surroundings in which nothing is to be seen or said. */
export const nowhere: Surroundings = {
  stdin: Readable.from([]),
  stdout: collector(undefined).stream,
  stderr: collector(undefined).stream,
  env: {},
  cwd: import.meta.dirname,
  signal: new AbortController().signal,
  stopNow: new AbortController().signal,
};

export interface RunOptions {
  /** @default only what keeps the user's own folders out of it */
  readonly env?: Readonly<Record<string, string>>;
  /** @default a folder without a .env file */
  readonly cwd?: string;
  readonly stdin?: string;
  /** Columns of the terminal that both streams are; absent: they are none. */
  readonly columns?: number;
  /** What was written so far, each time that there is more; the end is asked for with `true`, as by Ctrl-C. */
  readonly until?: (written: string) => boolean;
}

/** Runs `boxhaul args…` to its end. */
export async function runHere(
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ code: ExitCode; stdout: string; stderr: string }> {
  const end = new AbortController();
  const { columns } = options;
  let written = '';
  const onWrite = (text: string) => {
    written += text;
    if (options.until?.(written)) end.abort(new Interrupted('SIGINT'));
  };
  const stdout = collector(columns, onWrite);
  const stderr = collector(columns, onWrite);
  const code = await run(args, {
    stdin: Readable.from([options.stdin ?? '']),
    stdout: stdout.stream,
    stderr: stderr.stream,
    env: { BOXHAUL_HOME: testHome(), ...options.env },
    cwd: options.cwd ?? import.meta.dirname,
    signal: end.signal,
    stopNow: new AbortController().signal,
  });
  return { code, stdout: stdout.text(), stderr: stderr.text() };
}

function collector(
  columns: number | undefined,
  onWrite: (text: string) => void = () => {},
): { stream: Writable; text: () => string } {
  let text = '';
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += chunk;
      onWrite(String(chunk));
      done();
    },
  });
  const terminal = columns === undefined ? {} : { isTTY: true, columns, rows: 24 };
  return { stream: Object.assign(stream, terminal), text: () => text };
}
