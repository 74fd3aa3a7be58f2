/**
 * Where the files of an upload come from. The disk of this machine is one such place (`disk-origin`); whoever brings
 * another, such as a server's folders or a bucket, has all the rest of the engine with it.
 */

import type { FileFacts } from '../selection/file-facts.ts';
import type { Filter } from '../selection/filter.ts';
import type { IgnoreRules } from '../selection/ignore-rules.ts';
import type { Hashes } from '../state/hashes.ts';
import type { TransferEvent, TransferResult } from '../transfer.ts';
import type { Source } from './source.ts';

/** One name in a folder of an origin. */
export interface OriginEntry {
  name: string;
  /** Where it is, in the origin's own way of naming places. */
  path: string;
  kind: 'file' | 'folder' | 'symlink' | 'special-file' | 'web-link';
  /** Where a web link leads. */
  url?: string;
  /** What the listing said of it, where it says more than a name. */
  facts?: FileFacts;
  /** A `.boxhaulignore` says that it takes no part. */
  isIgnored?: boolean;
  /** What such files say of all that is in this folder. */
  ignoring?: IgnoreRules;
}

/** What reading an origin takes of a run. */
export interface OriginContext {
  /** Fires when nothing more is wanted. */
  readonly signal: AbortSignal;
  readonly filter: Filter;
  /** Tells whoever runs it something that is no file's end. */
  readonly emit?: (event: Extract<TransferEvent, { type: 'notice' }>) => void;
}

/** What a file was before it was what it is. */
export interface EarlierState {
  /** To be opened as the file itself. */
  readonly entry: OriginEntry;
  /** SHA-1 (hex). */
  readonly sha1: string;
}

/** The size of a file; what cannot be looked at counts as nothing, and fails when it is opened. */
export async function sizeOf(file: OriginEntry, origin: Pick<Origin, 'facts'>): Promise<number> {
  const facts = file.facts ?? (await origin.facts(file));
  return facts?.sizeBytes ?? 0;
}

/** A tree of folders and files, read from its top. Its owner opens and closes it. */
export interface Origin {
  /** What makes it this one and no other, in words that are the same in each run; no secrets. */
  readonly identity: readonly string[];
  /** What stands at the top, and a result for each part of it that is not to be had. */
  top(context: OriginContext): Promise<{ entries: OriginEntry[]; failed: TransferResult[] }>;
  /** What is in a folder, in an order that is the same in each run. @throws it cannot be read */
  list(folder: OriginEntry, context: OriginContext): Promise<readonly OriginEntry[]>;
  /** What can be said of a file without reading it; undefined if it cannot be looked at. */
  facts(file: OriginEntry): Promise<FileFacts | undefined>;
  /**
   * Opens a file to be read; the caller closes it. What is read may throw as well: `not-found` and `no-permission` as
   * `TransferFailure`, so that they are not taken for what Box says.
   * @param known what is remembered of files that were read before
   * @throws it is not to be had
   */
  open(file: OriginEntry, signal: AbortSignal, known?: Pick<Hashes, 'find'>): Promise<Source>;
  /** What the file was before, oldest first: that is put into Box as well, as versions under it. @default nothing */
  earlier?(file: OriginEntry, signal: AbortSignal): Promise<readonly EarlierState[]>;
}
