/** Whether the terminal takes UTF-8, as the locale says: LC_ALL beats LC_CTYPE beats LANG. */
export function isUtf8(env: Readonly<Record<string, string | undefined>>): boolean {
  if (process.platform === 'win32') return true;
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || '');
}
