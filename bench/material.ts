/** What the jobs of the bench move. */
import { link, mkdir, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The sizes in the table. */
export const SMALL = { folders: 40, files: 2000, bytes: 4096 };
export const LARGE_BYTES = 2 ** 30;

/** Folders of small files, no two the same. */
export async function makeSmallFiles(
  root: string,
  { folders, files, bytes }: { folders: number; files: number; bytes: number } = SMALL,
): Promise<void> {
  for (let folder = 0; folder < folders; folder++) {
    const directory = join(root, `folder ${folder}`);
    await mkdir(directory, { recursive: true });
    for (let file = 0; file < files / folders; file++) {
      const contents = Buffer.alloc(bytes, `${folder}/${file} `);
      await writeFile(join(directory, `file ${folder}-${file}.txt`), contents);
    }
  }
}

/** Names for a million files, at the price of a few: each folder's are links to one of its files. */
export async function makeManyNames(root: string, folders: number, files: number): Promise<void> {
  await mkdir(root, { recursive: true });
  for (let folder = 0; folder < folders; folder++) {
    const directory = join(root, `folder ${folder}`);
    await mkdir(directory);
    let first = '';
    for (let start = 0; start < files; start += LINKS_AT_ONCE) {
      // A file has only so many names.
      if (start % LINKS_OF_A_FILE === 0) {
        first = join(root, '..', `contents ${folder}-${start}`);
        await writeFile(first, 'small');
      }
      const count = Math.min(LINKS_AT_ONCE, files - start);
      const names = Array.from({ length: count }, (_, index) => `file ${start + index}.txt`);
      await Promise.all(names.map((name) => link(first, join(directory, name))));
    }
  }
}

const LINKS_AT_ONCE = 500;
const LINKS_OF_A_FILE = 50_000;

/** One file of so many bytes. */
export async function makeLargeFile(root: string, bytes: number = LARGE_BYTES): Promise<void> {
  await mkdir(root);
  const block = Buffer.alloc(2 ** 20);
  async function* blocks(): AsyncGenerator<Buffer> {
    for (let number = 0; number < bytes / block.length; number++) {
      block.fill(`block ${number} `);
      yield Buffer.from(block);
    }
  }
  await writeFile(join(root, 'large.bin'), blocks());
}

/** A file of words in no order, which compresses as logs and tables do. */
export async function makeText(path: string, bytes: number): Promise<void> {
  let state = 1;
  const below = (end: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * end);
  };
  const word = () => Array.from({ length: 3 + below(7) }, () => 'etaoinshrdlu'[below(12)]).join('');
  const words = Array.from({ length: 4096 }, word);
  async function* blocks(): AsyncGenerator<Buffer> {
    for (let made = 0; made < bytes; ) {
      const chosen = Array.from({ length: 20_000 }, () => words[below(64) * below(64)]);
      const block = Buffer.from(`${chosen.join(' ')}\n`).subarray(0, bytes - made);
      made += block.length;
      yield block;
    }
  }
  await writeFile(path, blocks());
}

/** One file that has a size and no contents: all its bytes are 0. */
export async function makeHollowFile(root: string, bytes: number): Promise<void> {
  await mkdir(root);
  const path = join(root, 'hollow.bin');
  await writeFile(path, '');
  await truncate(path, bytes);
}
