import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { type Excerpt, type Extent, writeContents } from '../looking/contents.ts';
import type { ByteExtent } from '../options/byte-extent.ts';

export interface HeadCommandOptions {
  readonly lines?: number;
  /** So many of the first. */
  readonly bytes?: number;
  readonly range?: ByteExtent;
}

const LINES = 10;

/** `boxhaul head <files…>`: fetches no more than is shown, or little. */
export async function runHead(
  context: CommandContext,
  words: readonly string[],
  options: HeadCommandOptions,
): Promise<ExitCode> {
  const given = (['lines', 'bytes', 'range'] as const).filter(
    (name) => options[name] !== undefined,
  );
  if (given.length > 1) {
    throw new CliError(`--${given.join(' and --')} say different things about how much`, {
      ways: ['give one of them'],
    });
  }
  return await writeContents(context, words, { ...excerptOf(options), isTitled: true });
}

function excerptOf({ lines = LINES, bytes, range }: HeadCommandOptions): Excerpt {
  if (range !== undefined) return { extentOf: (sizeBytes) => extentIn(range, sizeBytes) };
  if (bytes !== undefined) return { extentOf: () => ({ start: 0, end: bytes - 1 }) };
  return { cutter: () => firstLines(lines) };
}

function extentIn(range: ByteExtent, sizeBytes: number): Extent {
  if ('lastBytes' in range) return { start: Math.max(0, sizeBytes - range.lastBytes) };
  return { start: range.from, ...(range.to !== undefined && { end: range.to }) };
}

/** Takes bytes up to and with the n-th line feed. */
function firstLines(lines: number): ReturnType<NonNullable<Excerpt['cutter']>> {
  const LINE_FEED = 10;
  let left = lines;
  return (chunk) => {
    let end = 0;
    while (left > 0) {
      const at = chunk.indexOf(LINE_FEED, end);
      if (at < 0) return { wanted: chunk, isLast: false };
      end = at + 1;
      left -= 1;
    }
    return { wanted: chunk.subarray(0, end), isLast: true };
  };
}
