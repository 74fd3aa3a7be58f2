/**
 * Globs over one name. `*` is any text, `?` one character, `[a-z]` and `[!a-z]` one of a set; `\` in front of a
 * character takes it as it is, which needs no further rule since no name in Box holds a `\`. Everything else stands
 * for itself: names with parentheses, `+`, `!` or `$` in them are common, and the richer globs of files on disks take
 * those for signs. Case does not count, as it does not in Box.
 */

/** Whether the text has a sign in it that is not taken as it is. */
export function isGlob(text: string): boolean {
  return /(?:^|[^\\])(?:\\\\)*[*?[]/.test(text);
}

/** The text without the `\` in front of characters. */
export function unescaped(text: string): string {
  return text.replace(/\\(.)/gsu, '$1');
}

/** The test that a glob is. */
export function nameGlob(glob: string): (name: string) => boolean {
  const source = [...glob.normalize().matchAll(SIGNS)].map(([sign]) => expressionOf(sign)).join('');
  const expression = new RegExp(`^${source}$`, 'isu');
  return (name) => expression.test(name.normalize());
}

/** A sign, or a character that stands for itself. */
const SIGNS = /\\.|\*+|\?|\[[!^]?\]?(?:\\.|[^\]\\])*\]|./gsu;

function expressionOf(sign: string): string {
  if (sign.startsWith('*')) return '.*';
  if (sign === '?') return '.';
  const set = /^\[([!^]?)(.+)\]$/su.exec(sign);
  if (set !== null) return setOf(set[2] ?? '', set[1] !== '') ?? RegExp.escape(sign);
  return RegExp.escape(unescaped(sign));
}

/** A range that runs backwards is no set, and the bracket stands for itself. */
function setOf(members: string, isNegated: boolean): string | undefined {
  const parts = [...unescaped(members).matchAll(/(.)-(.)|./gsu)];
  const isBackwards = parts.some(([, from, to]) => from !== undefined && from > (to ?? ''));
  if (isBackwards) return undefined;
  const inside = parts.map(([part, from, to]) =>
    from === undefined ? escapedInSet(part) : `${escapedInSet(from)}-${escapedInSet(to ?? '')}`,
  );
  return `[${isNegated ? '^' : ''}${inside.join('')}]`;
}

function escapedInSet(character: string): string {
  return /[\\\]^-]/.test(character) ? `\\${character}` : character;
}
