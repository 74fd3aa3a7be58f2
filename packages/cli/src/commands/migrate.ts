import { carryDetails, type DetailKind } from '@boxhaul/migrate';
import { type TransferEvent, type UploadMode, type UploadOptions, upload } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { readBoxAddress } from '../migration/box-source.ts';
import { assertWritable, Proof, type ProofOptions } from '../migration/proof.ts';
import { inWords, openSource, type SourceOptions } from '../migration/source-address.ts';
import { readUserList, USER_LIST } from '../migration/user-list.ts';
import type { TypedSealOptions } from '../options/seal-options.ts';
import { printable } from '../output/width.ts';
import { openTarget } from '../places/box-place.ts';
import { printTemplate } from '../rows/template.ts';
import { sealOptions } from '../transfer/sealing.ts';
import type { SelectionOptions } from '../transfer/selection.ts';
import { runTransfer } from '../transfer/transfer-job.ts';

export interface MigrateCommandOptions
  extends SelectionOptions,
    SourceOptions,
    ProofOptions,
    TypedSealOptions {
  /** The folder on Box, as typed. */
  readonly to?: string;
  readonly mode: UploadMode;
  readonly parents?: boolean;
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
    printTemplate(context, USER_LIST, 'csv only');
    return ExitCode.done;
  }
  const { from, to } = migrateEnds(source, options);
  const { mode } = options;
  await assertWritable(context, options, [from, options.users, options.report]);
  const seal = await sealOptions(context, options);
  // What is wrong with a source is told before anything is made in Box.
  const users = await readUserList(context, options.users, {
    isOtherBox: readBoxAddress(from) !== undefined,
  });
  const { origin, words } = await openSource(context, from, { ...options, verb: 'migrate' });
  if (seal && origin.earlier && !options.without?.includes('versions')) warnOfVersions(context);
  using proof = new Proof(context, options);
  try {
    const exitCode = await runTransfer(
      context,
      { ...options, side: 'disk' },
      async (connection) => {
        const target = await openTarget(context, connection.client, to, options);
        const { client, folderId, wouldTake } = target;
        const again = options.recheck === true;
        const carry = origin.details && carryDetails(origin.details, { client, users, again });
        const job = {
          sources: origin,
          folderId,
          mode,
          ...(wouldTake !== undefined && { wouldTake }),
          ...(carry && { carry }),
          ...(seal && { seal }),
        };
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

/** Whoever would rather have them knows it before days of sending are over. */
function warnOfVersions({ output }: CommandContext): void {
  output.warn(
    `${output.errorStyle.yellow('warning:')} what is sealed comes as it is now: earlier versions stay behind, a gap for each file (--without versions: they are meant to)`,
  );
}

/** @throws CliError the words do not say both ends */
export function migrateEnds(
  from: string | undefined,
  { to }: Pick<MigrateCommandOptions, 'to'>,
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
  // Whether there is a password in it is found out only later.
  const shown = from.includes('@') ? '…' : from;
  throw new CliError('it is not said where to', {
    ways: [`boxhaul migrate ${shown} --to /Archive    or the address of a folder`],
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
