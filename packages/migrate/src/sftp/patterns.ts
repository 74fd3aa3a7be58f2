/**
 * Patterns as ssh has them in its files: `*`, `?`, and `!` before what is left out.
 * @see https://man.openbsd.org/ssh_config.5#PATTERNS
 */

/** @returns whether one of them fits, and none that is left out */
export function fitsPatterns(patterns: readonly string[], text: string): boolean {
  let isFit = false;
  for (const pattern of patterns) {
    const isNegated = pattern.startsWith('!');
    if (!fits(isNegated ? pattern.slice(1) : pattern, text)) continue;
    if (isNegated) return false;
    isFit = true;
  }
  return isFit;
}

function fits(pattern: string, text: string): boolean {
  const glob = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${glob.replaceAll('*', '.*').replaceAll('?', '.')}$`).test(text);
}
