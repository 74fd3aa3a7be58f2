import type { SearchColumn } from '../store/search-index.ts';

/**
 * Box's search language in that of SQLite's FTS5: `AND`, `OR` and `NOT` in capitals, quotes around
 * words that follow each other. Words side by side mean any of them; what `NOT` names is excluded
 * from the whole. Names also match by the beginning of a word.
 * https://developer.box.com/guides/search/
 */
export function matchOf(query: string, columns: readonly SearchColumn[]): string {
  const excluded: string[] = [];
  let wanted = '';
  let operator = 'OR';
  let isExcluded = false;
  // A NUL would end the text for SQLite.
  for (const [word] of query.replaceAll('\0', ' ').matchAll(/"[^"]*"?|[^\s"]+/g)) {
    if (word === 'AND' || word === 'OR') {
      operator = word;
    } else if (word === 'NOT') {
      isExcluded = true;
    } else {
      const term = termOf(word, columns);
      if (isExcluded) excluded.push(term);
      else wanted = wanted === '' ? term : `${wanted} ${operator} ${term}`;
      operator = 'OR';
      isExcluded = false;
    }
  }
  if (excluded.length === 0) return wanted === '' ? nothing : wanted;
  return `(${wanted === '' ? 'everything : "x"' : wanted}) NOT (${excluded.join(' OR ')})`;
}

const nothing = 'everything : "nothing"';

function termOf(word: string, columns: readonly SearchColumn[]): string {
  const isPhrase = word.startsWith('"');
  const quoted = `"${word.replaceAll('"', '')}"`;
  const all = `{${columns.join(' ')}} : ${quoted}`;
  return !isPhrase && columns.includes('name') ? `(${all} OR name : ${quoted} *)` : `(${all})`;
}
