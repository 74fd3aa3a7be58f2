/** One command line of a verb: its rows found, checked, and done. */
import { createHash } from 'node:crypto';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { printable } from '../output/width.ts';
import { checkRows, withGiven } from './checked-rows.ts';
import { columnNames } from './column-names.ts';
import { type DoingOptions, doRows, type Work } from './do-rows.ts';
import { expanded } from './expanding.ts';
import { cellsOf, type OptionValues, rowsFromWords } from './from-words.ts';
import type { Cell, RawRow } from './raw-row.ts';
import { openRowsFile } from './rows-file.ts';
import { printTemplate, type TemplateFormat } from './template.ts';
import type { Columns, Verb } from './verb.ts';

/** Options that every verb has, beside its columns. */
export interface RowsOptions extends DoingOptions {
  readonly fromFile?: string;
  readonly template?: TemplateFormat | true;
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
  const digest = await file.digest();
  const { title } = file;
  const checked = await checkRows(verb, rows(), { title, output: context.output });
  const connection = await openConnection(context);
  try {
    const work: Work = {
      rows,
      named: ({ line, cells }) => `line ${line}: ${printable(String(cells[verb.each]))}`,
      checked,
      isInputTaken: path === '-',
      file: { title, key: keyOf(digest, given) },
    };
    return await doRows(context, connection, verb, work, options);
  } finally {
    await connection.close();
  }
}

async function* listed(rows: readonly RawRow[]): AsyncGenerator<RawRow> {
  yield* rows;
}

/** What makes the rows these and no others. */
function keyOf(digest: string, given: Readonly<Record<string, Cell>>): string {
  const options = JSON.stringify(Object.entries(given).sort());
  return createHash('sha256').update(`${digest} ${options}`).digest('hex');
}

function onlyOfFiles({ onlyFailed }: RowsOptions): CliError {
  return new CliError(`${onlyFailed ? '--only-failed' : '--again'} is about rows of a file`, {
    ways: ['--from-file work.csv'],
  });
}
