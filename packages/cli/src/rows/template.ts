/** `--template`: what a file of rows looks like. */
import { stringify } from 'csv-stringify/sync';
import type { CommandContext } from '../context.ts';
import { allowedIn } from './check-cell.ts';
import { type Columns, type RowForm, spelled } from './verb.ts';

/** `csv`: the line of column names and a row that works; `jsonl`: the same row as JSON. */
export type TemplateFormat = 'csv' | 'jsonl';

/** Prints the template on stdout; what each column takes is said to people, on stderr, and how to have the other form. */
export function printTemplate<C extends Columns>(
  { output }: Pick<CommandContext, 'output'>,
  { name: verb, columns }: RowForm<C>,
  format: TemplateFormat | 'csv only',
): void {
  const cells = Object.entries(columns).map(
    ([name, { kind, example = '' }]) =>
      [
        kind === 'fields' ? `${spelled(name)}.${example.split('=')[0]}` : spelled(name),
        valueIn(kind, example),
      ] as const,
  );
  const row = Object.fromEntries(cells);
  const given = Object.fromEntries(cells.filter(([, value]) => value !== ''));
  if (output.json)
    output.event('template', {
      verb,
      columns: described(columns).map(({ isSaid: _, ...column }) => column),
      example: given,
    });
  else if (format === 'jsonl') output.print(JSON.stringify(given));
  else output.print(stringify([Object.keys(row), Object.values(row)]).trimEnd());
  if (output.quiet) return;
  for (const { column, isRequired, words, allowed, isSaid } of described(columns)) {
    const kinds = isSaid ? '' : `; ${allowed}`;
    output.warn(`${column}${isRequired ? '' : ' (may be empty)'}: ${words}${kinds}`);
  }
  if (format === 'csv only') return;
  const other = format === 'csv' ? 'jsonl' : 'csv';
  output.warn(`as ${other}: boxhaul ${verb} --template ${other}`);
}

function valueIn(kind: string, example: string): string {
  return kind === 'fields' ? (example.split('=')[1] ?? '') : example;
}

function described(columns: Columns) {
  return Object.entries(columns).map(([name, column]) => ({
    column: column.kind === 'fields' ? `${spelled(name)}.<name>` : spelled(name),
    isRequired: column.isRequired === true,
    words: column.words,
    allowed: allowedIn(column),
    isSaid: column.kind === 'place' || column.kind === 'text',
  }));
}
