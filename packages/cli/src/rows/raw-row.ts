/** Rows as they were written, before anything in them is checked. */

/** What stands in a cell: text, or pairs where the column is one of `fields`. */
export type Cell = string | Readonly<Record<string, string>>;

/** One row. An empty cell is absent. */
export interface RawRow {
  /** Its place among the rows, from 1. */
  readonly number: number;
  /** Of the file, from 1; absent of what was typed. */
  readonly line?: number;
  /** What people call it, where the cell that says it is an address. */
  readonly shown?: string;
  /** By the names in `Columns`. */
  readonly cells: Readonly<Record<string, Cell>>;
  /** What was wrong already when it was read. */
  readonly problems?: readonly Problem[];
  /** It is known only that something is wrong: there are no cells to be checked. */
  readonly isUnreadable?: true;
}

/** One thing that is wrong with a row, or with a file. */
export interface Problem {
  readonly line?: number | undefined;
  /** As people write it. */
  readonly column?: string | undefined;
  readonly found?: string | undefined;
  readonly allowed: string;
}

/** `line 12, role: found "edtor"; allowed: editor, viewer`. */
export function problemWords({ line, column, found, allowed }: Problem): string {
  const isName = column !== undefined && column === found;
  const where = [
    ...(line === undefined ? [] : [`line ${line}`]),
    ...(column === undefined || isName ? [] : [column]),
  ].join(', ');
  const what =
    found === undefined ? 'nothing is given' : `found ${isName ? 'a column ' : ''}"${found}"`;
  return `${where === '' ? '' : `${where}: `}${what}; allowed: ${allowed}`;
}
