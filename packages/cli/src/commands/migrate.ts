import { resolve } from 'node:path';
import {
  carryDetails,
  type OriginOptions,
  openOrigin,
  readAddress,
  type SourceAddress,
  SourceError,
  UserMap,
} from '@boxhaul/migrate';
import { type UploadMode, type UploadOptions, upload } from '@boxhaul/transfer';
import { openTarget } from '../box-place.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { printable } from '../output/width.ts';
import type { SelectionOptions } from '../selection.ts';
import { namesOf, sourcesOf } from '../sources.ts';
import { runTransfer } from '../transfer-job.ts';

export interface MigrateCommandOptions extends SelectionOptions {
  /** The folder on Box, as typed. */
  readonly to?: string;
  readonly mode: UploadMode;
  readonly parents?: boolean;
  readonly sshKey?: string;
  readonly acceptNewHostKey?: boolean;
  readonly s3Endpoint?: string;
  readonly s3Region?: string;
  /** False with --no-s3-path-style. */
  readonly s3PathStyle?: boolean;
}

/** `boxhaul migrate <source> --to <folder>`. */
export async function runMigrate(
  context: CommandContext,
  source: string,
  options: MigrateCommandOptions,
): Promise<ExitCode> {
  const { to, mode } = options;
  if (to === undefined) {
    throw new CliError('it is not said where to', {
      ways: [`boxhaul migrate ${source} --to /Archive    or the address of a folder`],
    });
  }
  // What is wrong with a source is told before anything is made in Box.
  const { origin, words } = await inWords(opened(context, source, options));
  try {
    return await runTransfer(context, { ...options, side: 'disk' }, async (connection) => {
      const target = await openTarget(connection.client, to, {
        parents: options.parents === true,
        dryRun: options.dryRun === true,
        signal: context.signal,
      });
      const { client, folderId } = target;
      if (folderId === undefined) {
        const all = 'it would be made, and all of this sent';
        context.output.say(`${target.words} is not there yet: ${all}`);
        context.output.event('folder', { state: 'missing', path: target.words });
        return undefined;
      }
      if (target.isNew) context.output.say(`made the folder ${printable(target.words)}`);
      const users = new UserMap([]);
      const carry = origin.details && carryDetails(origin.details, { client, users });
      const job = { sources: origin, folderId, mode, ...(carry && { carry }) };
      return {
        title: `↑ ${words} → ${printable(target.words)} (${mode})`,
        client,
        run: (common) => inWords(upload({ ...common, ...job } satisfies UploadOptions)),
      };
    });
  } finally {
    await origin.close();
  }
}

async function opened(context: CommandContext, source: string, options: MigrateCommandOptions) {
  const address = await absolute(readAddress(source), context);
  const origin = await openOrigin(address, reaching(context, options), context.signal);
  return { origin, words: wordsFor(address, origin.identity) };
}

/** A job that is gone on with from another folder finds the same files. */
async function absolute(address: SourceAddress, context: CommandContext): Promise<SourceAddress> {
  if (address.kind === 'manifest') return { ...address, path: resolve(context.cwd, address.path) };
  if (address.kind !== 'disk') return address;
  const [path = address.path] = await sourcesOf(context, [address.path], { verb: 'migrate' });
  return { ...address, path };
}

/** `archive`, `list.csv`, `sftp://ann@files.example.com/exports/`. */
function wordsFor(address: SourceAddress, [identity = '']: readonly string[]): string {
  const isHere = address.kind === 'disk' || address.kind === 'manifest';
  return isHere ? namesOf([address.path]) : printable(identity);
}

function reaching({ env, cwd }: CommandContext, options: MigrateCommandOptions): OriginOptions {
  const { sshKey, acceptNewHostKey, s3Endpoint, s3Region, s3PathStyle } = options;
  return {
    env,
    ...(env.HOME && { home: env.HOME }),
    ...(sshKey !== undefined && { sshKeyFile: resolve(cwd, sshKey) }),
    ...(acceptNewHostKey !== undefined && { acceptNewHostKey }),
    ...(s3Endpoint !== undefined && { s3Endpoint }),
    ...(s3Region !== undefined && { s3Region }),
    ...(s3PathStyle === false && { s3PathStyle }),
  };
}

/** @throws CliError what a person must put right about a source */
async function inWords<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { message, details, ways } = error;
    throw new CliError(message, { details, ways, cause: error });
  }
}
