/** One command line of a verb: its rows checked, asked about, done, told. */
import { createHash } from 'node:crypto';
import { BoxhaulError, InputError } from '@boxhaul/client';
import { changeRows, type NamedRow, type Reason, type TransferReport } from '@boxhaul/transfer';
import { openPlaces, type Places } from '../box-places.ts';
import { CliError } from '../cli-error.ts';
import { type Connection, openConnection } from '../connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { openPrompt, type Prompt } from '../login/prompt.ts';
import { openRowsView, rowState } from '../output/rows-view.ts';
import { printable } from '../output/width.ts';
import { remembering } from '../transfer-job.ts';
import { askBefore } from './asking.ts';
import { checkedRow, checkRows, type RowsChecked, withGiven } from './checked-rows.ts';
import { columnNames } from './column-names.ts';
import { cellsOf, type OptionValues, rowsFromWords } from './from-words.ts';
import type { Cell, RawRow } from './raw-row.ts';
import { openReport, type RowsReport } from './report-file.ts';
import { openRowsFile } from './rows-file.ts';
import { printTemplate, type TemplateFormat } from './template.ts';
import type { Columns, RowOf, Verb } from './verb.ts';
import { verbContext } from './verb-context.ts';

/** Options that every verb has, beside its columns. */
export interface RowsOptions {
  readonly fromFile?: string;
  readonly template?: TemplateFormat | true;
  readonly report?: string;
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  readonly again?: boolean;
  readonly onlyFailed?: boolean;
  readonly concurrency?: number;
}

/** Runs a verb with the words and options that were typed. */
export async function runRows<C extends Columns>(
  context: CommandContext,
  verb: Verb<C>,
  words: readonly string[],
  options: RowsOptions & OptionValues,
): Promise<ExitCode> {
  if (options.template !== undefined) {
    printTemplate(context, verb, options.template === 'jsonl' ? 'jsonl' : 'csv');
    return ExitCode.done;
  }
  if (options.fromFile === undefined) {
    if (options.onlyFailed || options.again) throw onlyOfFiles(options);
    return await runWords(context, verb, rowsFromWords(verb, words, options), options);
  }
  if (words.length > 0) {
    throw new CliError(`with --from-file the rows are in the file, and "${words[0]}" is not`, {
      ways: [`leave it out, or write it into ${options.fromFile}`],
    });
  }
  return await runFile(context, verb, options.fromFile, options);
}

async function runWords<C extends Columns>(
  context: CommandContext,
  verb: Verb<C>,
  typed: readonly RawRow[],
  options: RowsOptions,
): Promise<ExitCode> {
  const { output } = context;
  const about = { title: '', output };
  await checkRows(verb, listed(typed), about);
  const connection = await openConnection(context);
  try {
    const rows = await expanded(typed, verb, connection, context);
    const checked = await checkRows(verb, listed(rows), about);
    const named = (raw: RawRow) => printable(String(raw.cells[verb.each]));
    const work: Work = { rows: () => listed(rows), named, checked, isInputTaken: false };
    return await doRows(context, connection, verb, work, options);
  } finally {
    await connection.close();
  }
}

async function runFile<C extends Columns>(
  context: CommandContext,
  verb: Verb<C>,
  path: string,
  options: RowsOptions & OptionValues,
): Promise<ExitCode> {
  const given = cellsOf(verb, options);
  const names = columnNames(verb.columns, Object.keys(given));
  await using file = await openRowsFile(context, path, names);
  const rows = () => withGiven(file.rows(), given);
  const before = await file.digest();
  const { title } = file;
  const checked = await checkRows(verb, rows(), { title, output: context.output });
  const connection = await openConnection(context);
  try {
    const work: Work = {
      rows,
      named: ({ line, cells }) => `line ${line}: ${printable(String(cells[verb.each]))}`,
      checked,
      isInputTaken: path === '-',
      file: { title, key: keyOf(before, given) },
    };
    return await doRows(context, connection, verb, work, options);
  } finally {
    await connection.close();
  }
}

/** Rows that are ready to be done. */
interface Work {
  rows(): AsyncIterable<RawRow>;
  named(raw: RawRow): string;
  readonly checked: RowsChecked;
  readonly isInputTaken: boolean;
  /** Absent of rows that were typed, which are no job. */
  readonly file?: { readonly title: string; readonly key: string };
}

async function doRows<C extends Columns>(
  context: CommandContext,
  connection: Connection,
  verb: Verb<C>,
  work: Work,
  options: RowsOptions,
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
  { dryRun, again, onlyFailed, concurrency }: RowsOptions,
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

async function* listed(rows: readonly RawRow[]): AsyncGenerator<RawRow> {
  yield* rows;
}

/** A glob among the words is a row for each that it matches. */
async function expanded<C extends Columns>(
  rows: readonly RawRow[],
  verb: Verb<C>,
  { client }: Connection,
  context: CommandContext,
): Promise<RawRow[]> {
  const { each, last, columns } = verb;
  const { expand } = await verb.load();
  const mayBeGlob = expand !== undefined || columns[each]?.kind === 'place';
  const prompt = openPrompt(context);
  const shared = verbContext(client, context, { signal: context.signal, prompt });
  const places = openPlaces(client, { signal: context.signal });
  const all: Readonly<Record<string, Cell>>[] = [];
  for (const { cells } of rows) {
    const word = cells[each];
    if (!mayBeGlob || typeof word !== 'string' || !/[*?[{]/.test(word)) {
      all.push(cells);
      continue;
    }
    const words = expand ? expand(word, shared) : matchesOf(word, places);
    for await (const one of words) all.push({ ...cells, [each]: one });
  }
  const isMany = all.length > 1;
  return all.map((cells, index) => ({
    number: index + 1,
    cells: last !== undefined && isMany ? { ...cells, [last]: folderMeant(cells[last]) } : cells,
  }));
}

/** Several things go into a folder, as with mv: a path that is not there is no new name for the first of them. */
function folderMeant(to: Cell | undefined): Cell {
  const isPath = typeof to === 'string' && to.startsWith('/') && !to.endsWith('/');
  return isPath ? `${to}/` : (to ?? '');
}

async function* matchesOf(word: string, places: Places): AsyncGenerator<string> {
  for await (const { path, isMatch } of places.at(word)) {
    yield isMatch && path !== undefined ? literal(path) : word;
  }
}

/** A path that stands for itself, whatever signs are in it. */
function literal(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, '\\$&');
}

/** What makes the rows these and no others. */
function keyOf(digest: string, given: Readonly<Record<string, Cell>>): string {
  const options = JSON.stringify(Object.entries(given).sort());
  return createHash('sha256').update(`${digest} ${options}`).digest('hex');
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

function onlyOfFiles({ onlyFailed }: RowsOptions): CliError {
  return new CliError(`${onlyFailed ? '--only-failed' : '--again'} is about rows of a file`, {
    ways: ['--from-file work.csv'],
  });
}
