import type { ReasonCode, TransferReport, TransferResult } from '@boxhaul/transfer';

/** What goes on with a run that did not come to its end. */
export function resuming({ job, direction }: TransferReport): string {
  const verb = { upload: 'sends', download: 'fetches', verify: 'compares', change: 'does' }[
    direction
  ];
  const command = job === undefined ? 'run the same command again' : `boxhaul resume ${job}`;
  return `${command}: it ${verb} ${direction === 'verify' ? 'all of it' : 'only what is left'}`;
}

/** Before what tries again. */
const onFailure: Partial<Record<ReasonCode, string>> = {
  'name-refused': 'rename it, then',
  'name-collision': 'rename one of the two, then',
  'same-folder': 'name only one of the two targets, then',
  'in-the-way': 'nothing was overwritten: rename or move what is in the way, then',
  'changed-while-read': 'when nothing writes to it:',
  'changed-on-disk': 'copy it if it matters, since it will be replaced, then',
  'no-permission': 'get the permission, then',
  'not-opened': 'give the --identity-file that it was sealed for, or put a whole file there, then',
  'disk-full': 'free some space, then',
  'too-many-open': 'raise the limit (ulimit -n) or lower --concurrency, then',
  'local-error': 'mend that, then',
};

/**
 * What trying the same again does not help: a file under another name is another file, which the list of what failed
 * does not have, and another key is not among the words of the run.
 */
const anew: ReadonlySet<ReasonCode> = new Set([
  'name-refused',
  'name-collision',
  'same-folder',
  'not-opened',
]);

/** What to do about a file that failed: a line for a person. */
export function adviceOn({ reason }: TransferResult, report: TransferReport): string {
  const first = reason && onFailure[reason.code];
  const isAnew = reason !== undefined && anew.has(reason.code);
  const { job, ended, mirror } = report;
  // A run of nothing but what failed deletes nothing that is extra.
  const isWhole = isAnew || mirror !== undefined;
  const command =
    job === undefined || (isWhole && ended === 'complete')
      ? 'run the same command again'
      : `boxhaul ${ended === 'complete' ? 'retry' : 'resume'} ${job}`;
  return first === undefined ? command : `${first} ${command}`;
}

/** Behind a number; the second spelling is for one. */
const onSkip: Partial<Record<ReasonCode, readonly [many: string, one: string]>> = {
  same: both('unchanged (same SHA-1)'),
  exists: both('there with other contents (--mode overwrite or update sends them)'),
  symlink: ['symbolic links', 'symbolic link'],
  'special-file': ['devices, pipes or sockets', 'device, pipe or socket'],
  'web-link': ['web links, which have no contents', 'web link, which has no contents'],
  'name-key': both('the key of the names, which only opens them'),
  unfinished: both('not complete in Box yet'),
  'dry-run': both('not done in a dry run'),
};

/** Why so many files were skipped, for behind their number: `unchanged (same SHA-1)`. */
export function skippedWords(code: string, count: number): string {
  const [many, one] = onSkip[code as ReasonCode] ?? both(code);
  return count === 1 ? one : many;
}

function both(words: string): readonly [string, string] {
  return [words, words];
}
