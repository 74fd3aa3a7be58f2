import type { BoxItem } from './box-types.ts';
import { InputError } from './errors.ts';

/** What a text points at, as far as the text alone tells. */
export type Reference =
  | {
      readonly kind: 'folder' | 'file' | 'web_link';
      readonly id: string;
      readonly sharedLink?: string;
    }
  /** An id alone: of a folder or of a file. */
  | { readonly kind: 'id'; readonly id: string }
  | { readonly kind: 'shared_link'; readonly url: string }
  /** Names from the root down, `/` being the root itself. */
  | { readonly kind: 'path'; readonly path: string };

const ROOT_ID = '0';
const TRASH_ID = '1';

const WORDS: Readonly<Record<string, 'folder' | 'file' | 'web_link'>> = {
  folder: 'folder',
  file: 'file',
  notes: 'file',
  web_link: 'web_link',
};

/**
 * Reads what people paste: the address of a folder or a file in Box (`https://acme.box.com/folder/123`), a
 * shared link (`https://app.box.com/s/…`), an id, or a path of names (`/Team/Reports`). No call is made.
 *
 * @throws {InputError} none of these; the message says what is wrong and what was expected
 * @example
 * ```ts
 * import { parseReference } from '@boxhaul/client';
 *
 * console.log(parseReference('https://acme.app.box.com/folder/123')); // { kind: 'folder', id: '123' }
 * console.log(parseReference('/Team/Reports')); // { kind: 'path', path: '/Team/Reports' }
 * ```
 */
export function parseReference(text: string): Reference {
  const trimmed = text.trim();
  if (/^\d+$/.test(trimmed)) return { kind: 'id', id: trimmed };
  // A path keeps its spaces: a name may begin with one.
  if (text.startsWith('/')) return { kind: 'path', path: normalPath(text) };
  const url = asUrl(trimmed);
  if (url) return parseUrl(text, url);
  if (trimmed === '') throw wrong(text, 'is empty');
  throw wrong(text, 'is no address in Box, no id and no path', wayOut(trimmed));
}

/**
 * The names of a path from the root down.
 *
 * @example
 * ```ts
 * import { namesOf } from '@boxhaul/client';
 *
 * console.log(namesOf('/Team/Reports')); // [ 'Team', 'Reports' ]
 * ```
 */
export function namesOf(path: string): string[] {
  return path.split('/').filter((name) => name !== '');
}

/**
 * The path of an item, from the root of the user who asked for it: `/Team/Reports/a.pdf`. It is what
 * `resolveReference` reads.
 *
 * @param item with its `path_collection`, which comes in the standard form and by `fields`
 * @throws {InputError} it came without its `path_collection`, or lies in the trash and has no path
 * @example
 * ```ts
 * import { pathOfItem } from '@boxhaul/client';
 *
 * for await (const item of client.folders.items(folderId, { fields: ['path_collection'] })) {
 *   console.log(pathOfItem(item)); // /Reports/report.txt
 * }
 * ```
 */
export function pathOfItem(
  item: Pick<BoxItem, 'type' | 'id' | 'name' | 'path_collection'>,
): string {
  const { type, id, name, path_collection: above } = item;
  if (type === 'folder' && id === ROOT_ID) return '/';
  if (!above)
    throw new InputError(`"${name}" came without its path: name path_collection in fields`);
  if (above.entries[0]?.id === TRASH_ID) throw wrong(name, 'lies in the trash');
  const names = above.entries
    .filter((folder) => folder.id !== ROOT_ID)
    .map((folder) => folder.name);
  return `/${[...names, name].join('/')}`;
}

function normalPath(path: string): string {
  const names = namesOf(path);
  const dots = names.find((name) => name === '.' || name === '..');
  if (dots !== undefined) throw wrong(path, `has "${dots}" in it, which no item in Box is called`);
  return `/${names.join('/')}`;
}

function asUrl(text: string): URL | undefined {
  // Browsers hide the scheme, so people paste addresses without one.
  const isBareAddress = /^[\w.-]+\.box\.com\//i.test(text);
  if (!isBareAddress && !/^https?:\/\//i.test(text)) return undefined;
  return URL.parse(isBareAddress ? `https://${text}` : text) ?? undefined;
}

function parseUrl(text: string, url: URL): Reference {
  if (!isBoxHost(url.hostname))
    throw wrong(text, `is not an address in Box (its host is ${url.hostname})`);
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const [first, second, third, fourth] = parts;
  if (first === 's' && second !== undefined) {
    const sharedLink = `${url.origin}/s/${second}`;
    if (third === undefined) return { kind: 'shared_link', url: sharedLink };
    return { ...itemOf(text, third, fourth), sharedLink };
  }
  if (first === 'v' && second !== undefined) {
    return { kind: 'shared_link', url: `${url.origin}/v/${second}` };
  }
  return itemOf(text, first, second);
}

/** Box's own hosts, and this machine's: a Box for tests runs there. */
function isBoxHost(hostname: string): boolean {
  return /(^|\.)box\.com$/i.test(hostname) || /^(localhost|127\.0\.0\.1|\[::1\])$/i.test(hostname);
}

function itemOf(
  text: string,
  word: string | undefined,
  id: string | undefined,
): { kind: 'folder' | 'file' | 'web_link'; id: string } {
  const kind = word !== undefined && Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (kind === undefined) throw wrong(text, 'points at no folder, file or shared link');
  const noun = kind.replace('_', ' ');
  if (id === undefined) throw wrong(text, `has no ${noun} id in it`);
  if (!/^\d+$/.test(id)) {
    const name = decoded(id);
    throw wrong(text, `has no ${noun} id in it (${name} is not a number)`, wayOut(name));
  }
  return { kind, id };
}

/** A name that stands where an id should was most likely meant as a path. */
function wayOut(name?: string): string {
  const path = name === undefined ? '/Team/Reports' : `/${name}`;
  return `open it in Box and copy the address, or give a path: ${path}`;
}

function wrong(text: string, why: string, hint = wayOut()): InputError {
  return new InputError(`"${text}" ${why}\n→ ${hint}`, { code: 'bad_reference' });
}

function decoded(text: string): string {
  // Not decodeURIComponent alone: a stray % in an address is no reason to fail with another error.
  return text.replace(/(%[0-9a-f]{2})+/gi, (escaped) =>
    Buffer.from(escaped.replaceAll('%', ''), 'hex').toString(),
  );
}
