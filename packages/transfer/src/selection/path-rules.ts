/**
 * Rules about paths, in order: the last one that matches decides, so that each one corrects those before it, as in a
 * `.gitignore`. A rule that matches a folder matches all that is in it.
 */
import { InputError } from '@boxhaul/client';
import picomatch from 'picomatch';

/**
 * One rule. `include` means "only": if there is any, what no rule matches is left out. `exclude` leaves out, and behind
 * a `!` takes back what an earlier rule left out. Both are globs, or regular expressions behind `re:`.
 */
export type PathRule = { readonly include: string } | { readonly exclude: string };

/** What the rules say of paths. */
export interface PathRules {
  takes(path: string): boolean;
  /** Whether anything below the folder can be taken. */
  entersFolder(path: string): boolean;
}

/** @throws {InputError} a regular expression is none */
export function pathRules(given: readonly PathRule[]): PathRules {
  const rules = given.map(compiled).filter((rule) => rule !== undefined);
  const byDefault = !given.some((rule) => 'include' in rule);
  const deciding = (path: string, isFolder: boolean) =>
    rules.findLastIndex(({ matches }) => matches(path, isFolder));
  return {
    takes: (path) => rules[deciding(path, false)]?.takes ?? byDefault,
    entersFolder(path) {
      const index = deciding(path, true);
      if (rules[index]?.takes ?? byDefault) return true;
      // What a later rule takes back may lie below.
      return rules.slice(index + 1).some((rule) => rule.takes && rule.mayMatchBelow(path));
    },
  };
}

interface CompiledRule {
  readonly takes: boolean;
  /** Whether it matches this path, or a folder above. */
  matches(path: string, isFolder: boolean): boolean;
  /** False only if nothing below the folder can match. */
  mayMatchBelow(folder: string): boolean;
}

function compiled(rule: PathRule): CompiledRule | undefined {
  const isInclude = 'include' in rule;
  const text = isInclude ? rule.include : rule.exclude;
  const isTakenBack = !isInclude && text.startsWith('!');
  const pattern = isTakenBack ? text.slice(1) : text;
  if (pattern === '') return undefined;
  return { takes: isInclude || isTakenBack, ...matcherOf(pattern) };
}

function matcherOf(pattern: string): Omit<CompiledRule, 'takes'> {
  if (pattern.startsWith('re:')) return expressionMatcher(pattern.slice('re:'.length));
  const anchored = pattern.startsWith('/')
    ? pattern.slice(1)
    : `**/${pattern.replace(/^\.\//, '')}`;
  const folder = anchored.replace(/\/$/, '');
  const matchesItself = picomatch(folder, { dot: true });
  const matchesBelow = picomatch(`${folder}/**/*`, { dot: true });
  const isForFolders = anchored.endsWith('/');
  return {
    matches: (path, isFolder) =>
      ((isFolder || !isForFolders) && matchesItself(path)) || matchesBelow(path),
    mayMatchBelow: pattern.startsWith('/') ? below(baseOf(pattern.slice(1))) : () => true,
  };
}

/** The folder that all matches of a glob lie in. */
function baseOf(glob: string): string {
  return picomatch.scan(glob.replace(/\/$/, '')).base;
}

function below(base: string): (folder: string) => boolean {
  return (folder) =>
    base === '' ||
    base === folder ||
    base.startsWith(`${folder}/`) ||
    folder.startsWith(`${base}/`);
}

function expressionMatcher(source: string): Omit<CompiledRule, 'takes'> {
  const expression = regularExpression(source);
  return {
    matches: (path) => expression.test(path) || foldersOf(path).some((at) => expression.test(at)),
    mayMatchBelow: () => true,
  };
}

function regularExpression(source: string): RegExp {
  try {
    return new RegExp(source, 'u');
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new InputError(`re:${source} is no regular expression: ${words}`, { cause: error });
  }
}

/** All folders that a path lies in: `a` and `a/b` of `a/b/c`. */
export function foldersOf(path: string): string[] {
  const names = path.split('/').slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join('/'));
}
