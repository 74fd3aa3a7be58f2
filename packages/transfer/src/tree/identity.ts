/** What tells that something on this machine is still what was seen. */
import { type BigIntStats, lstatSync } from 'node:fs';
import { lstat } from 'node:fs/promises';
import { fingerprintOf } from '../state/hashes.ts';

export interface Identity {
  kind: 'file' | 'folder' | 'other';
  bytes: number;
  fingerprint: string;
}

/** What stands at this path, or undefined. A link is a link, wherever it leads. */
export async function identityOf(path: string): Promise<Identity | undefined> {
  try {
    return identity(await lstat(path, { bigint: true }));
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

/** The same at once, for a step that must follow immediately. */
export function identityNow(path: string): Identity | undefined {
  const stats = lstatSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && identity(stats);
}

/** Of a folder only which one it is: what is in it may come and go. */
function identity(stats: BigIntStats): Identity {
  const kind = stats.isFile() ? 'file' : stats.isDirectory() ? 'folder' : 'other';
  const fingerprint = kind === 'folder' ? `${stats.dev} ${stats.ino}` : fingerprintOf(stats);
  return { kind, bytes: Number(stats.size), fingerprint };
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}
