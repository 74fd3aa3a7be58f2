/** Bytes onto the disk, wherever they belong in a file. */
import { writev, writevSync } from 'node:fs';
import { promisify } from 'node:util';

const writevAsync = promisify(writev);

/** Writes all of `chunks` from `position` on, off this thread. They must not change before it is done. */
export async function writeAll(fd: number, chunks: Uint8Array[], position: number): Promise<void> {
  let rest = chunks;
  let offset = position;
  while (rest.length > 0) {
    const { bytesWritten } = await writevAsync(fd, rest, offset);
    offset += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

/** The same, on this thread: for little that goes into memory anyway. */
export function writeAllAtOnce(fd: number, chunks: Uint8Array[], position: number): void {
  let rest = chunks;
  let offset = position;
  while (rest.length > 0) {
    const bytesWritten = writevSync(fd, rest, offset);
    offset += bytesWritten;
    rest = after(rest, bytesWritten);
  }
}

/** What is left of `chunks` behind their first `bytes` bytes. */
function after(chunks: Uint8Array[], bytes: number): Uint8Array[] {
  let passed = bytes;
  const rest: Uint8Array[] = [];
  for (const chunk of chunks) {
    if (passed >= chunk.byteLength) passed -= chunk.byteLength;
    else {
      rest.push(chunk.subarray(passed));
      passed = 0;
    }
  }
  return rest;
}
