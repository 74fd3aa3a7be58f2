/** Words and options of a command line → rows. */
import { CliError } from '../cli-error.ts';
import type { Cell, RawRow } from './raw-row.ts';
import { type Columns, spelled, type Verb } from './verb.ts';

/** What commander read of a verb's options: text, a switch, or pairs given one by one. */
export type OptionValues = Readonly<Record<string, unknown>>;

/**
 * One row for each word; the options are the same for all of them.
 * @throws CliError words are missing, or too many
 */
export function rowsFromWords<C extends Columns>(
  verb: Verb<C>,
  words: readonly string[],
  options: OptionValues,
): RawRow[] {
  const given = cellsOf(verb, options);
  const { each, last, second } = verb;
  if (words.length === 0) throw nothingNamed(verb);
  if (second !== undefined) return [rowOfTwo(verb, words, given, second)];
  const lastIsIt = last !== undefined && given[last] === undefined && words.length > 1;
  const items = lastIsIt ? words.slice(0, -1) : words;
  const more = lastIsIt ? { [last]: words.at(-1) ?? '' } : {};
  return items.map((word, index) => ({
    number: index + 1,
    cells: { ...given, ...more, [each]: word },
  }));
}

function rowOfTwo<C extends Columns>(
  verb: Verb<C>,
  words: readonly string[],
  given: Readonly<Record<string, Cell>>,
  second: string,
): RawRow {
  const [item = '', word, ...others] = words;
  if (word !== undefined && given[second] !== undefined) {
    throw new CliError(`"${word}" and --${spelled(second)} say the same thing twice`, {
      ways: ['give one of them'],
    });
  }
  if (others.length > 0) {
    throw new CliError(`"${others[0]}" is one word too many`, {
      ways: [`put "…" around what belongs together`, `boxhaul ${verb.name} --help`],
    });
  }
  const cells = { ...given, [verb.each]: item, ...(word !== undefined && { [second]: word }) };
  return { number: 1, cells };
}

function nothingNamed<C extends Columns>({ name, examples }: Verb<C>): CliError {
  return new CliError(`it is not said what to ${name}`, {
    ways: [...examples.slice(0, 1), `boxhaul ${name} --from-file work.csv    many at once`],
  });
}

/** The options that fill columns. */
export function cellsOf<C extends Columns>(
  { columns }: Verb<C>,
  options: OptionValues,
): Readonly<Record<string, Cell>> {
  const cells: Record<string, Cell> = {};
  for (const name of Object.keys(columns)) {
    const value = options[name];
    if (value === true) cells[name] = 'yes';
    else if (typeof value === 'string') cells[name] = value;
    else if (isPairs(value)) cells[name] = value;
  }
  return cells;
}

function isPairs(value: unknown): value is Readonly<Record<string, string>> {
  return typeof value === 'object' && value !== null;
}
