/** Files with rules about paths: `--filter-from`. */
import { InputError } from '@boxhaul/client';
import type { PathRule } from './path-rules.ts';

/**
 * The rules in a file's text, a line each: a glob (or `re:` and a regular expression) leaves out what it matches, and
 * behind a `!` takes it back, as in a `.gitignore`. Empty lines and those that begin with `#` count for nothing; a
 * backslash in front of `#` or `!` takes their meaning away.
 *
 * @throws {InputError} a line is written as for rclone or rsync (`+ glob`, `- glob`), where the first that matches
 *   decides: here the last one does, so it would mean something else
 * @example
 * ```ts
 * import { filterOf, readFilterFile } from '@boxhaul/transfer';
 *
 * const rules = readFilterFile('*.tmp\n!keep.tmp # no comment\n');
 * console.log(filterOf({ rules }).takesFile('a.tmp')); // false
 * ```
 */
export function readFilterFile(text: string): PathRule[] {
  return text
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .flatMap((line, index) => ruleOf(line.trim(), index + 1));
}

function ruleOf(line: string, number: number): PathRule[] {
  if (line === '' || line.startsWith('#')) return [];
  const foreign = /^([+-])\s+(.+)/.exec(line);
  if (foreign) {
    const meant = foreign[1] === '-' ? foreign[2] : `!${foreign[2]}`;
    throw new InputError(
      `line ${number} is written for rclone or rsync, where the first rule that matches decides; ` +
        `here the last one does, and this one is written ${meant}`,
    );
  }
  if (line.startsWith('\\!')) return [{ exclude: `[!]${line.slice(2)}` }];
  return [{ exclude: line.startsWith('\\#') ? line.slice(1) : line }];
}
