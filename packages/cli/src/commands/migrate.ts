import { resolve } from 'node:path';
import {
  carryDetails,
  type DetailKind,
  type OriginOptions,
  openOrigin,
  readAddress,
  type SourceAddress,
  SourceError,
} from '@boxhaul/migrate';
import { type TransferEvent, type UploadMode, type UploadOptions, upload } from '@boxhaul/transfer';
import { openTarget } from '../box-place.ts';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import {
  type BoxSource,
  type FromOptions,
  openBoxSource,
  readBoxAddress,
} from '../migration/box-source.ts';
import { assertWritable, Proof, type ProofOptions } from '../migration/proof.ts';
import { readUserList, USER_LIST } from '../migration/user-list.ts';
import { printable } from '../output/width.ts';
import { printTemplate } from '../rows/template.ts';
import type { SelectionOptions } from '../selection.ts';
import { namesOf, sourcesOf } from '../sources.ts';
import { runTransfer } from '../transfer-job.ts';

export interface MigrateCommandOptions extends SelectionOptions, FromOptions, ProofOptions {
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
  /** A file that says who of the source is whom. */
  readonly users?: string;
  readonly usersTemplate?: boolean;
  /** What is left behind on purpose. */
  readonly without?: readonly DetailKind[];
  /** Looks at all details again. */
  readonly recheck?: boolean;
}

/** `boxhaul migrate <source> --to <folder>`. */
export async function runMigrate(
  context: CommandContext,
  source: string | undefined,
  options: MigrateCommandOptions,
): Promise<ExitCode> {
  if (options.usersTemplate) {
    printTemplate(context, USER_LIST, 'csv');
    return ExitCode.done;
  }
  const { from, to } = bothEnds(source, options);
  const { mode } = options;
  await assertWritable(context, options);
  // What is wrong with a source is told before anything is made in Box.
  const users = await readUserList(context, options.users, {
    isOtherBox: readBoxAddress(from) !== undefined,
  });
  const { origin, words } = await inWords(opened(context, from, options));
  using proof = new Proof(context, options);
  try {
    const exitCode = await runTransfer(
      context,
      { ...options, side: 'disk' },
      async (connection) => {
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
        const again = options.recheck === true;
        const carry = origin.details && carryDetails(origin.details, { client, users, again });
        const job = { sources: origin, folderId, mode, ...(carry && { carry }) };
        return {
          title: `↑ ${words} → ${printable(target.words)} (${mode})`,
          client,
          run: (common) => inWords(runProven({ ...common, ...job }, proof)),
        };
      },
    );
    proof.say('calls' in origin ? origin.calls() : undefined);
    return exitCode === ExitCode.done && !proof.isGood ? ExitCode.failed : exitCode;
  } finally {
    await origin.close();
  }
}

function bothEnds(
  from: string | undefined,
  { to }: MigrateCommandOptions,
): { from: string; to: string } {
  if (from === undefined) {
    throw new CliError('it is not said what to migrate', {
      ways: [
        'boxhaul migrate sftp://ann@files.example.com/exports/ --to /Exports',
        'boxhaul migrate --help',
      ],
    });
  }
  if (to !== undefined) return { from, to };
  throw new CliError('it is not said where to', {
    ways: [`boxhaul migrate ${from} --to /Archive    or the address of a folder`],
  });
}

/** The run is told to be over when its proof is written. */
async function runProven(options: UploadOptions, proof: Proof) {
  const { onEvent = () => undefined, client, folderId } = options;
  let finished: TransferEvent | undefined;
  try {
    const report = await upload({
      ...options,
      onEvent: (event) => {
        proof.add(event);
        if (event.type === 'finished') finished = event;
        else onEvent(event);
      },
    });
    await proof.write(report, { client, folderId });
    return report;
  } finally {
    if (finished) onEvent(finished);
  }
}

async function opened(
  context: CommandContext,
  source: string,
  options: MigrateCommandOptions,
): Promise<{ origin: Awaited<ReturnType<typeof openOrigin>> | BoxSource; words: string }> {
  const box = readBoxAddress(source);
  if (box) {
    return { origin: await openBoxSource(context, box, options), words: printable(source) };
  }
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
