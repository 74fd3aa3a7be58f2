import {
  closeSync,
  fstatSync,
  ftruncateSync,
  openSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import type { Rotation } from '../log.ts';

/** A file that makes room for itself when it is full. */
export interface LogFile {
  /** @throws Node's own error when the disk takes no more */
  write(line: string): void;
  close(): void;
}

/**
 * Opens a file to append to. Each line is written at once, so that a crash keeps every line up to it; several
 * processes may write to one file, and whoever finds it full makes room for all.
 * @throws Node's own error when it cannot be opened
 */
export function openLogFile(path: string, { maxBytes, keep }: Rotation): LogFile {
  let descriptor = openSync(path, 'a', 0o600);
  let stats = fstatSync(descriptor);
  let bytes = stats.size;

  /** Another process may have made room already: then the name stands for another file than ours. */
  const turn = () => {
    if (statSync(path, { throwIfNoEntry: false })?.ino === stats.ino) {
      if (keep > 0) shift(path, keep);
      // All who have it open append: they go on at its new end.
      else ftruncateSync(descriptor);
    }
    closeSync(descriptor);
    descriptor = openSync(path, 'a', 0o600);
    stats = fstatSync(descriptor);
    bytes = stats.size;
  };
  return {
    write(line) {
      const added = Buffer.byteLength(line);
      if (bytes > 0 && bytes + added > maxBytes && stats.isFile()) turn();
      writeFileSync(descriptor, line);
      bytes += added;
    },
    close: () => closeSync(descriptor),
  };
}

/** `run.log.1` becomes `run.log.2`, the oldest goes, and `run.log` becomes `run.log.1`. */
function shift(path: string, keep: number): void {
  for (let age = keep; age > 0; age--) {
    const younger = age === 1 ? path : `${path}.${age - 1}`;
    if (statSync(younger, { throwIfNoEntry: false })) renameSync(younger, `${path}.${age}`);
  }
}
