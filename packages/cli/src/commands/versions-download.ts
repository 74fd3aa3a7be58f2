import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { BoxFile } from '@boxhaul/client';
import { readFile } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { writeNewFile } from '../files/new-file.ts';
import { printable } from '../output/width.ts';
import type { Doing } from '../rows/verb.ts';
import type { VersionsDownloadRow } from '../verbs/tidy/versions-download.ts';
import { wordsOf } from './items.ts';
import { pastVersionOf } from './versions.ts';

/** `boxhaul versions download`. */
export const versionsDownload: Doing<VersionsDownloadRow> = {
  async find({ path, version: wanted, to }, context) {
    const place = await context.file(path);
    const { item, client } = place;
    const version = await pastVersionOf(place, wanted, context.signal);
    const { id, number, sha1, bytes } = version;
    const wish = resolve(context.cwd, to ?? '.');
    const target = (await isFolder(wish)) ? join(wish, basename(version.name ?? item.name)) : wish;
    const words = `${wordsOf(place)}   version ${number ?? id} → ${target}`;
    const there = await sha1Of(target);
    if (there === sha1) return { words, because: 'it is here already' };
    if (there !== undefined) throw isTaken(target);
    return {
      words,
      make: async () => {
        const past = {
          ...(item as BoxFile),
          sha1,
          ...(bytes !== undefined && { size: bytes }),
          file_version: { type: 'file_version', id, sha1 },
        } as const;
        await write(target, readFile({ client, file: past, signal: context.signal }));
        return { id, fields: { file: target, sha1, bytes: bytes ?? 0 } };
      },
    };
  },
};

/** Replaces nothing. */
async function write(target: string, contents: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await writeNewFile(target, contents, { replace: false });
  } catch (error) {
    if (!(error instanceof Error) || !('syscall' in error)) throw error;
    throw 'code' in error && error.code === 'EEXIST' ? isTaken(target) : notWritable(target, error);
  }
}

async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return false;
    throw notWritable(path, error);
  }
}

async function sha1Of(path: string): Promise<string | undefined> {
  const hash = createHash('sha1');
  try {
    await pipeline(createReadStream(path), hash);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw notWritable(path, error);
  }
  return hash.digest('hex');
}

function isTaken(target: string): CliError {
  return new CliError(`${printable(target)} is here already, with other contents`, {
    ways: ['--to <another file>'],
  });
}

function notWritable(target: string, cause: unknown): CliError {
  const { code = '' } = cause as NodeJS.ErrnoException;
  return new CliError(`${printable(target)} cannot be written (${code})`, {
    ways: ['--to <a file in a folder that is there>'],
    exitCode: ExitCode.failed,
    cause,
  });
}
