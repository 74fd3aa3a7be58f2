/** The names of columns as files have them, and which column each is. */
import type { Cell, Problem } from './raw-row.ts';
import { type Columns, spelled } from './verb.ts';

interface NamedColumn {
  readonly column: string;
  readonly field?: string;
  /** It is a column of values by names. */
  readonly takesFields: boolean;
}

export interface ColumnNames {
  /** The column of this name, and which of its fields: `set.state` is the field `state` of `set`. */
  find(name: string): NamedColumn | undefined;
  /**
   * What is wrong with the names of a file.
   * @param how `areAll`: a column that is not among them is in no row @default true
   */
  problemsOf(
    names: readonly string[],
    line: number,
    how?: { readonly areAll: boolean },
  ): readonly Problem[];
}

/** @param given columns that an option fills in every row */
export function columnNames(columns: Columns, given: readonly string[]): ColumnNames {
  const byName = new Map(Object.keys(columns).map((column) => [spelled(column), column]));
  const find: ColumnNames['find'] = (name) => {
    const plain = name.trim().toLowerCase().replaceAll(/[_ ]/g, '-');
    const column = byName.get(plain);
    if (column !== undefined) return { column, takesFields: columns[column]?.kind === 'fields' };
    const dot = name.indexOf('.');
    const owner = dot > 0 ? byName.get(name.slice(0, dot).trim().toLowerCase()) : undefined;
    const isField = owner !== undefined && columns[owner]?.kind === 'fields';
    const field = name.slice(dot + 1).trim();
    return isField ? { column: owner, field, takesFields: true } : undefined;
  };
  return {
    find,
    problemsOf(names, line, { areAll } = { areAll: true }) {
      const problems: Problem[] = [];
      const allowed = allowedNames(columns);
      const seen = new Set<string>();
      for (const name of names) {
        const found = find(name);
        const key = found && `${found.column}.${found.field ?? ''}`;
        if (key === undefined) problems.push({ line, column: name, found: name, allowed });
        else if (seen.has(key)) {
          problems.push({ line, column: name, found: name, allowed: 'each column once' });
        } else seen.add(key);
      }
      if (!areAll) return problems;
      for (const [column, { isRequired }] of Object.entries(columns)) {
        if (!isRequired || given.includes(column)) continue;
        if (![...seen].some((key) => key.startsWith(`${column}.`))) {
          problems.push({ line, column: spelled(column), allowed: 'a column of this name' });
        }
      }
      return problems;
    },
  };
}

function allowedNames(columns: Columns): string {
  const names = Object.entries(columns).map(([name, { kind }]) =>
    kind === 'fields' ? `${spelled(name)}.<name>` : spelled(name),
  );
  return names.join(', ');
}

/** The cells of a row; names that are no columns have been told elsewhere. */
export function cellsFrom(
  pairs: readonly (readonly [name: string, value: unknown])[],
  names: ColumnNames,
  line: number,
): { readonly cells: Readonly<Record<string, Cell>>; readonly problems: readonly Problem[] } {
  const cells: Record<string, Cell> = {};
  const problems: Problem[] = [];
  for (const [name, value] of pairs) {
    const found = names.find(name);
    if (!found || value === null || value === '') continue;
    const { column, field, takesFields } = found;
    const text = textOf(value);
    const fields = field === undefined ? fieldsOf(value) : text && { [field]: text };
    if (takesFields && fields) {
      cells[column] = { ...(cells[column] as object | undefined), ...fields };
    } else if (!takesFields && text !== undefined) cells[column] = text;
    else {
      const allowed = takesFields ? '{"name":"value"}' : 'text';
      problems.push({ line, column: name, found: JSON.stringify(value), allowed });
    }
  }
  return { cells, problems };
}

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** `{"state":"signed","amount":12}` in a row of JSON; a list is its values with commas. */
function fieldsOf(value: unknown): Readonly<Record<string, string>> | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const fields: Record<string, string> = {};
  for (const [name, one] of Object.entries(value)) {
    const text = Array.isArray(one) ? one.map(textOf).join(',') : textOf(one);
    if (text === undefined) return undefined;
    fields[name] = text;
  }
  return fields;
}
