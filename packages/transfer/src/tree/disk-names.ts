import { isUtf8 } from 'node:buffer';
import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';

/**
 * The names in a folder, where some may be no UTF-8. Node puts U+FFFD for each byte that it cannot read, and then two
 * names may look alike and neither leads to its file: here such a byte becomes half a surrogate pair, so that the name
 * stays one of its own and `isWellFormed` tells it from all others.
 */
export async function readRawNames(
  path: string,
): Promise<{ entry: Dirent<Buffer>; name: string }[]> {
  const entries = await readdir(path, { withFileTypes: true, encoding: 'buffer' });
  return entries.map((entry) => ({ entry, name: nameOf(entry.name) }));
}

/** `a\xff.txt` → `a\udcff.txt` */
export function nameOf(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString();
  let name = '';
  for (let at = 0; at < bytes.length; ) {
    const first = bytes[at] ?? 0;
    const character = bytes.subarray(at, at + lengthAfter(first));
    const isValid = isUtf8(character);
    name += isValid ? character.toString() : String.fromCharCode(0xdc00 + first);
    at += isValid ? character.length : 1;
  }
  return name;
}

function lengthAfter(first: number): number {
  if (first < 0xc0) return 1;
  return first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}
