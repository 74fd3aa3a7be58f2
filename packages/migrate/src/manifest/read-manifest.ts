/** A list of files, read and checked to its end before anything is done with the first of them. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import type { CsvError } from 'csv-parse';
import { SourceError } from '../source-error.ts';
import {
  type CellProblem,
  type Cells,
  COLUMNS,
  checkRow,
  type ManifestRow,
} from './manifest-row.ts';

/** So many of the problems are shown; all are counted. */
const SHOWN = 20;

/** A line as it stands there, or what is wrong with it. */
type Line = { readonly line: number; readonly cells: Cells } | CellProblem;

/**
 * @param take is given the rows in their order; says why one does not go with those before it
 * @throws {SourceError} the file cannot be read, or something is wrong with a line: the first twenty are shown
 */
export async function readManifest(
  path: string,
  format: 'csv' | 'jsonl',
  take: (row: ManifestRow) => CellProblem | undefined,
  signal: AbortSignal,
): Promise<void> {
  const problems: CellProblem[] = [];
  let count = 0;
  for await (const line of format === 'csv' ? csvLines(path) : jsonLines(path)) {
    signal.throwIfAborted();
    const row = 'cells' in line ? checkRow(line.cells, line.line) : [line];
    if ('source' in row) {
      count += 1;
      const refused = take(row);
      if (refused) problems.push(refused);
    } else problems.push(...row);
  }
  if (problems.length > 0) throw wrongLines(path, problems);
  if (count === 0) throw namesNothing(path);
}

/** Most likely it is cut off, or another file was meant. */
function namesNothing(path: string): SourceError {
  return new SourceError(`${path} names no files`, {
    ways: ['a line for each file: source,target in CSV, or {"source": "…", "target": "…"}'],
  });
}

function wrongLines(path: string, problems: readonly CellProblem[]): SourceError {
  const lines = problems.slice(0, SHOWN).map(({ line, column, words }) => {
    return `line ${line}${column === undefined ? '' : `, column ${column}`}: ${words}`;
  });
  const more = problems.length - lines.length;
  return new SourceError(`${path} cannot be done as it stands, and nothing of it was done`, {
    details: [...lines, ...(more > 0 ? [`… and ${more} more`] : [])],
    ways: ['mend these lines, and run it again'],
  });
}

const KNOWN: ReadonlySet<string> = new Set(COLUMNS);

function unknownColumn(name: string, line: number): CellProblem {
  return { line, column: name, words: `there is no such column; there are ${COLUMNS.join(', ')}` };
}

/** What is wrong with the names of the columns. */
function* problemsOf(names: readonly string[], line: number): Generator<CellProblem> {
  for (const [index, name] of names.entries()) {
    if (!KNOWN.has(name)) yield unknownColumn(name, line);
    else if (names.indexOf(name) < index) yield { line, column: name, words: 'it is there twice' };
  }
}

async function* csvLines(path: string): AsyncGenerator<Line, void, void> {
  const { parse } = await import('csv-parse');
  const parser = parse({
    bom: true,
    info: true,
    raw: true,
    skip_empty_lines: true,
    max_record_size: 1024 * 1024,
  });
  const file = createReadStream(path);
  file.on('error', (error) => parser.destroy(unreadable(path, error))).pipe(parser);
  let names: readonly string[] | undefined;
  try {
    for await (const { record, raw, info } of parser as AsyncIterable<CsvRecord>) {
      const line = firstLineOf(raw, info.lines);
      if (names) {
        const pairs = names.map((name, index) => [name, record[index]] as const);
        yield* pairs.filter(([, text]) => isSpoiled(text)).map(([column]) => spoiled(line, column));
        yield { line, cells: cellsOf(pairs) };
      } else {
        names = record.map((name) => name.trim().toLowerCase());
        const wrong = [...problemsOf(names, line)];
        yield* wrong;
        if (wrong.length > 0) return;
      }
    }
    if (!names) yield { line: 1, words: 'it is empty: a line of column names comes first' };
  } catch (error) {
    const { code, lines } = error as CsvError & { lines?: number };
    if (typeof code !== 'string' || !code.startsWith('CSV_')) throw error;
    yield { line: lines ?? 1, words: `it is no CSV: ${(error as Error).message}` };
  } finally {
    file.destroy();
  }
}

interface CsvRecord {
  readonly record: readonly string[];
  readonly raw: string;
  readonly info: { readonly lines: number };
}

/** The library says where a record ends, and counts empty lines before it as a part of it. */
function firstLineOf(raw: string, lastLine: number): number {
  return lastLine - raw.trim().split(/\r\n|\n|\r/).length + 1;
}

async function* jsonLines(path: string): AsyncGenerator<Line, void, void> {
  const input = createReadStream(path);
  let line = 0;
  try {
    for await (const text of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      line += 1;
      const bare = line === 1 ? text.replace(/^\ufeff/, '') : text;
      if (isSpoiled(bare)) yield spoiled(line);
      if (bare.trim() !== '') yield jsonLine(bare, line);
    }
  } catch (error) {
    throw error instanceof Error && 'syscall' in error ? unreadable(path, error) : error;
  } finally {
    input.destroy();
  }
}

/** Whether there were bytes that are no UTF-8, and of which nobody knows what they were to be. */
function isSpoiled(text = ''): boolean {
  return text.includes('\ufffd');
}

function spoiled(line: number, column?: string): CellProblem {
  const words = 'it has bytes that are no UTF-8: save the file as "CSV UTF-8", or convert it';
  return { line, ...(column !== undefined && { column }), words };
}

function jsonLine(text: string, line: number): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { line, words: `it is no JSON: ${(error as Error).message}` };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { line, words: 'it is no JSON object: {"source": "…", "target": "…"}' };
  }
  const unknown = Object.keys(value).find((name) => !KNOWN.has(name));
  if (unknown !== undefined) return unknownColumn(unknown, line);
  return { line, cells: cellsOf(Object.entries(value)) };
}

function cellsOf(pairs: readonly (readonly [string, unknown])[]): Cells {
  return Object.fromEntries(
    pairs.filter(([, value]) => value !== undefined && value !== null && value !== ''),
  );
}

function unreadable(path: string, cause: Error): SourceError {
  const { code } = cause as NodeJS.ErrnoException;
  return new SourceError(
    code === 'ENOENT' ? `${path} is not there` : `${path} cannot be read: ${cause.message}`,
    { cause, ways: [code === 'ENOENT' ? 'check its spelling' : 'get the right to read it'] },
  );
}
