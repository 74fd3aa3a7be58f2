import type { JobContext } from './job.ts';

/** How many bytes go by between two events: often enough for a slow line, seldom enough for a fast one. */
const STEP_BYTES = 256 * 1024;

/**
 * Turns what is told of each piece of one file into progress events.
 * @param movedBytes so many cross the line for its `bytes`, where it is sealed
 */
export function progressOf(
  context: JobContext,
  path: string,
  bytes: number,
  movedBytes = bytes,
): (bytesDone: number) => void {
  let toldBytes = 0;
  return (movedDone) => {
    const bytesDone =
      movedBytes === bytes ? movedDone : Math.round((movedDone / movedBytes) * bytes);
    const isStep = Math.abs(bytesDone - toldBytes) >= STEP_BYTES;
    const isEnd = bytesDone === bytes && toldBytes !== bytes;
    if (!isStep && !isEnd) return;
    toldBytes = bytesDone;
    context.emit({ type: 'progress', path, bytesDone, bytes });
  };
}
