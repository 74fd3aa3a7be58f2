/** A Box, a disk and the files of one column: what many runs share, one after the other. */
import { createHash, hash } from 'node:crypto';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { BoxClient, type Clock, clientCredentialsAuth } from '@boxhaul/client';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { upload } from '@boxhaul/transfer';
import type { Column } from './columns.ts';

export interface Bench extends AsyncDisposable {
  readonly column: Column;
  readonly emulator: Emulator;
  /** A client that nothing befalls: whoever else works in this Box. */
  readonly someone: BoxClient;
  readonly root: string;
  /** The files on this machine. */
  readonly files: string;
  /** The SHA-1 of each, by path. */
  readonly sha1s: ReadonlyMap<string, string>;
  /** The Box folder that has them, for downloads. */
  readonly folderId: string;
}

export async function openBench(column: Column, seed: number): Promise<Bench> {
  const emulator = await startEmulator(
    column.bandwidthBytesPerSecond === undefined
      ? {}
      : { bandwidthBytesPerSecond: column.bandwidthBytesPerSecond },
  );
  const someone = clientOf(emulator, { patienceMs: 30_000, maxRetries: 5 });
  const root = await realpath(await mkdtemp(join(tmpdir(), 'boxhaul-matrix-')));
  const files = join(root, 'files');
  const sha1s = await makeFiles(files, column, seed);
  const { id: folderId } = await someone.folders.create({ name: 'files', parentId: '0' });
  if (column.direction === 'download') {
    await upload({ client: someone, sources: [`${files}/`], folderId, mode: 'upload' });
  }
  return {
    column,
    emulator,
    someone,
    root,
    files,
    sha1s,
    folderId,
    async [Symbol.asyncDispose]() {
      await someone.close();
      await emulator.close();
      await rm(root, { recursive: true, force: true });
    },
  };
}

/** @param patienceMs how long an answer, or the next piece of one, may take */
export function clientOf(
  emulator: Emulator,
  { patienceMs, maxRetries }: { patienceMs: number; maxRetries: number },
): BoxClient {
  return new BoxClient({
    auth: clientCredentialsAuth({
      clientId: emulator.app.clientID,
      clientSecret: emulator.app.clientSecret,
      enterpriseId: emulator.enterpriseId,
    }),
    baseUrl: emulator.url,
    env: {},
    clock: hastyClock(),
    maxRetries,
    timeouts: { headersMs: patienceMs, bodyIdleMs: patienceMs },
  });
}

/** Real time, but for pauses: they are over at once, as if they had been waited for. */
function hastyClock(): Clock {
  let skippedMs = 0;
  return {
    now: () => Date.now() + skippedMs,
    async sleep(ms, signal) {
      skippedMs += ms;
      await new Promise(setImmediate);
      signal?.throwIfAborted();
    },
  };
}

async function makeFiles(
  root: string,
  { files }: Column,
  seed: number,
): Promise<Map<string, string>> {
  const sha1s = new Map<string, string>();
  for (const [path, sizeBytes] of Object.entries(files)) {
    const bytes = noise(`${seed} ${path}`, sizeBytes);
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), bytes);
    sha1s.set(path, hash('sha1', bytes));
  }
  return sha1s;
}

/** The same bytes for the same words, and no two stretches of them alike. */
function noise(words: string, sizeBytes: number): Buffer {
  const shake = createHash('shake256', { outputLength: Math.min(sizeBytes, 1_000_003) || 1 });
  const bytes = Buffer.alloc(sizeBytes, shake.update(words).digest());
  for (let at = 0; at + 4 <= sizeBytes; at += 4096) bytes.writeUInt32BE(at, at);
  return bytes;
}
