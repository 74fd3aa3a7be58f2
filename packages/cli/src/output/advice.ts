import type { Direction, ReasonCode, TransferResult } from '@boxhaul/transfer';

/** What nearly always helps. */
export function again(direction: Direction): string {
  const verb = direction === 'upload' ? 'sends' : 'fetches';
  return `run the same command again: it ${verb} only what is left`;
}

const onFailure: Partial<Record<ReasonCode, string>> = {
  'name-refused': 'rename it, then run the same command again',
  'name-collision': 'rename one of the two, then run the same command again',
  'in-the-way': 'rename or move what is in the way, then run the same command again',
  'changed-while-read': 'run the same command again when nothing writes to it',
  'changed-on-disk': 'copy it if it matters, then run the same command again: it replaces it',
  'no-permission': 'get the permission, then run the same command again',
  'disk-full': 'free some space, then run the same command again',
  'local-error': 'mend that, then run the same command again',
};

/** What to do about a file that failed: a line for a person. */
export function adviceOn(result: TransferResult, direction: Direction): string {
  const known = result.reason && onFailure[result.reason.code];
  return known ?? again(direction);
}

/** Behind a number; the second spelling is for one. */
const onSkip: Partial<Record<ReasonCode, readonly [many: string, one: string]>> = {
  same: both('unchanged (same SHA-1)'),
  exists: both('there with other contents (--mode overwrite or update sends them)'),
  symlink: ['symbolic links', 'symbolic link'],
  'special-file': ['devices, pipes or sockets', 'device, pipe or socket'],
  'web-link': ['bookmarks without contents', 'bookmark without contents'],
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
