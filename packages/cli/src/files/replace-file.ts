import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/**
 * Writes a file beside its place first, synced, then renamed, so that a reader finds the old contents or the new ones,
 * and never a part.
 *
 * @param mode permissions of the new file, less those that the user's mask takes
 * @throws Node's own error; then the old file stands as it was
 */
export async function replaceFile(path: string, contents: string, mode: number): Promise<void> {
  const unfinished = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    const file = await open(unfinished, 'wx', mode);
    try {
      await file.writeFile(contents);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
}
