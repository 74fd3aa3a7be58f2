/** How a large file is cut, and how much of it is held in memory at once. Pure. */

/** From this size Box wants an upload session. @see https://developer.box.com/guides/uploads/ */
export const SESSION_FROM_BYTES = 50_000_000;

/** The same of what is to be sealed: encrypting adds a five-thousandth, and a head. */
export const SEALED_SESSION_FROM_BYTES = 0.99 * SESSION_FROM_BYTES;

/** Up to this size a file is read whole before it is sent, and written in one piece. */
export const WHOLE_UP_TO_BYTES = 1024 * 1024;

/** From this size a download may have several connections, and is gone on with by the next run. */
export const RANGES_FROM_BYTES = 32 * 1024 * 1024;

/**
 * What all parts in flight may hold in memory together: eight of the size that Box mostly asks for, so that a line
 * which gives each connection little is filled by many.
 */
export const PART_MEMORY_BYTES = 64 * 1024 * 1024;

export interface Part {
  offset: number;
  sizeBytes: number;
}

/** The parts of a file in order: each of Box's part size but the last, every byte once. */
export function* partsOf(totalBytes: number, partSizeBytes: number): Generator<Part> {
  for (let offset = 0; offset < totalBytes; offset += partSizeBytes) {
    yield { offset, sizeBytes: Math.min(partSizeBytes, totalBytes - offset) };
  }
}
