import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from './replace-file.ts';

/**
 * Writes a file that only its owner can read (mode 0600, in a folder made with 0700), so that a reader finds the old
 * contents or the new ones.
 */
export async function replacePrivateFile(path: string, contents: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replaceFile(path, contents, 0o600);
}
