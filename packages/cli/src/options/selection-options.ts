/** The options that choose files: the same for every command that moves some. */
import { type Command, InvalidArgumentError } from 'commander';
import { duration, extensions, size, wholeNumber } from './option-values.ts';

/** A rule about paths as typed, or a file of them; `place` tells what was typed before what. */
export interface TypedRule {
  readonly kind: 'include' | 'exclude' | 'filterFrom';
  readonly text: string;
  readonly place: number;
}

/** @param ignoring whether `.boxhaulignore` files have a say, as they do where files are moved. @default true */
export function addSelectionOptions(command: Command, { ignoring = true } = {}): void {
  let place = 0;
  const rule =
    (kind: TypedRule['kind']) =>
    (text: string, previous: readonly TypedRule[] = []) => {
      if (text === '') throw new InvalidArgumentError('It is empty.');
      place += 1;
      return [...previous, { kind, text, place }];
    };
  command
    .optionsGroup(
      'Which files (the last of --include, --exclude and --filter-from that matches decides):',
    )
    .option('--ext <list>', 'only files with these extensions: .zip,.isx', extensions)
    .option(
      '--include <glob>',
      'only paths that match; or re:<regular expression>',
      rule('include'),
    )
    .option(
      '--exclude <glob>',
      'not the paths that match; !<glob> takes some back',
      rule('exclude'),
    )
    .option('--filter-from <file>', 'lines as for --exclude, from a file', rule('filterFrom'));
  if (ignoring) command.option('--no-ignore-files', 'as if there were no .boxhaulignore');
  command
    .option('--min-size <size>', 'only files as large or larger: 10MB, 4GiB', size)
    .option('--max-size <size>', 'only files as large or smaller', size)
    .option('--min-age <age>', 'only files last changed so long ago or longer: 12h, 30d', duration)
    .option('--max-age <age>', 'only files changed within that time', duration)
    .option(
      '--max-depth <n>',
      'no deeper than this; 1 is what lies in the folder itself',
      wholeNumber(1, 10_000),
    )
    .option(
      '--where <condition>',
      'only files for which it holds: "size > 10MB and ext in (pdf, docx)"',
      once,
    )
    .optionsGroup('Options:');
}

/** Two conditions might be meant to be joined by either word. */
function once(text: string, previous: string | undefined): string {
  if (previous === undefined) return text;
  throw new InvalidArgumentError('It was given before: join both with "and".');
}
