import type { BoxClient } from '@boxhaul/client';
import type { Copying } from '../distribute/copying.ts';
import type { RememberedUploads } from './kept-session.ts';
import type { PartMemory } from './part-memory.ts';

/** Where contents go: a new name in a folder, or on top of the version that has this etag. */
export type Destination =
  | { name: string; folderId: string }
  | { fileId: string; ifMatch: string | undefined };

/** What it takes to send contents. */
export interface Sending {
  readonly client: BoxClient;
  readonly memory: PartMemory;
  readonly signal: AbortSignal;
  /** Fires when the run is to end in good order: what can be gone on with later then stops. */
  readonly ending: AbortSignal;
  readonly remembered?: RememberedUploads;
  /** Brings them from where Box has them already, if it can. */
  readonly copying?: Copying;
  onProgress(bytesDone: number): void;
  /** Waits for Box to do its part without holding up other files. */
  aside<T>(wait: () => Promise<T>): Promise<T>;
}

/** What is asked of Box about a file that was sent. */
export const SENT_FIELDS = ['id', 'etag', 'name', 'size', 'sha1', 'file_version'];
