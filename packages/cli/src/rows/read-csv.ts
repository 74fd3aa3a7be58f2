/** A CSV file with a line of column names first → rows. */
import type { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { type ColumnNames, cellsFrom } from './column-names.ts';
import type { Problem, RawRow } from './raw-row.ts';

/** What the library gives for a line. */
interface CsvRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** Whoever forgets to close a quote is not to fill the memory with the rest of the file. */
const LONGEST_ROW = 1024 * 1024;

/**
 * The rows, as they are read. What is wrong is told in the rows; a file whose columns are not known, or that is no CSV
 * from some line on, has a last row that says so.
 */
export async function* readCsv(source: Readable, names: ColumnNames): AsyncGenerator<RawRow> {
  const parser = parse({
    bom: true,
    info: true,
    raw: true,
    // Files that several programs wrote to have them mixed.
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  source.on('error', (error) => parser.destroy(error)).pipe(parser);
  let header: readonly string[] | undefined;
  let number = 0;
  try {
    for await (const entry of parser) {
      const { record, raw, info } = entry as CsvRecord;
      const line = lineOf(raw, info.lines);
      if (header === undefined) {
        header = record.map((name) => name.trim());
        const problems = names.problemsOf(header, line);
        if (problems.length > 0) {
          yield { number: 0, line, cells: {}, problems, isUnreadable: true };
          return;
        }
        continue;
      }
      number += 1;
      yield { number, line, ...cellsOfRecord(record, header, line, names) };
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    yield { number: number + 1, cells: {}, problems: [problemOf(error)], isUnreadable: true };
  } finally {
    source.destroy();
  }
}

function cellsOfRecord(
  record: readonly string[],
  header: readonly string[],
  line: number,
  names: ColumnNames,
): Pick<RawRow, 'cells' | 'problems'> {
  const pairs = header.map((name, index) => [name, record[index] ?? ''] as const);
  const { cells } = cellsFrom(pairs, names, line);
  if (record.length <= header.length) return { cells };
  const found = record.slice(header.length).join(',');
  const allowed = `${header.length} columns (put "…" around text with a comma in it)`;
  return { cells, problems: [{ line, found, allowed }] };
}

/** Where a row begins: the library says where it ends, and empty lines before it count as a part of it. */
function lineOf(raw: string, endLine: number): number {
  const lines = raw.trim().split(/\r\n|\n|\r/).length;
  return endLine - lines + 1;
}

function problemOf(error: CsvError): Problem {
  const { lines } = error as CsvError & { lines?: number };
  const [what = ''] = error.message.split(/: |, value/);
  return { line: lines, found: what.toLowerCase(), allowed: 'CSV, with "" for a quote in "…"' };
}
