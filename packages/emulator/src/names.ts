import { BoxError } from './box-error.ts';

/** https://developer.box.com/guides/api-calls/permissions-and-errors/common-errors/ (item_name_too_long) */
const maxNameCharacters = 255;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it looks for
const refusedCharacters = /[\u0000-\u001f\u007f/\\]/;

/**
 * Checks an item's name as Box does. Box's pages disagree about `< > : | ? *` and leading spaces;
 * real clients find them accepted, and so they are here.
 *
 * @returns the name
 * @throws BoxError `item_name_invalid` or `item_name_too_long`
 */
export function checkName(name: unknown): string {
  if (typeof name !== 'string') throw new BoxError('item_name_invalid');
  // Most names are short and need no counting: a character is one or two UTF-16 units.
  if (name.length > maxNameCharacters && [...name].length > maxNameCharacters) {
    throw new BoxError('item_name_too_long');
  }
  if (isRefused(name)) throw new BoxError('item_name_invalid');
  return name;
}

function isRefused(name: string): boolean {
  return (
    name === '' ||
    name === '.' ||
    name === '..' ||
    name.endsWith(' ') ||
    refusedCharacters.test(name) ||
    !name.isWellFormed()
  );
}

/** A name in the form in which names are compared: without case, but with accents as they are written. */
export function foldName(name: string): string {
  return name.toLowerCase();
}

/** What a copy of a file makes of a name that is not allowed: it leaves out what may not be there. */
export function sanitizeName(name: string): string {
  const kept = name.replaceAll(new RegExp(refusedCharacters, 'g'), '').toWellFormed().trimEnd();
  return [...kept].slice(0, maxNameCharacters).join('');
}
