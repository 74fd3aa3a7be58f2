import { isBoxError } from '@boxhaul/client';
import { createSealTemplate } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

/** `boxhaul setup`: what the enterprise has to have once, so that Box can keep what sealed files hold. */
export async function runSetup(context: CommandContext): Promise<ExitCode> {
  const { output, signal } = context;
  const connection = await openConnection(context);
  try {
    const state = await createSealTemplate(connection.client, { signal });
    output.event('setup', { template: 'boxhaulSeal', state });
    output.print(
      state === 'created'
        ? 'made the metadata template "Boxhaul seal" (boxhaulSeal) in this enterprise'
        : 'the metadata template "Boxhaul seal" (boxhaulSeal) is there',
    );
    output.say(
      'Sealed files say in it what they hold, by size and SHA-1: any machine now skips what is there.',
    );
    return ExitCode.done;
  } catch (error) {
    if (isBoxError(error) && error.status === 403) throw notAllowed(error);
    throw error;
  } finally {
    await connection.close();
  }
}

function notAllowed(cause: Error): CliError {
  return new CliError('this account may not make metadata templates, which is for admins', {
    details: [
      'sealing works without: what sealed files hold is then remembered on the machine that sealed them,',
      'and another one sends, or fetches, once what it could have skipped',
    ],
    ways: [
      'have an admin of the enterprise run: boxhaul setup',
      'or give the app the scope "Manage enterprise properties", and have it authorised again',
    ],
    exitCode: ExitCode.notAuthorised,
    cause,
  });
}
