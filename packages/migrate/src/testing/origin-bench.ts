import type { OpenOrigin } from '../far-origin.ts';
import type { HttpFront } from './http-front.ts';

/** Somewhere that an origin reads, and what a test does to it behind its back. Paths are below its root. */
export interface OriginBench extends AsyncDisposable {
  /** The origin of what is in the root. */
  open(signal: AbortSignal): Promise<OpenOrigin>;
  /** Makes a file, or other contents of it, and the folders above it. */
  put(path: string, bytes: Uint8Array, modifiedMs?: number): Promise<void>;
  /** Absent where a folder is only what files are in. */
  makeFolder?(path: string): Promise<void>;
  /** What is put there is known only when it is opened again. */
  readonly isList?: boolean;
  remove(path: string): Promise<void>;
  /** Makes a folder that cannot be read; what it returns undoes it. Absent where nothing stops whoever runs the test. */
  deny?(folder: string): Promise<() => Promise<void>>;
  /** Breaks each of the next connections once it has brought so many bytes. Absent where there are none. */
  readonly line?: { readonly cuts: number; cutAfter(bytes: number, times: number): void };
  /** What answers instead of the server. Absent where nothing is asked by HTTP. */
  readonly front?: Pick<HttpFront, 'instead'>;
}
