/**
 * What to do with one name, from what stands on both sides. Pure: what it does not know (a SHA-1 that
 * costs reading a file) it asks for with `hash`, and only when sizes alone do not decide.
 */
import { type Reason, reason } from './reason.ts';
import type { TransferAction, UploadMode } from './transfer.ts';

export type Verdict =
  | Decision
  /** Work out the local file's SHA-1 and ask again. */
  | { do: 'hash' };

export type Decision =
  | { do: 'send'; action: TransferAction }
  | { do: 'skip'; reason: Reason }
  | { do: 'fail'; reason: Reason };

/** Compares, and compares again with the local file's SHA-1 if it takes that. */
export async function decide(
  compare: (sha1: string | undefined) => Verdict,
  localSha1: () => Promise<string>,
): Promise<Decision> {
  const verdict = compare(undefined);
  if (verdict.do !== 'hash') return verdict;
  const decision = compare(await localSha1());
  if (decision.do !== 'hash') return decision;
  return { do: 'fail', reason: reason('box-error', 'Box did not say its SHA-1') };
}

/** What has the wanted name in Box. */
export interface BoxOccupant {
  id: string;
  type: 'file' | 'folder' | 'web_link';
  name: string;
  sizeBytes?: number;
  sha1?: string;
  /** It is sealed, and nobody here knows what it holds. */
  isOpaque?: boolean;
}

export interface UploadCase {
  name: string;
  sizeBytes: number;
  /** The local file's, once it is known. */
  sha1?: string;
  occupant?: BoxOccupant;
  mode: UploadMode;
  force: boolean;
}

export function compareUpload(candidate: UploadCase): Verdict {
  const { occupant, mode } = candidate;
  if (!occupant) return { do: 'send', action: 'new' };
  if (occupant.type !== 'file') {
    const what = `in Box a ${occupant.type === 'folder' ? 'folder' : 'web link'} (id ${occupant.id})`;
    return { do: 'fail', reason: reason('in-the-way', `${what} stands where this file should be`) };
  }
  // Adding or replacing a file whatever it holds needs no look at what it holds.
  if (candidate.force && mode !== 'upload') return { do: 'send', action: sending(mode) };
  const same = occupant.isOpaque ? false : sameContents(candidate, occupant);
  if (same === undefined) return { do: 'hash' };
  if (same) return { do: 'skip', reason: reason('same', sameWords(candidate.name, occupant.name)) };
  if (mode === 'upload') {
    const what = occupant.isOpaque
      ? 'sealed, with contents that are not known'
      : 'with other contents';
    return { do: 'skip', reason: reason('exists', `it is in Box already, ${what}`) };
  }
  return { do: 'send', action: sending(mode) };
}

function sending(mode: 'overwrite' | 'update'): TransferAction {
  return mode === 'overwrite' ? 'replaced' : 'version';
}

function sameWords(name: string, nameInBox: string): string {
  return name === nameInBox ? 'same contents' : `same contents, named "${nameInBox}" in Box`;
}

/** What has the wanted name on the local disk. */
export interface DiskOccupant {
  kind: 'file' | 'folder' | 'symlink' | 'special-file';
  sizeBytes: number;
  sha1?: string;
}

export interface DownloadCase {
  sizeBytes: number;
  sha1: string;
  /** It is sealed, and nobody here knows what it holds. */
  isOpaque?: boolean;
  occupant?: DiskOccupant;
  force: boolean;
}

const IN_THE_WAY = {
  folder: 'here a folder stands where this file should be',
  symlink: 'here a symbolic link stands where this file should be',
  'special-file': 'here something that is no ordinary file stands where this file should be',
} as const;

export function compareDownload(candidate: DownloadCase): Verdict {
  const { occupant } = candidate;
  if (!occupant) return { do: 'send', action: 'new' };
  if (occupant.kind !== 'file') {
    return { do: 'fail', reason: reason('in-the-way', IN_THE_WAY[occupant.kind]) };
  }
  if (candidate.force || candidate.isOpaque) return { do: 'send', action: 'replaced' };
  const same = sameContents(candidate, occupant);
  if (same === undefined) return { do: 'hash' };
  return same
    ? { do: 'skip', reason: reason('same', 'same contents') }
    : { do: 'send', action: 'replaced' };
}

/** Undefined while a SHA-1 would be needed and one of the two is not known. */
function sameContents(
  one: { sizeBytes: number; sha1?: string },
  other: { sizeBytes?: number; sha1?: string },
): boolean | undefined {
  if (other.sizeBytes !== undefined && one.sizeBytes !== other.sizeBytes) return false;
  if (one.sha1 === undefined || other.sha1 === undefined) return undefined;
  return one.sha1 === other.sha1;
}
