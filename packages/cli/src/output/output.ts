/**
 * Where a command's words go. Three audiences never share a stream by accident: a program reads
 * stdout with --json, a person reads what is said, and warnings and errors always go to stderr.
 */
import type { GlobalOptions, OutputStream, Surroundings } from '../context.ts';
import { type Style, styleOf } from './style.ts';

export interface Output {
  /** --json: stdout carries events, people read stderr. */
  readonly json: boolean;
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly debug: boolean;
  /** The stream that people read: stdout, or stderr with --json. */
  readonly people: OutputStream;
  /** Whether lines already written to `people` can be redrawn. */
  readonly redraws: boolean;
  /** For text on `people`. */
  readonly style: Style;
  /** For text on stderr. */
  readonly errorStyle: Style;
  /** A line for people about what goes on; dropped by --quiet. */
  say(text: string): void;
  /** A line of the command's answer, on stdout. Nothing with --json: use `event` for those. */
  print(text: string): void;
  /** With --json one line `{"v":1,"type":…}` on stdout; otherwise nothing. */
  event(type: string, fields: Readonly<Record<string, unknown>>): void;
  /** A line on stderr, whatever the options. */
  warn(text: string): void;
  /**
   * From now on lines for people go through `write`, which draws at the bottom of the terminal and puts them above
   * it; undefined when nothing is drawn there any more.
   */
  drawnBelow(write: ((line: string) => void) | undefined): void;
  /** Whether something is drawn there now. */
  readonly isDrawnBelow: boolean;
}

/** Decides once, from options, environment and streams, how this run speaks. */
export function openOutput(
  options: GlobalOptions,
  { stdout, stderr, env }: Pick<Surroundings, 'stdout' | 'stderr' | 'env'>,
): Output {
  const json = options.json === true;
  const people = json ? stderr : stdout;
  const decorates = (stream: OutputStream) =>
    stream.isTTY === true && options.color !== false && !env.NO_COLOR && env.TERM !== 'dumb';
  let above: ((line: string) => void) | undefined;
  const write = (stream: OutputStream, text: string) => {
    if (above && stream.isTTY) above(text);
    else stream.write(`${text}\n`);
  };
  return {
    json,
    quiet: options.quiet === true,
    verbose: options.verbose === true || options.debug === true,
    debug: options.debug === true,
    people,
    // Calls that --debug writes in between would tear the lines apart.
    redraws: decorates(people) && options.debug !== true,
    style: styleOf(decorates(people)),
    errorStyle: styleOf(decorates(stderr)),
    say: (text) => {
      if (options.quiet !== true) write(people, text);
    },
    print: (text) => {
      if (!json) stdout.write(`${text}\n`);
    },
    event: (type, fields) => {
      if (json) stdout.write(`${JSON.stringify({ v: 1, type, ...fields })}\n`);
    },
    warn: (text) => write(stderr, text),
    drawnBelow: (writeAbove) => {
      above = writeAbove;
    },
    get isDrawnBelow() {
      return above !== undefined;
    },
  };
}
