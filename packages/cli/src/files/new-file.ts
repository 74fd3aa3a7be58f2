/** A file on this machine that a command makes. */
import { randomBytes } from 'node:crypto';
import { lstatSync, renameSync } from 'node:fs';
import { link, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';

/**
 * Refuses a path that is taken.
 *
 * @param option what to type to replace it
 */
export async function assertFree(path: string, option: string): Promise<void> {
  const found = await lstat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  });
  if (found === undefined) return;
  throw new CliError(`${printable(path)} is there already`, {
    ways: [`${option}    replaces it`],
  });
}

/**
 * Refuses a path at which something stands that is no ordinary file: what is written beside it and renamed takes its
 * place, and a device such as /dev/null would be gone for everybody.
 */
export async function assertOrdinary(path: string): Promise<void> {
  // What cannot be looked at is told of when it is written to.
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : 'no ordinary file';
  throw new CliError(`${printable(path)} is ${what}, and a file cannot take its place`, {
    ways: ['give the name of a file'],
  });
}

/**
 * Writes a file beside its place first, synced, then under its name, so that it is whole there or not there.
 *
 * @param options `replace`: it takes the place of what may stand there; `mode`: its permissions, less those that the
 *   user's mask takes
 * @returns how many bytes it has
 * @throws Node's own error, such as `EEXIST` where nothing is to be replaced; what `contents` throws
 */
export async function writeNewFile(
  path: string,
  contents: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  { replace, mode = 0o666 }: { readonly replace: boolean; readonly mode?: number },
): Promise<number> {
  if (replace) await assertOrdinary(path);
  const unfinished = join(dirname(path), `.boxhaul-${randomBytes(6).toString('hex')}.part`);
  const file = await open(unfinished, 'wx', mode);
  try {
    let bytes = 0;
    try {
      // A full disk takes a part of a chunk, and says so only to who writes the rest, as this does.
      await file.writeFile(contents);
      await file.sync();
      bytes = (await file.stat()).size;
    } finally {
      await file.close();
    }
    if (replace) await rename(unfinished, path);
    else await appear(unfinished, path);
    return bytes;
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** A new name: a link, unlike a rename, never overwrites. */
async function appear(unfinished: string, path: string): Promise<void> {
  try {
    await link(unfinished, path);
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    if (!NO_HARD_LINKS.has(code)) throw error;
    // In one breath, so that hardly anything can come in between.
    if (lstatSync(path, { throwIfNoEntry: false })) throw taken(path);
    renameSync(unfinished, path);
  }
}

/** What file systems without hard links answer: FAT, many network drives, the memory cards of telephones. */
const NO_HARD_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EACCES']);

function taken(path: string): NodeJS.ErrnoException {
  const error = new Error(`EEXIST: file already exists, rename '${path}'`);
  return Object.assign(error, { code: 'EEXIST', syscall: 'rename', path });
}
