import { type UploadMode, upload } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { TypedSealOptions } from '../options/seal-options.ts';
import { printable } from '../output/width.ts';
import { openTarget } from '../places/box-place.ts';
import { sealOptions } from '../transfer/sealing.ts';
import type { SelectionOptions } from '../transfer/selection.ts';
import { assertSourcesSaid, namesOf, sourcesOf } from '../transfer/sources.ts';
import { runTransfer } from '../transfer/transfer-job.ts';

export interface UploadCommandOptions extends SelectionOptions, TypedSealOptions {
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
  const { to } = uploadEnds(paths, options);
  assertMirrors(options);
  const sources = await sourcesOf(context, paths, { verb: 'upload', dir: options.dir });
  const seal = await sealOptions(context, options);
  return await runTransfer(context, { ...options, side: 'disk' }, async (connection) => {
    const target = await openTarget(context, connection.client, to, options);
    const { client, folderId, words, wouldTake } = target;
    const job = {
      sources,
      folderId,
      mode: options.mode,
      ...(wouldTake !== undefined && { wouldTake }),
      ...(seal && { seal }),
    };
    return {
      title: `↑ ${namesOf(sources)} → ${printable(words)} (${options.mode})`,
      client,
      run: (common) => upload({ ...common, ...job }),
    };
  });
}

/** @throws CliError `--delete-extra` does not go with the rest; before the target is made */
export function assertMirrors(options: Partial<UploadCommandOptions>): void {
  if (options.deleteExtra !== true || options.mode !== 'upload') return;
  throw new CliError('what is to be equal to the source cannot keep files that differ', {
    ways: ['--mode update (new versions) or --mode overwrite (the old ones go to the trash)'],
  });
}

/**
 * What the words say of both ends.
 * @throws CliError they do not, or they say two things
 */
export function uploadEnds(
  paths: readonly string[],
  { to, url, dir }: Pick<UploadCommandOptions, 'to' | 'url' | 'dir'>,
): { to: string } {
  if (to !== undefined && url !== undefined && to !== url) {
    throw new CliError('--to and --url name different folders', { ways: ['give one of them'] });
  }
  const target = to ?? url;
  if (target !== undefined) {
    assertSourcesSaid(dir === undefined ? paths : [dir], 'upload');
    return { to: target };
  }
  const [last] = paths.slice(1).slice(-1);
  throw new CliError('it is not said where to', {
    ways: [
      last === undefined
        ? 'boxhaul upload … --to /Backups    or the address of a folder'
        : `boxhaul upload ${paths.slice(0, -1).join(' ')} --to ${last}`,
    ],
  });
}
