/** Which files come down together, how many at once, and what is done when an archive was no help. Pure. */

/**
 * Whether many small files come down as one archive, which costs two calls instead of one for each file: `auto` when
 * that saves calls, `always` for a handful and for larger files too, `never`.
 */
export type ZipMode = 'auto' | 'always' | 'never';

interface Choice {
  /** Larger files come singly: they are in memory while they are unpacked. */
  readonly upToBytes: number;
  /** With fewer files an archive is not worth the wait. */
  readonly fewestFiles: number;
}

const CHOICES: Record<ZipMode, Choice> = {
  auto: { upToBytes: 1024 * 1024, fewestFiles: 10 },
  always: { upToBytes: 8 * 1024 * 1024, fewestFiles: 2 },
  never: { upToBytes: 0, fewestFiles: Number.POSITIVE_INFINITY },
};

/**
 * Half of what Box packs: those that are being compared may come on top.
 * @see https://developer.box.com/guides/downloads/folder/
 */
const MOST_FILES = 5_000;

/** What is lost when a connection breaks, and held on the disk until it is unpacked. */
const MOST_BYTES = 64 * 1024 * 1024;

/** So long files wait for others, while there is nothing else that they could wait for. */
const PATIENCE_MS = 1000;

/** So many archives come at once. Box allows five, and other programs of the user want some of them. */
export const ARCHIVES_AT_ONCE = 3;

/** Whether a file of this size may come in an archive. A file without contents costs no call at all. */
export function isForZip(mode: ZipMode, sizeBytes: number): boolean {
  return sizeBytes > 0 && sizeBytes <= CHOICES[mode].upToBytes;
}

/** Whether so many files are worth an archive. */
export function isWorthZip(mode: ZipMode, files: number): boolean {
  return files >= CHOICES[mode].fewestFiles;
}

/** Files that wait to come together. */
export interface Gathered {
  readonly files: number;
  readonly bytes: number;
  /** How long the first of them has waited. */
  readonly waitedMs: number;
}

/** No more may join them. */
export function isFull({ files, bytes }: Pick<Gathered, 'files' | 'bytes'>): boolean {
  return files >= MOST_FILES || bytes >= MOST_BYTES;
}

/** Whether they may go as soon as there is room for another archive, though more may be found. */
export function isDue(mode: ZipMode, gathered: Gathered): boolean {
  return isFull(gathered) || (isWorthZip(mode, gathered.files) && gathered.waitedMs >= PATIENCE_MS);
}

/** One to ask for it, and one to fetch it. */
export const ARCHIVE_CALLS = 2;

/** How many archives so many files come in, if they are found without delay. */
export function archivesFor(
  mode: ZipMode,
  { files, bytes }: Pick<Gathered, 'files' | 'bytes'>,
): number {
  if (!isWorthZip(mode, files)) return 0;
  return Math.max(Math.ceil(files / MOST_FILES), Math.ceil(bytes / MOST_BYTES));
}

/**
 * How an archive ended: all that it held was read (`whole`); Box refused to make it (`refused`), as when one of the
 * files is gone; this machine's disk did not take it (`disk`); or it was cut off, or no archive (`broken`).
 */
export type ArchiveEnd = 'whole' | 'refused' | 'disk' | 'broken';

/** How often files are asked for as an archive when it breaks. */
const TRIES = 3;

/** What becomes of the files that were not in it. */
export function nextStep(
  mode: ZipMode,
  { end, missing, tries }: { end: ArchiveEnd; missing: number; tries: number },
): 'again' | 'halves' | 'singly' {
  if (!isWorthZip(mode, missing)) return 'singly';
  switch (end) {
    case 'refused':
      return isWorthZip(mode, missing / 2) ? 'halves' : 'singly';
    case 'broken':
      return tries < TRIES ? 'again' : 'singly';
    // What Box left out of a whole archive it leaves out of the next.
    case 'whole':
    case 'disk':
      return 'singly';
  }
}

/** Halving finds the one file that Box refuses; if Box makes no archives at all, it is not to cost many calls. */
export function isHopeless({ refused, had }: { refused: number; had: number }): boolean {
  return refused > 20 + had;
}
