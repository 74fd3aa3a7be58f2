/** Rows that are ready: asked about, done in parallel, shown, reported. */
import { BoxhaulError, InputError } from '@boxhaul/client';
import { changeRows, type NamedRow, type Reason, type TransferReport } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { Connection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { rowState } from '../output/rows-lines.ts';
import { openRowsView } from '../output/rows-view.ts';
import { openPrompt, type Prompt } from '../prompt.ts';
import { remembering } from '../transfer/transfer-job.ts';
import { askBefore } from './asking.ts';
import { checkedRow, type RowsChecked } from './checked-rows.ts';
import type { RawRow } from './raw-row.ts';
import { openReport, type RowsReport } from './report-file.ts';
import type { Columns, RowOf, Verb } from './verb.ts';
import { verbContext } from './verb-context.ts';

/** How rows are done. */
export interface DoingOptions {
  readonly report?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly onlyFailed?: boolean;
  readonly concurrency?: number;
}

/** Rows that are ready to be done. */
export interface Work {
  rows(): AsyncIterable<RawRow>;
  named(raw: RawRow): string;
  readonly checked: RowsChecked;
  readonly isInputTaken: boolean;
  /** Absent of rows that were typed, which are no job. */
  readonly file?: { readonly title: string; readonly key: string };
}

/** Asks where something is destroyed, does the rows, and answers how it ended. */
export async function doRows<C extends Columns>(
  context: CommandContext,
  connection: Connection,
  verb: Verb<C>,
  work: Work,
  options: DoingOptions,
): Promise<ExitCode> {
  const { checked, file, isInputTaken } = work;
  const prompt = openPrompt(context);
  try {
    if (!options.dryRun) {
      const isYesGiven = options.yes === true;
      await askBefore(verb, checked, context, { prompt, isYesGiven, isInputTaken });
    }
    const report = options.report
      ? await openReport(options.report, context.cwd, verb.makes ?? [])
      : undefined;
    try {
      const remember = file && remembering(`${verb.name} ${file.title}`, connection, context);
      const more = { prompt, report, ...(remember && { remember }) };
      return exitCodeOf(await change(context, connection, verb, work, options, more), work);
    } finally {
      await report?.close();
    }
  } finally {
    prompt.close();
  }
}

async function change<C extends Columns>(
  context: CommandContext,
  connection: Connection,
  verb: Verb<C>,
  { rows, named, checked, file, isInputTaken }: Work,
  { dryRun, again, onlyFailed, concurrency }: DoingOptions,
  {
    prompt,
    report,
    remember,
  }: {
    readonly prompt: Prompt;
    readonly report: RowsReport | undefined;
    readonly remember?: ReturnType<typeof remembering>;
  },
): Promise<TransferReport> {
  const { client } = connection;
  const doing = await verb.load();
  const shared = verbContext(client, context, { signal: context.stopNow, prompt });
  const { did, prints, name } = verb;
  const view = openRowsView(context, {
    verb: name,
    did,
    prints,
    file: file?.title,
    isReadAgain: !isInputTaken,
    count: checked.count,
  });
  const { isMade } = doing;
  try {
    return await changeRows<NumberedRow<C>>({
      client,
      ends: [name, file?.key ?? ''],
      count: checked.count,
      rows: checkedRows(verb, rows(), named),
      find: ({ row }) => doing.find(row, shared),
      ...(isMade && { isMade: ({ row }: NumberedRow<C>, begun) => isMade(row, begun, shared) }),
      reasonOf,
      dryRun: dryRun === true,
      again: again === true,
      ...(onlyFailed && { only: 'failed' as const }),
      ...(concurrency !== undefined && { concurrency }),
      ...(remember && { remember }),
      drain: context.signal,
      signal: context.stopNow,
      onEvent: (event) => {
        view.event(event);
        if (event.type !== 'file') return;
        const { result } = event;
        report?.add(result, rowState(result), file && lineIn(result.path));
      },
    });
  } finally {
    view.close();
  }
}

interface NumberedRow<C extends Columns> {
  readonly row: RowOf<C>;
}

async function* checkedRows<C extends Columns>(
  verb: Verb<C>,
  rows: AsyncIterable<RawRow>,
  named: Work['named'],
): AsyncGenerator<NamedRow<NumberedRow<C>>> {
  for await (const raw of rows) {
    const { number } = raw;
    yield { number, name: named(raw), row: { row: checkedRow(verb, raw) } };
  }
}

/** A row of a file has its line in its name. */
function lineIn(name: string): number {
  return Number(/^line (\d+):/.exec(name)?.[1]);
}

/** Words for errors that this package knows, with the way out. */
function reasonOf(error: unknown): Reason | undefined {
  if (error instanceof CliError) {
    const { message, details, ways } = error;
    const more = [...details, ...ways.map((way) => `→ ${way.replaceAll(/\s{2,}/g, ' ')}`)];
    return { code: 'refused', words: [message, ...more].join('; ') };
  }
  if (!(error instanceof InputError)) return undefined;
  const [message = ''] = error.message.split('\n');
  return { code: error.code === 'bad_reference' ? 'not-found' : 'refused', words: message };
}

/** @throws what the one row that was typed failed by, to be said as any command's error is */
function exitCodeOf(
  { ended, failed, failures }: TransferReport,
  { checked, file }: Work,
): ExitCode {
  if (ended === 'interrupted') return ExitCode.interrupted;
  const [failure] = failures;
  if (file === undefined && checked.count === 1 && failure) {
    const { error, reason } = failure;
    throw error ?? new BoxhaulError(reason?.words ?? '', { code: 'unexpected', recovery: 'stop' });
  }
  return failed === 0 ? ExitCode.done : ExitCode.failed;
}
