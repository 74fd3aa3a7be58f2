/** A file on this machine that a command makes. */
import { randomBytes } from 'node:crypto';
import { type FileHandle, lstat, open, rename, rm, stat } from 'node:fs/promises';
import { CliError } from './cli-error.ts';
import { printable } from './output/width.ts';

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
  const found = await stat(path).catch(() => undefined);
  if (!found || found.isFile()) return;
  const what = found.isDirectory() ? 'a folder' : 'no ordinary file';
  throw new CliError(`${printable(path)} is ${what}, and a file cannot take its place`, {
    ways: ['give the name of a file'],
  });
}

/**
 * Writes a file, in the place of what may stand there: beside it first, synced, then renamed, so that it is whole
 * under its name or not there.
 *
 * @returns how many bytes it has
 */
export async function writeNewFile(
  path: string,
  contents: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  await assertOrdinary(path);
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const bytes = await writeAndClose(await open(unfinished, 'wx'), contents);
    await rename(unfinished, path);
    return bytes;
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}

/**
 * Writes all of it, syncs and closes the file.
 *
 * @returns how many bytes it has
 */
export async function writeAndClose(
  file: FileHandle,
  contents: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<number> {
  let bytes = 0;
  try {
    for await (const chunk of contents) {
      // A full disk takes a part of a chunk, and says so only to who tries to write the rest.
      await file.writeFile(chunk);
      bytes += chunk.byteLength;
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return bytes;
}
