import type { JobSummary, TransferState } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatCount, formatNumberOf } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { quoted } from '../output/quoted.ts';
import { printable } from '../output/width.ts';
import { openStateToShow } from '../state.ts';

export interface JobsCommandOptions {
  readonly forget?: boolean;
}

/** `boxhaul jobs [job]`. */
export async function runJobs(
  context: CommandContext,
  id: string | undefined,
  { forget }: JobsCommandOptions,
): Promise<ExitCode> {
  const state = await openStateToShow(context);
  try {
    if (id !== undefined) showJob(context, state, findJob(state, id), forget === true);
    else if (forget)
      throw new CliError('it is not said which job', { ways: ['boxhaul jobs <job> --forget'] });
    else listJobs(context, state.jobs.list());
  } finally {
    state.close();
  }
  return ExitCode.done;
}

/** @throws CliError when there is none, with those that there are */
export function findJob(state: TransferState, id: string): JobSummary {
  const found = state.jobs.find(id.toLowerCase());
  if (found) return found;
  throw new CliError(`there is no job "${printable(id)}" on this machine`, {
    ways: ['boxhaul jobs'],
  });
}

function listJobs({ output }: CommandContext, jobs: readonly JobSummary[]): void {
  for (const job of jobs) output.event('job', fieldsOf(job));
  if (jobs.length === 0) output.say('no job was begun yet');
  sayJobs(output, jobs);
}

function sayJobs(output: Output, jobs: readonly JobSummary[]): void {
  const width = Math.max(...jobs.map(({ id }) => id.length));
  for (const job of jobs) {
    const { id, state, title, updatedAt } = job;
    output.say(
      `${id.padEnd(width)}  ${state.padEnd(11)}  ${whenWords(updatedAt)}  ${printable(title)}`,
    );
    output.say(`${' '.repeat(width)}  ${output.style.dim(countsOf(job))}`);
  }
}

function showJob(
  { output }: CommandContext,
  state: TransferState,
  job: JobSummary,
  forget: boolean,
): void {
  const failures = state.jobs.failures(job.id);
  output.event('job', { ...fieldsOf(job), failures });
  if (forget) {
    state.jobs.forget(job.id);
    output.say(`forgotten: ${job.id}  ${printable(job.title)}`);
    return;
  }
  sayJobs(output, [job]);
  output.say(`  boxhaul ${job.command.argv.map(quoted).join(' ')}`);
  output.say(`  in ${job.command.cwd}`);
  for (const { path, words } of failures) {
    output.say(`  ${output.style.red('failed')}  ${printable(path)}   ${printable(words)}`);
  }
  if (job.state === 'interrupted' || job.state === 'died' || job.state === 'stopped') {
    output.say(`  → boxhaul resume ${job.id}`);
  } else if (failures.length > 0) output.say(`  → boxhaul retry ${job.id}`);
}

function countsOf(job: JobSummary): string {
  const { direction, transferred, skipped, failed, left, isFinal } = job;
  const noun = direction === 'change' ? 'row' : 'file';
  return [
    `${formatNumberOf(transferred + skipped, noun)} done`,
    ...(left > 0 ? [`${formatCount(left)}${isFinal ? '' : ' or more'} left`] : []),
    `${formatCount(failed)} failed`,
  ].join(', ');
}

function fieldsOf({ startedAt, updatedAt, ...rest }: JobSummary): Record<string, unknown> {
  return { ...rest, startedAt: startedAt.toISOString(), updatedAt: updatedAt.toISOString() };
}

/** `2026-11-22 03:04`, in the time of this machine. */
function whenWords(at: Date): string {
  const local = new Date(at.getTime() - at.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16).replace('T', ' ');
}
