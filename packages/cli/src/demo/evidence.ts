/**
 * What the demo's claims rest on. Nothing here uses the code whose work is being judged: the disk is
 * read again, and Box is asked again.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, open, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BoxClient } from '@boxhaul/client';

/** Path (with `/`) → SHA-1 in hex. */
export type Digests = ReadonlyMap<string, string>;

/** The paths of all files below a folder on this machine, with `/` between names. */
async function pathsOnDisk(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}

/** Reads every file below a folder on this machine. */
export async function digestsOnDisk(folder: string): Promise<Digests> {
  const digests = new Map<string, string>();
  for (const path of await pathsOnDisk(folder)) {
    const hash = createHash('sha1');
    await pipeline(createReadStream(join(folder, path)), hash);
    digests.set(path, hash.digest('hex'));
  }
  return digests;
}

/**
 * Compares the files `paths` of one folder with all that is in another, byte for byte.
 *
 * @returns the first difference in words; `undefined` where there is none.
 */
export async function differenceOnDisk(
  original: string,
  paths: readonly string[],
  copy: string,
): Promise<string | undefined> {
  const found = new Set(await pathsOnDisk(copy));
  for (const path of paths) {
    if (!found.delete(path)) return `${path} is missing`;
    if (!(await sameBytes(join(original, path), join(copy, path)))) {
      return `${path} has other contents`;
    }
  }
  const [extra] = found;
  return extra === undefined ? undefined : `${extra} should not be there`;
}

async function sameBytes(one: string, other: string): Promise<boolean> {
  await using left = await open(one);
  await using right = await open(other);
  for (;;) {
    const [a, b] = [await piece(left), await piece(right)];
    if (!a.equals(b)) return false;
    if (a.length === 0) return true;
  }
}

/** The next piece of a file, full unless the file ends in it: short reads must not look like a difference. */
async function piece(file: FileHandle): Promise<Buffer> {
  const buffer = Buffer.alloc(1 << 20);
  let length = 0;
  while (length < buffer.length) {
    const { bytesRead } = await file.read(buffer, length);
    if (bytesRead === 0) break;
    length += bytesRead;
  }
  return buffer.subarray(0, length);
}

/** A file on Box, as Box lists it. */
export interface FileOnBox {
  id: string;
  sha1: string;
}

/** Lists every file below a folder on Box: path → id and SHA-1. */
export async function filesOnBox(
  client: BoxClient,
  folderId: string,
  prefix = '',
): Promise<Map<string, FileOnBox>> {
  const found = new Map<string, FileOnBox>();
  for await (const item of client.folders.items(folderId, { fields: ['name', 'sha1'] })) {
    const path = `${prefix}${item.name}`;
    if (item.type === 'folder') {
      for (const [below, file] of await filesOnBox(client, item.id, `${path}/`)) {
        found.set(below, file);
      }
    } else if (item.type === 'file') {
      found.set(path, { id: item.id, sha1: item.sha1 ?? '' });
    }
  }
  return found;
}

/** The digests that Box lists. */
export function digestsOf(files: ReadonlyMap<string, FileOnBox>): Digests {
  return new Map([...files].map(([path, { sha1 }]) => [path, sha1]));
}

/** The first difference between two sets of files, in words; `undefined` where there is none. */
export function difference(expected: Digests, found: Digests): string | undefined {
  for (const [path, sha1] of expected) {
    const other = found.get(path);
    if (other === undefined) return `${path} is missing`;
    if (other !== sha1) return `${path} has other contents`;
  }
  for (const path of found.keys()) {
    if (!expected.has(path)) return `${path} should not be there`;
  }
  return undefined;
}
