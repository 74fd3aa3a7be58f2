/**
 * What `.boxhaulignore` files say, as `.gitignore` files do: those of folders further down come behind those further
 * up, and the last rule that matches decides.
 */
import { InputError } from '@boxhaul/client';
import { readFilterFile } from './filter-file.ts';
import { type PathRule, type PathRules, pathRules } from './path-rules.ts';

/** The name of such files. */
export const IGNORE_FILE = '.boxhaulignore';

/** All such rules that hold in a folder. */
export interface IgnoreRules extends PathRules {
  /** The folder that the rules' paths are below: the topmost that has such a file. */
  readonly root: string;
  readonly rules: readonly PathRule[];
}

/**
 * @param above what holds in the folder already
 * @param folder the path, below the root, of the folder that the file lies in; empty for the root
 * @throws {InputError} a line is of another tool, or a regular expression, which has no place to begin at
 */
export function ignoreRules(
  text: string,
  { root, folder = '', above }: { root: string; folder?: string; above?: IgnoreRules | undefined },
): IgnoreRules {
  const own = readFilterFile(text).map((rule) => below(folder, rule));
  const rules = [...(above?.rules ?? []), ...own];
  return { root, rules, ...pathRules(rules) };
}

/** The same rule for paths from the root. A slash within a rule ties it to the folder of its file, as in Git. */
function below(folder: string, rule: PathRule): PathRule {
  const written = 'exclude' in rule ? rule.exclude : rule.include;
  const isTakenBack = written.startsWith('!');
  const glob = isTakenBack ? written.slice(1) : written;
  if (glob.startsWith('re:')) {
    throw new InputError(`${glob}: regular expressions go into a file for --filter-from`);
  }
  const isTied = glob.slice(0, -1).includes('/');
  const base = folder === '' ? '' : `/${escaped(folder)}`;
  const inFolder = isTied ? `${base}/${glob.replace(/^\//, '')}` : `${base}/**/${glob}`;
  return { exclude: `${isTakenBack ? '!' : ''}${inFolder}` };
}

/** A folder's name may have what globs give a meaning to. */
function escaped(path: string): string {
  return path.replaceAll(/[\\*?[\]{}()!+@|^$]/g, '\\$&');
}
