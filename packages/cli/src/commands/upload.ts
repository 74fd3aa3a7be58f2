import { stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type UploadMode, upload } from '@boxhaul/transfer';
import { openTarget } from '../box-place.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printable } from '../output/width.ts';
import type { SelectionOptions } from '../selection.ts';
import { runTransfer } from '../transfer-job.ts';

export interface UploadCommandOptions extends SelectionOptions {
  /** The folder on Box, as typed. */
  readonly to?: string;
  /** The same, by its other name. */
  readonly url?: string;
  /** A folder here whose contents are sent. */
  readonly dir?: string;
  readonly mode: UploadMode;
  readonly parents?: boolean;
}

/** `boxhaul upload <path...> --to <folder>`. */
export async function runUpload(
  context: CommandContext,
  paths: readonly string[],
  options: UploadCommandOptions,
): Promise<ExitCode> {
  const to = targetOf(paths, options);
  const sources = await sourcesOf(context, paths, options.dir);
  return await runTransfer(context, { ...options, side: 'disk' }, async (connection) => {
    const target = await openTarget(connection.client, to, {
      parents: options.parents === true,
      dryRun: options.dryRun === true,
      signal: context.signal,
    });
    const { client, folderId } = target;
    if (folderId === undefined) {
      context.output.say(
        `${target.words} is not there yet: it would be made, and all of this sent`,
      );
      context.output.event('folder', { state: 'missing', path: target.words });
      return undefined;
    }
    if (target.isNew) context.output.say(`made the folder ${printable(target.words)}`);
    return {
      title: `↑ ${namesOf(sources)} → ${printable(target.words)} (${options.mode})`,
      client,
      run: (common) => upload({ ...common, sources, folderId, mode: options.mode }),
    };
  });
}

function targetOf(paths: readonly string[], { to, url }: UploadCommandOptions): string {
  if (to !== undefined && url !== undefined && to !== url) {
    throw new CliError('--to and --url name different folders', { ways: ['give one of them'] });
  }
  const target = to ?? url;
  if (target !== undefined) return target;
  const [last] = paths.slice(1).slice(-1);
  throw new CliError('it is not said where to', {
    ways: [
      last === undefined
        ? 'boxhaul upload … --to /Backups    or the address of a folder'
        : `boxhaul upload ${paths.slice(0, -1).join(' ')} --to ${last}`,
    ],
  });
}

/**
 * The paths to send, each made absolute with its meaning kept: `photos/` and `.` stand for what is in
 * them. `-` stands for the names that standard input gives.
 */
async function sourcesOf(
  context: CommandContext,
  paths: readonly string[],
  dir: string | undefined,
): Promise<string[]> {
  const named: string[] = [];
  for (const path of paths) {
    if (path === '-') named.push(...(await namesFrom(context)));
    else named.push(path);
  }
  if (dir !== undefined) named.push(`${dir}/`);
  if (named.length === 0) {
    throw new CliError('it is not said what to send', {
      ways: ['boxhaul upload ./photos --to /Backups'],
    });
  }
  for (const path of named) await assertThere(context.cwd, path);
  return named.map((path) => withEnding(resolve(context.cwd, path), path));
}

/** `resolve` drops the ending that tells a folder from its contents. */
function withEnding(absolute: string, typed: string): string {
  const last = typed.split(sep === '/' ? '/' : /[/\\]/).at(-1);
  const meansContents = last === '' || last === '.' || last === '..';
  return meansContents && !absolute.endsWith(sep) ? `${absolute}/` : absolute;
}

/** Names a line each, or with NUL between them, as `find -print0` writes. */
async function namesFrom({ stdin, signal }: CommandContext): Promise<string[]> {
  const given = await text(addAbortSignal(signal, stdin));
  const names = given.split(given.includes('\0') ? '\0' : /\r?\n/);
  return names.filter((name) => name !== '');
}

async function assertThere(cwd: string, path: string): Promise<void> {
  try {
    await stat(resolve(cwd, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const absent = code === 'ENOENT' || code === 'ENOTDIR';
    throw new CliError(
      absent ? `${path} is not there` : `${path} cannot be read (${code ?? error})`,
      {
        details: [`paths are taken from ${cwd}`],
        ways: [absent ? 'check its spelling' : 'get the right to read it'],
        cause: error,
      },
    );
  }
}

/** `weekly`, `weekly/`, `a.txt, b.txt`, `a.txt and 12 more`. */
function namesOf(sources: readonly string[]): string {
  const names = sources.map((source) => basename(source) + (source.endsWith('/') ? '/' : ''));
  const words = names.length > 3 ? `${names[0]} and ${names.length - 1} more` : names.join(', ');
  return printable(words);
}
