/**
 * The tree that the system tests move: real files (sources, documents and binaries of the
 * installed packages) beside the awkward ones (empty, large, deep, long and accented names).
 */
import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { copyFile, mkdir, readdir, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const MEBIBYTE = 1024 * 1024;
const REAL_FILES = 520;
const REAL_FILE_SOURCES = ['undici', 'zod', 'fastify', 'typescript', '@types/node'];

/** Writes the tree into `root`: at least 500 files, one of `largeFileBytes` (200 MB by default). */
export async function makeTree(root: string, largeFileBytes = 200 * MEBIBYTE): Promise<void> {
  await copyRealFiles(join(root, 'real'), REAL_FILES);
  for (const [path, contents] of Object.entries(awkwardFiles())) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), contents);
  }
  await mkdir(join(root, 'an empty folder'), { recursive: true });
  await writeNoise(join(root, 'large.bin'), largeFileBytes);
}

/**
 * Writes `count` files of up to 8 KiB in 40 folders, and two of `largeBytes`, if not 0; the second is a byte larger,
 * so that their parts are told apart.
 */
export async function makeManyFiles(
  root: string,
  count: number,
  largeBytes: number,
): Promise<void> {
  for (let number = 0; number < count; number++) {
    const folder = join(root, `folder ${number % 40}`, ...(number % 3 === 0 ? ['below'] : []));
    await mkdir(folder, { recursive: true });
    const contents = noise(`file ${number}`, (number * 37) % 8192);
    await writeFile(join(folder, `file ${number}.txt`), contents);
  }
  if (largeBytes === 0) return;
  await writeNoise(join(root, 'first.bin'), largeBytes);
  await writeNoise(join(root, 'folder 3/second.bin'), largeBytes + 1);
}

function awkwardFiles(): Record<string, string | Uint8Array> {
  const deep = Array.from({ length: 12 }, (_, level) => `level ${level + 1}`).join('/');
  return {
    'empty.txt': '',
    'one byte': 'x',
    'with spaces  twice.txt': 'two spaces',
    ' leading space.txt': 'a leading space is a name like any other',
    '.hidden/.dotfile': 'hidden',
    'emoji 🚚📦/👩‍👩‍👧‍👦.txt': 'four bytes a character, and joiners',
    'accents/composed \u00e9.txt': 'NFC',
    'accents/decomposed e\u0301.txt': 'NFD',
    'quotes \' and ".txt': 'quoted',
    'signs #%&+=;,@!~$^(){}[]`.txt': 'signs that mean something in an address',
    'question? star* colon: pipe| <angle>.txt': 'names that Windows refuses',
    [`${'n'.repeat(196)}.txt`]: 'a name of 200 characters',
    [`${deep}/twelve levels down.txt`]: 'deep',
    'MiXeD CaSe.TXT': 'case is kept',
    'archives/weekly.zip': noise('weekly', 70_000),
    'archives/monthly.ZIP': noise('monthly', 120_000),
    'archives/image.isx': noise('image', 3 * MEBIBYTE),
  };
}

/** Copies `count` files of the installed packages, in a stable order, folders and all. */
async function copyRealFiles(target: string, count: number): Promise<void> {
  const modules = join(import.meta.dirname, '..', '..', 'node_modules');
  let left = count;
  for (const name of REAL_FILE_SOURCES) {
    const entries = await readdir(join(modules, name), { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile() && extname(entry.name) !== '')
      .map((entry) => join(entry.parentPath, entry.name))
      .sort()
      .slice(0, Math.min(left, Math.ceil(count / REAL_FILE_SOURCES.length)));
    for (const file of files) {
      const copy = join(target, file.slice(modules.length));
      await mkdir(dirname(copy), { recursive: true });
      await copyFile(file, copy);
    }
    left -= files.length;
  }
}

/** Bytes that do not compress and are the same at every run: SHA-256 in counter mode. */
function noise(seed: string, sizeBytes: number): Uint8Array {
  const blocks: Buffer[] = [];
  for (let made = 0, counter = 0; made < sizeBytes; made += 32, counter++) {
    blocks.push(createHash('sha256').update(`${seed} ${counter}`).digest());
  }
  return Buffer.concat(blocks).subarray(0, sizeBytes);
}

async function writeNoise(path: string, sizeBytes: number): Promise<void> {
  const block = noise(path.slice(-9), MEBIBYTE);
  function* blocks(): Generator<Uint8Array> {
    for (let made = 0, number = 0; made < sizeBytes; made += MEBIBYTE, number++) {
      const numbered = Buffer.from(block);
      numbered.writeUInt32BE(number, 0); // so that no two blocks are alike
      yield numbered.subarray(0, Math.min(MEBIBYTE, sizeBytes - made));
    }
  }
  await pipeline(Readable.from(blocks()), createWriteStream(path));
}
