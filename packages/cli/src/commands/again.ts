/** `resume` and `retry`: the words of an earlier command, run once more. */
import type { JobSummary, TransferState } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { readsInput } from '../options/option-values.ts';
import { openStateToShow } from '../state.ts';
import { findJob } from './jobs.ts';

interface Again {
  readonly verb: 'resume' | 'retry';
  readonly onlyFailed: boolean;
}

/** What a command was told to do that time: to go on with it is not to begin it again. */
const ONCE: ReadonlySet<string> = new Set(['--only-failed', '--again']);

/** `boxhaul resume [job]` and `boxhaul retry [job]`. */
export async function runAgain(
  context: CommandContext,
  id: string | undefined,
  again: Again,
): Promise<ExitCode> {
  const state = await openStateToShow(context);
  let job: JobSummary;
  try {
    job = id === undefined ? latest(state, again) : findJob(state, id);
  } finally {
    state.close();
  }
  const { argv, cwd } = job.command;
  if (readsInput(argv)) {
    throw new CliError(`job ${job.id} read names from standard input, which are not kept`, {
      ways: ['run its command again with the same names'],
    });
  }
  // What is given now beats what was given then.
  const given = context.argv.filter((word) => word !== again.verb && word !== id);
  const kept = argv.filter((word) => !ONCE.has(word));
  const chosen = again.onlyFailed ? ['--only-failed'] : [];
  return context.runInstead([...kept, ...chosen, ...given], cwd);
}

/** The one that is most likely meant. */
function latest(state: TransferState, { verb, onlyFailed }: Again): JobSummary {
  const isMeant = (job: JobSummary) =>
    onlyFailed ? job.failed > 0 : ['interrupted', 'stopped', 'died'].includes(job.state);
  const found = state.jobs.list().find(isMeant);
  if (found) return found;
  const words = onlyFailed ? 'nothing failed in any job' : 'no job was interrupted';
  throw new CliError(words, { ways: ['boxhaul jobs', `boxhaul ${verb} <job>`] });
}
