import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '@boxhaul/client';
import {
  type Condition,
  ConditionError,
  type Filter,
  filterOf,
  type MaxDelete,
  type PathRule,
  parseCondition,
  readFilterFile,
  type Side,
} from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { TypedRule } from '../options/selection-options.ts';
import { printable, widthOf } from '../output/width.ts';

/** Which files take part, as typed. */
export interface ChoiceOptions {
  readonly ext?: readonly string[];
  readonly include?: readonly TypedRule[];
  readonly exclude?: readonly TypedRule[];
  readonly filterFrom?: readonly TypedRule[];
  /** False: as if there were no `.boxhaulignore`. */
  readonly ignoreFiles?: boolean;
  /** In bytes. */
  readonly minSize?: number;
  readonly maxSize?: number;
  /** In milliseconds. */
  readonly minAge?: number;
  readonly maxAge?: number;
  readonly maxDepth?: number;
  readonly where?: string;
}

/** Which files take part in a transfer and how it is done, as typed. */
export interface SelectionOptions extends ChoiceOptions {
  readonly force?: boolean;
  readonly dryRun?: boolean;
  /** Only what failed when the same job last ran. */
  readonly onlyFailed?: boolean;
  /** What the source does not have goes to the trash. */
  readonly deleteExtra?: boolean;
  readonly maxDelete?: MaxDelete;
  readonly concurrency?: number;
  /** A CSV file of what became of each file. */
  readonly report?: string;
  /** Who shares the work: ids or logins of users. */
  readonly asUsers?: readonly string[];
}

const CHOOSING = {
  ext: '--ext',
  include: '--include',
  exclude: '--exclude',
  filterFrom: '--filter-from',
  minSize: '--min-size',
  maxSize: '--max-size',
  minAge: '--min-age',
  maxAge: '--max-age',
  maxDepth: '--max-depth',
  where: '--where',
} as const satisfies Record<Exclude<keyof ChoiceOptions, 'ignoreFiles'>, string>;

/** The options with which files were chosen: `--ext`, `--where`. */
export function choosingOptions(options: ChoiceOptions): string[] {
  const names = Object.keys(CHOOSING) as (keyof typeof CHOOSING)[];
  return names.filter((name) => options[name] !== undefined).map((name) => CHOOSING[name]);
}

/**
 * The filter of a transfer.
 * @throws CliError as `selectionFilter`, a limit that limits nothing, or rules that do not go with what deletes
 */
export async function transferFilter(
  options: SelectionOptions,
  of: { readonly side: Side; readonly cwd: string },
): Promise<Filter> {
  if (options.maxDelete !== undefined && options.deleteExtra !== true) {
    throw new CliError('--max-delete is a limit of --delete-extra, and nothing else deletes', {
      ways: ['add --delete-extra, or leave --max-delete out'],
    });
  }
  const filter = await selectionFilter(options, of);
  // Of two sides that differ, the one that is too large is not extra. Said before a target is made.
  if (options.deleteExtra === true && filter.facts) {
    throw new CliError(
      '--delete-extra goes with rules about paths only, not about size, age or other facts',
      { ways: ['leave one of them out, or choose with --include, --exclude and --ext'] },
    );
  }
  return filter;
}

/**
 * The filter that the options amount to.
 *
 * @param side where the files are that are chosen from
 * @throws CliError a condition that cannot be understood, or a file of rules that cannot be read
 */
export async function selectionFilter(
  options: ChoiceOptions,
  { side, cwd }: { readonly side: Side; readonly cwd: string },
): Promise<Filter> {
  const { ext, minSize, maxSize, minAge, maxAge, maxDepth, where } = options;
  return filterOf({
    ...(ext && { extensions: ext }),
    rules: await rulesOf(options, cwd),
    ignoreFiles: options.ignoreFiles !== false,
    ...(minSize !== undefined && { minSizeBytes: minSize }),
    ...(maxSize !== undefined && { maxSizeBytes: maxSize }),
    ...(minAge !== undefined && { minAgeMs: minAge }),
    ...(maxAge !== undefined && { maxAgeMs: maxAge }),
    ...(maxDepth !== undefined && { maxDepth }),
    ...(where !== undefined && { where: await conditionOf(where, side) }),
  });
}

async function rulesOf(
  { include = [], exclude = [], filterFrom = [] }: ChoiceOptions,
  cwd: string,
): Promise<PathRule[]> {
  const typed = [...include, ...exclude, ...filterFrom].sort(
    (one, other) => one.place - other.place,
  );
  const rules: PathRule[] = [];
  for (const { kind, text } of typed) {
    if (kind === 'include') rules.push({ include: text });
    else if (kind === 'exclude') rules.push({ exclude: text });
    else rules.push(...(await rulesIn(text, cwd)));
  }
  return rules;
}

async function rulesIn(file: string, cwd: string): Promise<PathRule[]> {
  const text = await readFile(resolve(cwd, file), 'utf8').catch((error: unknown) => {
    const { code } = error as NodeJS.ErrnoException;
    throw new CliError(
      code === 'ENOENT' ? `${file} is not there` : `${file} cannot be read (${code ?? error})`,
      { details: [`it was given to --filter-from; paths are taken from ${cwd}`], cause: error },
    );
  });
  try {
    return readFilterFile(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new CliError(`${file}: ${error.message}`, { cause: error });
  }
}

async function conditionOf(text: string, side: Side): Promise<Condition> {
  try {
    return await parseCondition(text, { side });
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    throw new CliError(`--where: ${error.message}`, { details: pointing(error), cause: error });
  }
}

/** The line that is wrong, and below it a `^` where it is. */
function pointing({ expression, column }: ConditionError): string[] {
  const before =
    expression
      .slice(0, column - 1)
      .split('\n')
      .at(-1) ?? '';
  const [after = ''] = expression.slice(column - 1).split('\n');
  return [printable(before + after), `${' '.repeat(widthOf(printable(before)))}^`];
}
