import { reseal } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { TypedSealOptions } from '../options/seal-options.ts';
import { formatNumberOf } from '../output/format.ts';
import { printable } from '../output/width.ts';
import { openPlace } from '../places/box-place.ts';
import { typedIdentities, typedRecipients } from '../transfer/sealing.ts';
import type { SelectionOptions } from '../transfer/selection.ts';
import { runTransfer } from '../transfer/transfer-job.ts';

export interface ResealCommandOptions
  extends SelectionOptions,
    Pick<TypedSealOptions, 'encryptTo' | 'recipientsFile' | 'identityFile'> {}

/** `boxhaul reseal <folder>`. */
export async function runReseal(
  context: CommandContext,
  folder: string,
  options: ResealCommandOptions,
): Promise<ExitCode> {
  const recipients = await typedRecipients(context, options);
  const identities = await typedIdentities(context, options);
  if (!recipients || !identities) throw incomplete(recipients ? 'what opens it' : 'for whom it is');
  const code = await runTransfer(context, { ...options, side: 'box' }, async (connection) => {
    const { item, client, words } = await openPlace(connection.client, folder, {
      signal: context.signal,
    });
    if (item.type !== 'folder') {
      throw new CliError(`${printable(words)} is no folder`, {
        ways: ['name the folder that it is in, and with --include what of it'],
      });
    }
    const { length } = recipients.list;
    return {
      title: `↻ ${printable(words)} (for ${formatNumberOf(length, 'recipient')})`,
      client,
      run: (common) => reseal({ ...common, folderId: item.id, identities, recipients }),
    };
  });
  if (!options.dryRun) {
    context.output.say('Versions before stay in Box, and stay open to those who could open them.');
  }
  return code;
}

function incomplete(what: string): CliError {
  return new CliError(`it is not said ${what}`, {
    ways: ['boxhaul reseal /Backups --identity-file old.txt --encrypt-to age1…'],
  });
}
