/** All rows checked before the first is done: either each can be worked with, or the command ends and says why not. */
import { CliError } from '../cli-error.ts';
import { formatCount, formatNumberOf } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { printable } from '../output/width.ts';
import { checkRow } from './check-row.ts';
import { type Cell, type Problem, problemWords, type RawRow } from './raw-row.ts';
import type { Columns, RowForm, RowOf, Verb } from './verb.ts';

/** So many are told in words; with --json all are told. */
const TOLD = 100;

/** So many are named before something is destroyed. */
const NAMED = 3;

/** What a check of all rows found out about them. */
export interface RowsChecked {
  readonly count: number;
  /** Of them, those that destroy something, and those that do it for ever. */
  readonly destroying: number;
  readonly forEver: number;
  /** Of the first that destroy something, what they are about. */
  readonly names: readonly string[];
}

/**
 * Checks all rows, which are read once.
 * @throws CliError rows are wrong, or there are none
 */
export async function checkRows<C extends Columns>(
  verb: RowForm<C> & Partial<Pick<Verb<C>, 'destroys' | 'each'>>,
  rows: AsyncIterable<RawRow>,
  { title, output }: { readonly title: string; readonly output: Output },
): Promise<RowsChecked> {
  const told: string[] = [];
  const names: string[] = [];
  let [count, bad, problems, destroying, forEver] = [0, 0, 0, 0, 0];
  for await (const raw of rows) {
    const checked = checkRow(verb, raw);
    count += 1;
    if ('problems' in checked) {
      bad += 1;
      problems += checked.problems.length;
      for (const problem of checked.problems) tell(problem, raw, told, output);
    } else {
      const how = verb.destroys?.how(checked.row);
      if (how === undefined) continue;
      destroying += 1;
      if (how === 'for-ever') forEver += 1;
      const name = raw.shown ?? (verb.each && raw.cells[verb.each]);
      if (typeof name === 'string' && names.length < NAMED) names.push(printable(name));
    }
  }
  if (bad > 0) throw wrong(verb, title, { rows: bad, problems }, told);
  if (count === 0) {
    throw new CliError(`${title} has no rows`, {
      ways: [`${shownBy(verb)}    shows what they look like`],
    });
  }
  return { count, destroying, forEver, names };
}

/** A row that was checked before, and has not changed since. */
export function checkedRow<C extends Columns>(verb: RowForm<C>, raw: RawRow): RowOf<C> {
  const checked = checkRow(verb, raw);
  if ('row' in checked) return checked.row;
  throw new CliError('the rows were changed while they were worked on', {
    details: checked.problems.map(problemWords),
    ways: ['run the same command again when nothing writes to the file'],
  });
}

/** Rows with what the options say where they say nothing themselves. */
export async function* withGiven(
  rows: AsyncIterable<RawRow>,
  given: Readonly<Record<string, Cell>>,
): AsyncGenerator<RawRow> {
  for await (const raw of rows) yield { ...raw, cells: { ...given, ...raw.cells } };
}

function tell(problem: Problem, { number }: RawRow, told: string[], output: Output): void {
  output.event('bad-row', { row: number, ...problem, message: problemWords(problem) });
  if (told.length < TOLD) told.push(problemWords(problem));
}

function wrong<C extends Columns>(
  verb: RowForm<C>,
  title: string,
  bad: { readonly rows: number; readonly problems: number },
  told: readonly string[],
): CliError {
  if (title === '') {
    const [first = '', ...others] = told;
    return new CliError(`${verb.name}: ${first}`, {
      details: others,
      ways: [`boxhaul ${verb.name} --help`],
    });
  }
  const verbWord = bad.rows === 1 ? 'is' : 'are';
  const more = bad.problems - told.length;
  return new CliError(
    `${formatNumberOf(bad.rows, 'row')} of ${title} ${verbWord} wrong; nothing was done`,
    {
      details: [
        ...told,
        ...(more > 0 ? [`… and ${formatCount(more)} more, which --json tells`] : []),
      ],
      ways: [
        'mend the file and run the same command again',
        `${shownBy(verb)}    shows what it looks like`,
      ],
    },
  );
}

function shownBy<C extends Columns>({ name, shownBy = `boxhaul ${name} --template` }: RowForm<C>) {
  return shownBy;
}
