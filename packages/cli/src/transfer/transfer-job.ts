/** What upload, download and distribute have in common: the connection, what is shown, how it ends. */
import { BoxApiError, type BoxClient } from '@boxhaul/client';
import type {
  Remembering,
  Side,
  TransferEvent,
  TransferOptions,
  TransferReport,
} from '@boxhaul/transfer';
import { type Connection, openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { openTransferReport } from '../output/transfer-report.ts';
import { openTransferView } from '../output/transfer-view.ts';
import { printable } from '../output/width.ts';
import { LeftOut, type NamedUser, usersNamed } from './identities.ts';
import { choosingOptions, type SelectionOptions, transferFilter } from './selection.ts';

/** A transfer that is ready to run. */
export interface TransferJob {
  /** `weekly → /Backups (update)`. */
  readonly title: string;
  readonly client: BoxClient;
  run(options: TransferOptions): Promise<TransferReport>;
}

/**
 * Opens the connection, prepares the job with it, runs it under the eyes of whoever watches, and closes
 * everything again.
 *
 * @param prepare finds both sides.
 */
export async function runTransfer(
  context: CommandContext,
  { side, ...selection }: SelectionOptions & { readonly side: Side },
  prepare: (connection: Connection) => Promise<TransferJob>,
): Promise<ExitCode> {
  const filter = await transferFilter(selection, { side, cwd: context.cwd });
  const connection = await openConnection(context);
  try {
    const users = await usersNamed(connection.client, selection.asUsers ?? [], context.signal);
    const [user, ...others] = users;
    const job = await (user
      ? prepare(actingAs(user, connection)).catch(async (error) => {
          throw await refusedAs(user, error);
        })
      : prepare(connection));
    const leftOut = new LeftOut();
    const file =
      selection.report === undefined
        ? undefined
        : await openTransferReport(selection.report, context.cwd);
    const view = await openTransferView(context, {
      text: job.title,
      calls: () => job.client.counts(),
      limits: () => connection.governor.limits(user?.id ?? context.options.asUser),
    });
    try {
      const report = await job.run({
        client: job.client,
        filter,
        force: selection.force === true,
        dryRun: selection.dryRun === true,
        deleteExtra: selection.deleteExtra === true,
        ...(selection.maxDelete !== undefined && { maxDelete: selection.maxDelete }),
        ...(selection.concurrency !== undefined && { concurrency: selection.concurrency }),
        drain: context.signal,
        signal: context.stopNow,
        remember: remembering(job.title, connection, context, user?.id),
        ...(selection.onlyFailed && { only: 'failed' as const }),
        others: others.map(({ id, name }) => ({ name, client: job.client.asUser(id) })),
        onEvent: (event) => {
          leftOut.add(event);
          if (event.type === 'notice') sayNotice(context, event);
          file?.event(event);
          view.event(withAllCalls(event, job.client));
        },
      });
      const chosenBy = choosingOptions(selection);
      if (isFilteredAway(report, chosenBy)) context.output.say(filteredAway(chosenBy));
      for (const line of leftOut.lines()) warn(context, line);
      return exitCodeOf(report);
    } finally {
      view.close();
      await file?.close();
    }
  } finally {
    await connection.close();
  }
}

/** A refusal is most likely about acting for this user. */
async function refusedAs({ name }: NamedUser, error: unknown): Promise<unknown> {
  if (!(error instanceof BoxApiError) || error.status !== 403) return error;
  const { explain } = await import('../output/explain.ts');
  return explain(error, { asUser: name, asUserBy: '--as-users' });
}

/** The first of several users is whose job it is. */
function actingAs({ id }: NamedUser, connection: Connection): Connection {
  return { ...connection, client: connection.client.asUser(id) };
}

/** With what to do about it. */
function sayNotice(context: CommandContext, { code, words }: Notice): void {
  const way = NOTICE_WAYS[code];
  warn(context, printable(words) + (way === undefined ? '' : `\n  → ${way}`));
}

type Notice = Extract<TransferEvent, { type: 'notice' }>;

const NOTICE_WAYS: Readonly<Record<Notice['code'], string | undefined>> = {
  'names-not-opened':
    'bring the key back (boxhaul trash list, boxhaul trash restore), or name the folder that it lies in',
  'password-in-the-clear': 'write https:// in its place, where the server has that',
  // It is waited for.
  'slow-source': undefined,
};

function warn({ output }: CommandContext, words: string): void {
  output.warn(`${output.errorStyle.yellow('warning:')} ${words}`);
}

/** What makes the run one of a job: its title, whose it is, and the words that run it again. */
export function remembering(
  title: string,
  connection: Connection,
  context: CommandContext,
  userId = context.options.asUser ?? '',
): Remembering {
  const { state } = connection;
  const account = [connection.account, userId].join(' ');
  return { state, account, title, command: { argv: withoutToken(context.argv), cwd: context.cwd } };
}

/** The words of a command that can be kept: a token is found in the surroundings again, or given again. */
function withoutToken(argv: readonly string[]): string[] {
  return argv.filter(
    (word, index) =>
      argv[index - 1] !== '--token' && word !== '--token' && !word.startsWith('--token='),
  );
}

/** The run counts its own calls; finding both sides, or making one, has cost some as well. */
function withAllCalls(event: TransferEvent, client: BoxClient): TransferEvent {
  if (event.type !== 'finished') return event;
  const calls = client.counts();
  const before = calls.calls - event.report.calls.calls;
  const predictedCalls = event.report.predictedCalls + before;
  return { ...event, report: { ...event.report, calls, predictedCalls } };
}

function filteredAway(chosenBy: readonly string[]): string {
  const options = chosenBy.join(', ').replace(/, ([^,]*)$/, ' and $1');
  return `  no file passed ${options}: is that as you meant it?`;
}

/** Nothing to do because nothing was let through looks like success, and is most likely a slip. */
function isFilteredAway(
  { ended, transferred, skipped, failed }: TransferReport,
  chosenBy: readonly string[],
): boolean {
  return chosenBy.length > 0 && ended === 'complete' && transferred + skipped + failed === 0;
}

function exitCodeOf(report: TransferReport): ExitCode {
  if (report.ended === 'interrupted') return ExitCode.interrupted;
  const isAllDone = report.failed === 0 && report.mirror?.left === undefined;
  return isAllDone ? ExitCode.done : ExitCode.failed;
}
