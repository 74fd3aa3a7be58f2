import { resolve } from 'node:path';
import { download, type ZipMode } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { TypedOpenOptions } from '../options/seal-options.ts';
import { printable } from '../output/width.ts';
import { type BoxPlace, openPlace } from '../places/box-place.ts';
import { openOptions } from '../transfer/sealing.ts';
import type { SelectionOptions } from '../transfer/selection.ts';
import { runTransfer } from '../transfer/transfer-job.ts';

export interface DownloadCommandOptions extends SelectionOptions, TypedOpenOptions {
  /** What to bring, as typed; the same as the first argument. */
  readonly url?: string;
  /** Where to put it; the same as the second argument. */
  readonly dir?: string;
  /** Whether many small files come as one archive. */
  readonly zip: ZipMode;
}

/** `boxhaul download <source> [dir]`. */
export async function runDownload(
  context: CommandContext,
  given: { readonly source: string | undefined; readonly dir: string | undefined },
  options: DownloadCommandOptions,
): Promise<ExitCode> {
  const { source, dir } = downloadEnds(given, options);
  const open = await openOptions(context, options);
  return await runTransfer(context, { ...options, side: 'box' }, async (connection) => {
    const place = await openPlace(connection.client, source, { signal: context.signal });
    const { item, client } = place;
    const directory = resolve(context.cwd, dir ?? defaultDirectory(place));
    return {
      title: `↓ ${printable(place.words)} → ${printable(dir ?? defaultDirectory(place))}`,
      client,
      run: (common) =>
        download({
          ...common,
          ...(item.type === 'folder' ? { folderId: item.id } : { fileId: item.id }),
          directory,
          zip: options.zip,
          ...(open && { open }),
        }),
    };
  });
}

/**
 * What the words say of both ends. With `-u` and `-d` the arguments are free, so `-u URL ./in` names the folder here by
 * the first.
 * @throws CliError they do not say what to fetch, or say too much
 */
export function downloadEnds(
  { source, dir }: { readonly source: string | undefined; readonly dir: string | undefined },
  options: Pick<DownloadCommandOptions, 'url' | 'dir'>,
): { source: string; dir: string | undefined } {
  const words = [source, dir].filter((word) => word !== undefined);
  const from = options.url ?? words.shift();
  const to = options.dir ?? words.shift();
  if (words.length > 0) {
    throw new CliError(`"${words[0]}" is one word too many`, {
      ways: ['boxhaul download <source> [dir]    or: -u <source> -d <dir>'],
    });
  }
  if (from !== undefined) return { source: from, dir: to };
  throw new CliError('it is not said what to fetch', {
    ways: [
      'boxhaul download https://acme.box.com/folder/123 ./in',
      'boxhaul download /Team/Reports',
    ],
  });
}

/** A folder of the source's own name here; a single file goes into this folder. */
function defaultDirectory({ item }: BoxPlace): string {
  if (item.type === 'web_link') {
    throw new CliError(`${printable(item.name)} is a web link: it has no contents`, {
      ways: ['boxhaul ls <its folder>    shows where it leads'],
    });
  }
  if (item.type === 'file') return '.';
  if (item.name === '.' || item.name === '..' || /[/\\\0]/.test(item.name)) {
    throw new CliError(`the folder's name (${printable(item.name)}) cannot be one here`, {
      ways: [`boxhaul download ${item.id} ./in`],
    });
  }
  return item.name;
}
