/**
 * The names of files that are being downloaded, and which of them nobody is writing any more. The name
 * says which process on which machine writes it, so that a run can remove what killed runs left behind
 * and leave alone what another process has in hand.
 */
import { lstat, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { THIS_PROCESS, whoIs } from './process-name.ts';

const PATTERN = /^\.boxhaul-([0-9a-f]{8}-[0-9]+-[0-9a-f]{8})[0-9a-f]{12}\.part$/;

/** A writer that is alive never pauses this long: its connections would have timed out. */
const ABANDONED_AFTER_MS = 60 * 60 * 1000;

let named = 0;

/** A name that no other file has, short enough for any disk. */
export function temporaryName(): string {
  named += 1;
  return `.boxhaul-${THIS_PROCESS}${named.toString(16).padStart(12, '0')}.part`;
}

export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}

/**
 * Removes those of `names`, in `directory`, that are temporary files of processes which are gone. A folder of such
 * a name, which Box may have, is none of ours.
 * @param isKept which of them, by path, a later run goes on with
 */
export async function removeAbandoned(
  directory: string,
  names: Iterable<string>,
  isKept: (path: string) => boolean,
): Promise<void> {
  for (const name of names) {
    if (!isTemporaryName(name)) continue;
    const path = join(directory, name);
    if ((await isAbandoned(name, path)) && !isKept(path)) await rm(path, { force: true });
  }
}

/** Who writes the temporary file of this name, as far as this machine can tell. */
export function writerOf(name: string): ReturnType<typeof whoIs> {
  return whoIs(PATTERN.exec(name)?.[1] ?? '');
}

async function isAbandoned(name: string, path: string): Promise<boolean> {
  const writer = writerOf(name);
  if (writer === 'this process') return false;
  // What cannot be looked at is left alone.
  const stats = await lstat(path).catch(() => undefined);
  if (!stats || stats.isDirectory()) return false;
  return writer === 'nobody' || Date.now() - stats.mtimeMs > ABANDONED_AFTER_MS;
}
