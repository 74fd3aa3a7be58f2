/** Contents of files on standard output, as they come. */
import { BoxhaulError } from '@boxhaul/client';
import { readFile } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { openProblems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';
import { eachPlace } from './each-place.ts';

/** Which bytes of a file are wanted, both ends included. */
export interface Extent {
  readonly start: number;
  readonly end?: number;
}

export interface Excerpt {
  /** Of a file of this size. @default all */
  extentOf?(sizeBytes: number): Extent;
  /** Made anew for each file: takes what is wanted of the next bytes; `isLast`: no more are. */
  cutter?(): (chunk: Uint8Array) => { readonly wanted: Uint8Array; readonly isLast: boolean };
  /** A line above each of several files. */
  readonly isTitled?: boolean;
}

/**
 * Writes the contents of all files that the words name to standard output, one after the other, no faster than they
 * are read there. With --json they are `contents` events, and
 * `read` at the end of each file.
 *
 * @throws CliError a word names no file; or what came is not what Box has
 */
export async function writeContents(
  context: CommandContext,
  words: readonly string[],
  excerpt: Excerpt = {},
): Promise<ExitCode> {
  const { signal } = context;
  const connection = await openConnection(context);
  try {
    const problems = openProblems(context);
    const places = openPlaces(connection.client, { expect: 'file', fields: ['size'], signal });
    let count = 0;
    await eachPlace(words, places, problems, async (place) => {
      const isTitled = excerpt.isTitled === true && (words.length > 1 || place.isMatch);
      if (isTitled) context.output.print(`${count === 0 ? '' : '\n'}==> ${place.words} <==`);
      count += 1;
      await writeFile(context, place, excerpt);
    });
    return problems.exitCode;
  } finally {
    await connection.close();
  }
}

async function writeFile(
  context: CommandContext,
  place: FoundPlace,
  { extentOf, cutter }: Excerpt,
): Promise<void> {
  const { item, client, path, words } = place;
  if (item.type !== 'file') throw new CliError(`${printable(words)} is no file`);
  const { output, stdout, signal } = context;
  const called = { id: item.id, name: item.name, path };
  const cut = cutter?.();
  const range = extentOf?.(item.size ?? 0);
  const start = range?.start ?? 0;
  let offset = start;
  const chunks = readFile({
    client,
    file: item,
    signal,
    ...(range && { range }),
    onRetry: ({ words: why }) => {
      if (output.verbose) output.warn(`${printable(words)}: on from byte ${offset}: ${why}`);
    },
  });
  try {
    for await (const chunk of chunks) {
      const { wanted, isLast } = cut?.(chunk) ?? { wanted: chunk, isLast: false };
      if (output.json) output.event('contents', { ...called, offset, base64: base64Of(wanted) });
      else stdout.write(wanted);
      offset += wanted.byteLength;
      await room(stdout, signal);
      if (isLast) break;
    }
    output.event('read', { ...called, offset: start, bytes: offset - start });
  } catch (error) {
    throw signal.aborted || offset === start ? error : brokenOff(error, words);
  }
}

function base64Of(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** What was written cannot be taken back, so that it is said what it is. */
function brokenOff(error: unknown, words: string): unknown {
  if (!(error instanceof BoxhaulError) || error.recovery === 'stop') return error;
  const written =
    error.code === 'wrong-contents'
      ? 'what was written is not what Box has: do not use it'
      : 'what was written is only a part of it';
  return new CliError(`${printable(words)}: ${error.message}`, {
    details: [written],
    exitCode: ExitCode.failed,
    cause: error,
  });
}
