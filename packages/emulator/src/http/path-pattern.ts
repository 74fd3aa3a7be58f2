/**
 * Turns a path pattern into a test for whole paths: `:name` is one segment, `*` any text within one, `**` any text.
 *
 * @example pathMatcher('/files/:id/content')('/files/12/content') // true
 */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const source = pattern.replace(/:[A-Za-z_]+|\*\*|\*|[^:*]+|:/g, (piece) => {
    if (piece.length > 1 && piece.startsWith(':')) return '[^/]+';
    if (piece === '**') return '.*';
    if (piece === '*') return '[^/]*';
    return piece.replace(/[.+?^${}()|[\]\\]/g, '\\$&');
  });
  const regExp = new RegExp(`^${source}$`);
  return (path) => regExp.test(path);
}
