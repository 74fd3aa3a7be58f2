import { stat } from 'node:fs/promises';
import { join, parse, resolve } from 'node:path';
import { type BoxRepresentation, isBoxError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { assertFree, writeNewFile } from '../files/new-file.ts';
import { eachPlace } from '../looking/each-place.ts';
import { columnsOf } from '../output/columns.ts';
import { formatBytes } from '../output/format.ts';
import { openProblems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';

export interface ThumbCommandOptions {
  /** A file, a folder, or `-` for standard output. */
  readonly output?: string;
  readonly force?: boolean;
  /** At least so many pixels wide and high. */
  readonly size?: number;
  readonly format: 'png' | 'jpg';
  /** What of the file to bring instead: `pdf`, `png?dimensions=1024x1024`. */
  readonly representation?: string;
  /** Of a representation with pages. */
  readonly page?: number;
  /** Say which there are. */
  readonly list?: boolean;
}

/** `boxhaul thumb <files…>`: small pictures of files, or other forms that Box makes of them, into files here. */
export async function runThumb(
  context: CommandContext,
  words: readonly string[],
  options: ThumbCommandOptions,
): Promise<ExitCode> {
  const { signal } = context;
  assertFitting(options, context.output.json);
  const connection = await openConnection(context);
  try {
    const problems = openProblems(context);
    const places = openPlaces(connection.client, { expect: 'file', signal });
    const taken = new Set<string>();
    await eachPlace(words, places, problems, async (place) => {
      if (options.list) return await list(context, place);
      const isOneOfMany = words.length > 1 || place.isMatch;
      const target = await targetOf(context, place, options, isOneOfMany);
      if (target !== '-' && taken.has(target)) {
        throw new CliError(`${printable(target)} was written for another file just now`, {
          ways: ['bring them one by one, each with its own --output'],
        });
      }
      taken.add(target);
      await bring(context, place, target, options);
    });
    return problems.exitCode;
  } finally {
    await connection.close();
  }
}

function assertFitting(
  { representation, size, page, output }: ThumbCommandOptions,
  isJson: boolean,
): void {
  if (output === '-' && isJson) {
    throw new CliError('a picture and --json cannot both be written to standard output', {
      ways: ['give a file to --output'],
    });
  }
  if (representation !== undefined && size !== undefined) {
    throw new CliError('--size is of thumbnails; of a representation it is part of its name', {
      ways: ["--representation 'png?dimensions=1024x1024'"],
    });
  }
  if (page !== undefined && representation === undefined) {
    throw new CliError('a thumbnail shows the first page only', {
      ways: [`--representation 'png?dimensions=1024x1024' --page ${page}`],
    });
  }
}

async function list({ output, signal }: CommandContext, place: FoundPlace): Promise<void> {
  const { client, item, path, words } = place;
  const found = await client.representations.list(item.id, { signal });
  output.print(output.style.bold(`${printable(words)}:`));
  for (const { representation, properties } of found) {
    output.event('representation', { id: item.id, path, representation, properties });
  }
  const rows = found.map(({ representation, properties }) => [
    `  ${hintOf(representation, properties)}`,
    properties.paged === 'true' ? 'a picture of each page' : '',
  ]);
  for (const line of columnsOf(rows)) output.print(line);
}

/** What is typed behind --representation to get it. */
function hintOf(representation: string, { dimensions }: BoxRepresentation['properties']): string {
  return dimensions ? `${representation}?dimensions=${dimensions}` : representation;
}

/** Where it is to be written, for this one of perhaps several. */
async function targetOf(
  { cwd }: CommandContext,
  { item }: FoundPlace,
  options: ThumbCommandOptions,
  isOneOfMany: boolean,
): Promise<string> {
  const { output = '.', force = false } = options;
  if (output === '-') return '-';
  const given = resolve(cwd, output);
  // What cannot be looked at is told of when it is written to.
  const isFolder = (await stat(given).catch(() => undefined))?.isDirectory() === true;
  if (isOneOfMany && !isFolder) {
    throw new CliError(`${printable(output)} is no folder, and there may be several files`, {
      ways: ['give a folder that is there: --output ./pictures'],
    });
  }
  const target = isFolder ? join(given, nameFor(item.name, options)) : given;
  if (!force) await assertFree(target, '--force');
  return target;
}

/** `report.docx` → `report.thumb.png`, `report.pdf`. */
function nameFor(name: string, { representation, format, page }: ThumbCommandOptions): string {
  const { name: stem } = parse(name);
  if (/[/\\\0]/.test(name) || stem === '' || stem.startsWith('..')) {
    throw new CliError(`a name for the picture of ${printable(name)} cannot be made of its own`, {
      ways: ['--output picture.png'],
    });
  }
  if (representation === undefined) return `${stem}.thumb.${format}`;
  const [kind = ''] = representation.split('?');
  const ending = /text/.test(kind) ? 'txt' : kind;
  if (page !== undefined) return `${stem}.page${page}.${ending}`;
  const own = `${stem}.${ending}`;
  return own.toLowerCase() === name.toLowerCase() ? `${stem}.rep.${ending}` : own;
}

async function bring(
  context: CommandContext,
  place: FoundPlace,
  target: string,
  options: ThumbCommandOptions,
): Promise<void> {
  const { output, stdout, signal } = context;
  const contents =
    options.representation === undefined
      ? await thumbnailOf(place, options, signal)
      : await representationOf(place, options.representation, options.page, signal);
  if (target === '-') {
    for await (const chunk of contents) {
      stdout.write(chunk);
      await room(stdout, signal);
    }
    return;
  }
  const bytes = await writeNewFile(target, contents, { replace: true });
  const { item, path, words } = place;
  output.event('thumb', { id: item.id, path, file: target, bytes });
  output.say(`${printable(words)} → ${printable(target)}   ${formatBytes(bytes)}`);
}

async function thumbnailOf(
  { client, item, words }: FoundPlace,
  { size, format }: ThumbCommandOptions,
  signal: AbortSignal,
): Promise<Iterable<Uint8Array>> {
  const least = size === undefined ? {} : { minWidth: size, minHeight: size };
  try {
    const found = await client.thumbnails.get(item.id, { format, ...least, signal });
    if (found.kind === 'picture') return [found.bytes];
  } catch (error) {
    if (!isBoxError(error, 'preview_cannot_be_generated')) throw error;
  }
  throw new CliError(`Box has no thumbnail of ${printable(words)}`, {
    ways: [`boxhaul thumb --list ${item.id}    says what else it makes of the file`],
    exitCode: ExitCode.failed,
  });
}

async function representationOf(
  { client, item, words }: FoundPlace,
  hint: string,
  page: number | undefined,
  signal: AbortSignal,
): Promise<AsyncIterable<Uint8Array>> {
  const found = await client.representations.get(item.id, hint, { signal });
  if (found === undefined) {
    throw new CliError(`Box makes no ${printable(hint)} of ${printable(words)}`, {
      ways: [`boxhaul thumb --list ${item.id}    says what it makes`],
      exitCode: ExitCode.failed,
    });
  }
  const isPaged = found.properties.paged === 'true';
  const asset = isPaged ? `${page ?? 1}.${found.representation}` : undefined;
  if (page !== undefined && !isPaged) {
    throw new CliError(`the ${printable(hint)} of ${printable(words)} has no pages`, {
      ways: ['leave out --page'],
    });
  }
  return (await client.representations.download(found, { asset, signal })).body;
}
