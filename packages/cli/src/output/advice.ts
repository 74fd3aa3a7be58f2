import type { Direction, ReasonCode, TransferResult } from '@boxhaul/transfer';

const again = 'run the same command again: it sends only what is left';

const onFailure: Partial<Record<ReasonCode, string>> = {
  'name-refused': 'rename it, then run the same command again',
  'name-collision': 'rename one of the two, then run the same command again',
  'in-the-way': 'rename or move what is in the way, then run the same command again',
  'changed-while-read': 'run the same command again when nothing writes to it',
  'no-permission': 'get the permission, then run the same command again',
  'disk-full': 'free some space, then run the same command again',
  'local-error': 'mend that, then run the same command again',
};

/** What to do about a file that failed: a line for a person. */
export function adviceOn(result: TransferResult, direction: Direction): string {
  const known = result.reason && onFailure[result.reason.code];
  return known ?? (direction === 'upload' ? again : again.replace('sends', 'fetches'));
}

const onSkip: Partial<Record<ReasonCode, string>> = {
  same: 'unchanged (same SHA-1)',
  exists: 'there already, with other contents (--mode overwrite or update sends them)',
  symlink: 'symbolic links',
  'special-file': 'devices, pipes or sockets',
  'web-link': 'bookmarks (they have no contents)',
  unfinished: 'not complete in Box yet',
  'dry-run': 'not done in a dry run',
};

/** Why files were skipped, behind their number. */
export function skippedWords(code: string): string {
  return onSkip[code as ReasonCode] ?? code;
}
