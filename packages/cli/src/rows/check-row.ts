/** A row as it was written → a row that a verb can work with, or all that is wrong with it. */
import { printable } from '../output/width.ts';
import { allowedIn, checkCell } from './check-cell.ts';
import type { Problem, RawRow } from './raw-row.ts';
import { type Column, type Columns, type RowForm, type RowOf, spelled } from './verb.ts';

export type CheckedRow<C extends Columns> =
  | { readonly row: RowOf<C> }
  | { readonly problems: readonly Problem[] };

/** A value longer than this is shown by its beginning. */
const SHOWN = 60;

export function checkRow<C extends Columns>(verb: RowForm<C>, raw: RawRow): CheckedRow<C> {
  const { line, cells } = raw;
  if (raw.isUnreadable) return { problems: raw.problems ?? [] };
  const problems: Problem[] = [...(raw.problems ?? [])];
  const row: Record<string, unknown> = {};
  for (const [name, column] of Object.entries(verb.columns)) {
    const cell = cells[name];
    if (cell === undefined) {
      if (column.isRequired) problems.push({ line, column: spelled(name), allowed: asked(column) });
    } else if (column.isRequired && typeof cell === 'string' && cell.trim() === '') {
      problems.push({ line, column: spelled(name), found: shown(cell), allowed: asked(column) });
    } else if (typeof cell !== 'string') {
      row[name] = cell;
    } else {
      const checked = checkCell(column, cell);
      if ('value' in checked) row[name] = checked.value;
      else {
        const { allowed } = checked;
        problems.push({ line, column: spelled(name), found: shown(cell), allowed });
      }
      if (cell.includes('\ufffd')) {
        const allowed = 'text in UTF-8: this has bytes that are none';
        problems.push({ line, column: spelled(name), found: shown(cell), allowed });
      }
    }
  }
  if (problems.length > 0) return { problems };
  const checked = row as RowOf<C>;
  const whole = verb.check?.(checked);
  if (!whole) return { row: checked };
  const { column, allowed } = whole;
  const cell = cells[column];
  const found = typeof cell === 'string' ? shown(cell) : undefined;
  return { problems: [{ line, column: spelled(column), found, allowed }] };
}

/** What a column that may not be empty wants; any text would do, so that it is said what for. */
function asked(column: Column): string {
  return column.kind === 'text' ? column.words : allowedIn(column);
}

function shown(text: string): string {
  const words = printable(text);
  return words.length <= SHOWN ? words : `${words.slice(0, SHOWN)}…`;
}
