/** A file with a JSON object on each line → rows. */
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { type ColumnNames, cellsFrom } from './column-names.ts';
import type { RawRow } from './raw-row.ts';

/** The rows, as they are read; empty lines are passed over. What is wrong is told in the rows. */
export async function* readJsonl(source: Readable, names: ColumnNames): AsyncGenerator<RawRow> {
  let line = 0;
  let number = 0;
  const lines = createInterface({ input: source, crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const text of lines) {
      line += 1;
      const json = line === 1 ? text.replace(/^\ufeff/, '') : text;
      if (json.trim() === '') continue;
      number += 1;
      yield { number, line, ...rowIn(json, line, names) };
    }
  } finally {
    lines.close();
    source.destroy();
  }
}

type RowInJson = Pick<RawRow, 'cells' | 'problems' | 'isUnreadable'>;

function rowIn(json: string, line: number, names: ColumnNames): RowInJson {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return notAnObject(json, line);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return notAnObject(json, line);
  }
  const pairs = Object.entries(value);
  const problems = names.problemsOf(
    pairs.map(([name]) => name),
    line,
    { areAll: false },
  );
  const read = cellsFrom(pairs, names, line);
  const all = [...problems, ...read.problems];
  return { cells: read.cells, ...(all.length > 0 && { problems: all }) };
}

function notAnObject(json: string, line: number): RowInJson {
  const allowed = 'one JSON object a line: {"path":"/a.txt"}';
  return {
    cells: {},
    problems: [{ line, found: json.slice(0, 60), allowed }],
    isUnreadable: true,
  };
}
