import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { checkFolder, checkToken } from '../doctor/access.ts';
import { Broken, type Checkup, openCheckup } from '../doctor/checkup.ts';
import { checkClock } from '../doctor/clock.ts';
import { checkCredentials } from '../doctor/credentials.ts';
import { ExitCode } from '../exit-codes.ts';
import { askingOf } from '../output/explain.ts';

export interface DoctorCommandOptions {
  /** The same as the argument. */
  readonly url?: string;
}

/**
 * `boxhaul doctor`: the way to Box, checked in the order in which it breaks. The first thing that is
 * broken ends it, since whatever comes behind it would only repeat the same complaint.
 *
 * @param folder a reference to the folder to reach, if one was given.
 */
export async function runDoctor(
  context: CommandContext,
  folder: string | undefined,
): Promise<ExitCode> {
  const checkup = openCheckup(context.output, context.signal, askingOf(context));
  let exitCode: ExitCode = ExitCode.done;
  try {
    await examine(context, checkup, folder);
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    exitCode = error.exitCode;
  }
  context.output.event('summary', { ok: exitCode === ExitCode.done, exitCode });
  return exitCode;
}

async function examine(
  context: CommandContext,
  checkup: Checkup,
  folder: string | undefined,
): Promise<void> {
  const { node } = process.versions;
  await checkup.check(
    'node',
    async () => node,
    (version) => `Node ${version}`,
  );
  const credentials = await checkCredentials(context, checkup);
  const connection = await openConnection(context);
  try {
    await checkClock(context, checkup, connection.baseUrl);
    const user = await checkToken(context, checkup, credentials, connection);
    if (folder === undefined) {
      context.output.say('  to check a folder as well: boxhaul doctor <folder>');
    } else {
      await checkFolder(context, checkup, connection, user, folder);
    }
  } finally {
    await connection.close();
  }
}
