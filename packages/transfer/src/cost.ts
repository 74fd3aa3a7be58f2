/** How many of Box's calls each step takes when nothing goes wrong. Pure. */
import { SESSION_FROM_BYTES } from './plan.ts';
import type { Direction, TransferAction, TransferResult } from './transfer.ts';

/** What Box mostly asks for, doubled where there would be too many; the true size is known when a session is open. */
const PART_BYTES = 8 * 1024 * 1024;
const MOST_PARTS = 10_000;

/** Items in one page of a listing. */
const PAGE = 1000;

/** A new folder. */
export const FOLDER_CALLS = 1;

/** The listing of a folder with so many items. */
export function listingCalls(items: number): number {
  return Math.max(1, Math.ceil(items / PAGE));
}

function uploadCalls({ action, bytes: sizeBytes, via }: Done): number {
  // What is replaced goes to the trash, and the new file gets its name.
  const replacing = action === 'replaced' ? 2 : 0;
  if (via === 'copy' || sizeBytes < SESSION_FROM_BYTES) return 1 + replacing;
  let partBytes = PART_BYTES;
  while (partBytes * MOST_PARTS < sizeBytes) partBytes *= 2;
  // Opening and committing.
  return 2 + Math.ceil(sizeBytes / partBytes) + replacing;
}

/** A file that is, or would be, moved in this way. */
interface Done {
  readonly action: TransferAction;
  readonly bytes: number;
  readonly via?: TransferResult['via'];
}

/** What a file takes. A large download takes more where its connections are slow. */
export function fileCalls(direction: Direction, done: Done): number {
  if (done.action === 'moved') return direction === 'upload' ? 1 : 0;
  return direction === 'upload' ? uploadCalls(done) : 1;
}
