import { allOf, type Condition, testOf } from './condition.ts';
import type { FileFacts } from './file-facts.ts';
import { foldersOf, type PathRule, pathRules } from './path-rules.ts';
import { boxFieldsOf, onlyInBox } from './where/check.ts';
import { depthOf } from './where/fields.ts';

/** What people write to choose files. A file has to pass all of it. */
export interface FilterRules {
  /** Endings of names, without regard to case: `.zip`, `zip` and `*.ZIP` are the same. Empty: all. */
  extensions?: readonly string[];
  /** Globs; a file takes part if one matches it or a folder it lies in. Empty: all. */
  include?: readonly string[];
  /** Globs; a file takes no part if one matches it or a folder it lies in. They come behind `include`. */
  exclude?: readonly string[];
  /** More of both, in an order that counts: the last that matches decides. They come behind `exclude`. */
  rules?: readonly PathRule[];
  /** A file as large as either is taken. */
  minSizeBytes?: number;
  maxSizeBytes?: number;
  /** How long ago the contents were last changed, counted from when the filter is made. */
  minAgeMs?: number;
  maxAgeMs?: number;
  /** How many names a path may have: 1 is what lies directly in the job's root. */
  maxDepth?: number;
  /** Whether `.boxhaulignore` files count. @default true */
  ignoreFiles?: boolean;
  where?: Condition;
}

/** Which files take part in a transfer. Made by `filterOf`. */
export interface Filter {
  /**
   * Whether the file at this path (below the job's root, `/` between names) can take part, as far as its path tells.
   * Where there are `facts`, they have the last word.
   */
  takesFile(path: string): boolean;
  /** Whether anything below the folder at this path can take part. */
  entersFolder(path: string): boolean;
  /**
   * Whether files were chosen (`extensions`, `include`, size, age, `where`): a folder is then made only when a file
   * in it takes part. Otherwise empty folders are made as well.
   */
  readonly selective: boolean;
  /**
   * Whether `.boxhaulignore` files count: on upload those in the sources' folders, on download the one in the target
   * folder.
   */
  readonly ignoreFiles: boolean;
  /** Rules about more than the path; absent if there are none. */
  readonly facts?: FactRules;
}

/** Rules that can only be judged of a file that was looked at. */
export interface FactRules {
  /** Whether the file takes part; asked of those that `takesFile` takes. */
  take(path: string, facts: FileFacts): boolean;
  /** Fields that Box's listings must have beside the usual, such as `owned_by`. */
  readonly boxFields: readonly string[];
  /** What is spoken of that files on a disk do not have, such as `owner`. */
  readonly onlyInBox: readonly string[];
}

/**
 * A filter from what people write. Globs are those of picomatch (`*`, `**`, `?`, `[a-z]`, `{a,b}`) and
 * see hidden names too. One that begins with `/` starts at the job's root; any other may start at any
 * folder, so that `*.tmp`, `raw/*.cr2` and `node_modules` mean what they mean to rsync. `re:` and a regular
 * expression looks for that anywhere in the path.
 *
 * @throws {InputError} a regular expression is none
 * @example
 * ```ts
 * import { filterOf, upload } from '@boxhaul/transfer';
 *
 * const filter = filterOf({ extensions: ['txt', 'pdf'], exclude: ['drafts'] });
 * console.log(filter.takesFile('2026/drafts/plan.txt')); // false
 * await upload({ client, sources: ['.'], folderId, mode: 'upload', filter });
 * ```
 */
export function filterOf(rules: FilterRules): Filter {
  const { maxDepth } = rules;
  const isTooDeep = (path: string) => maxDepth !== undefined && depthOf(path) > maxDepth;
  const endings = (rules.extensions ?? []).map(endingOf).filter((ending) => ending !== '.');
  const ordered = orderedRules(rules);
  const paths = pathRules(ordered);
  const condition = allOf(conditionsOf(rules));
  const isAsking = condition.fields.size > 0;
  const selective = endings.length > 0 || isAsking || ordered.some((rule) => 'include' in rule);
  return {
    selective,
    ignoreFiles: rules.ignoreFiles ?? true,
    takesFile(path) {
      if (isTooDeep(path) || !paths.takes(path)) return false;
      if (endings.length > 0 && !endsIn(path.toLowerCase(), endings)) return false;
      return !isAsking || condition.judge({ path }) !== false;
    },
    entersFolder: (path) => !isTooDeep(`${path}/*`) && paths.entersFolder(path),
    ...(isAsking && { facts: factRules(condition) }),
  };
}

function factRules(condition: Condition): FactRules {
  return {
    take: (path, facts) => condition.judge({ path, facts }) === true,
    boxFields: boxFieldsOf(condition),
    onlyInBox: onlyInBox(condition),
  };
}

/** What passes the filter and is among these paths, or below one of them. */
export function onlyPaths(filter: Filter, paths: readonly string[]): Filter {
  const chosen = new Set(paths);
  const above = new Set(paths.flatMap(foldersOf));
  const isChosen = (path: string) =>
    chosen.has(path) || foldersOf(path).some((folder) => chosen.has(folder));
  return {
    ...filter,
    selective: true,
    takesFile: (path) => isChosen(path) && filter.takesFile(path),
    entersFolder: (path) => (above.has(path) || isChosen(path)) && filter.entersFolder(path),
  };
}

/**
 * What passes the filter in one of several folders, where paths are counted from it, and is among paths that begin with
 * its own. Undefined if none does.
 */
export function onlyBelow(
  filter: Filter,
  only: readonly string[],
  top: string,
): Filter | undefined {
  if (only.includes(top)) return filter;
  const start = `${top}/`;
  const below = only.filter((path) => path.startsWith(start));
  return below.length === 0
    ? undefined
    : onlyPaths(
        filter,
        below.map((path) => path.slice(start.length)),
      );
}

/** Every file takes part. */
export const everything: Filter = filterOf({});

function endsIn(lowerCasePath: string, endings: readonly string[]): boolean {
  return endings.some((ending) => lowerCasePath.endsWith(ending));
}

function endingOf(extension: string): string {
  return `.${extension.trim().replace(/^\*/, '').replace(/^\./, '').toLowerCase()}`;
}

function orderedRules({ include = [], exclude = [], rules = [] }: FilterRules): PathRule[] {
  return [
    ...include.filter((glob) => glob !== '').map((glob) => ({ include: glob })),
    ...exclude.map((glob) => ({ exclude: glob })),
    ...rules,
  ];
}

/** Limits are conditions as well. What has no time does not pass a rule about ages. */
function conditionsOf(rules: FilterRules): Condition[] {
  const { minSizeBytes, maxSizeBytes, minAgeMs, maxAgeMs, where } = rules;
  const conditions: Condition[] = [];
  if (minSizeBytes !== undefined) conditions.push(ofSize((size) => size >= minSizeBytes));
  if (maxSizeBytes !== undefined) conditions.push(ofSize((size) => size <= maxSizeBytes));
  const nowMs = Date.now();
  if (minAgeMs !== undefined) conditions.push(modified((time) => nowMs - time >= minAgeMs));
  if (maxAgeMs !== undefined) conditions.push(modified((time) => nowMs - time <= maxAgeMs));
  return where ? [...conditions, where] : conditions;
}

function ofSize(passes: (sizeBytes: number) => boolean): Condition {
  return testOf('size', ({ facts }) => facts?.sizeBytes, passes);
}

function modified(passes: (modifiedMs: number) => boolean): Condition {
  return testOf('modified', ({ facts }) => facts && (facts.modifiedMs ?? null), passes);
}
