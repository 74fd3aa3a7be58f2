/** A declared verb as a command: its arguments, options and help. */
import { type Command, Option } from 'commander';
import { addConnectionOptions, addGlobalOptions } from '../options/global-options.ts';
import { fieldValue, wholeNumber } from '../options/option-values.ts';
import type { OptionValues } from '../rows/from-words.ts';
import type { RowsOptions } from '../rows/run-rows.ts';
import { type Column, type Columns, spelled, type Verb } from '../rows/verb.ts';
import { examples, type Start } from './start.ts';

/** Adds a verb to the program, or to the command whose second word it is. */
export function addRowVerb<C extends Columns>(parent: Command, start: Start, verb: Verb<C>): void {
  const { columns, each, second, examples: lines, notes = '' } = verb;
  const command = parent
    .command(verb.name.split(' ').at(-1) ?? verb.name)
    .summary(verb.summary)
    .description(verb.description);
  const isOne = second !== undefined;
  command.argument(isOne ? `[${spelled(each)}]` : '[items...]', columns[each]?.words);
  if (isOne) command.argument(`[${spelled(second)}]`, columns[second]?.words);
  for (const [name, column] of Object.entries(columns)) {
    if (name !== each) command.addOption(optionOf(name, column));
  }
  if (verb.destroys) command.option('-y, --yes', 'do it without asking');
  command.option('-n, --dry-run', 'say what would be done and do nothing');
  addManyOptions(command);
  addConnectionOptions(command);
  addGlobalOptions(command)
    .addHelpText('after', `${notes === '' ? '' : `\n${notes}\n`}${examples(...lines)}`)
    .action((...words: unknown[]) =>
      start(command, async (context) => {
        const { runRows } = await import('../rows/run-rows.ts');
        const typed = words.slice(0, isOne ? 2 : 1).flat();
        return runRows(
          context,
          verb,
          typed.filter((word) => typeof word === 'string'),
          command.opts<RowsOptions & OptionValues>(),
        );
      }),
    );
}

function optionOf(name: string, column: Column): Option {
  const short = column.short === undefined ? '' : `${column.short}, `;
  const long = `${short}--${spelled(name)}`;
  if (column.kind === 'flag') return new Option(long, column.words);
  const option = new Option(
    `${long} <${column.placeholder ?? placeholders[column.kind]}>`,
    column.words,
  );
  if (column.kind === 'choice') return option.choices(column.choices);
  return column.kind === 'fields' ? option.argParser(fieldValue) : option;
}

const placeholders: Readonly<Record<Column['kind'], string>> = {
  text: 'text',
  name: 'name',
  place: 'place',
  time: 'time',
  count: 'n',
  duration: 'duration',
  flag: '',
  fields: 'name=value',
  choice: 'which',
};

function addManyOptions(command: Command): void {
  command
    .optionsGroup('Many at once:')
    .option('--from-file <file>', 'a row for each line of a .csv or .jsonl; - is standard input')
    .addOption(
      new Option(
        '--template [format]',
        'print what such a file looks like, and do nothing',
      ).choices(['csv', 'jsonl']),
    )
    .option('--report <file>', 'write what became of each row into a .csv')
    .option('--only-failed', 'only rows that failed when the file was last worked on')
    .option('--again', 'do also rows that are done')
    .option('--concurrency <n>', 'rows worked on at the same time (16)', wholeNumber(1, 64));
}
