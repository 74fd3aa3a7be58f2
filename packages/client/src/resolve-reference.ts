import type { BoxItem, BoxWebLink } from './box-types.ts';
import type { BoxClient } from './client.ts';
import { InputError, isBoxError } from './errors.ts';
import { namesOf, parseReference, type Reference } from './reference.ts';
import { answerOf, entity, pathOf } from './resources/answers.ts';
import { type FieldsOptions, fieldsOf } from './resources/call-options.ts';
import type { ItemOfType } from './resources/item-copies.ts';

/** How a reference is resolved. */
export interface ResolveOptions<T extends BoxItem['type'] = BoxItem['type']> extends FieldsOptions {
  /** Anything else at that place is an error that says so. @default whatever is there */
  readonly expect?: T | undefined;
  /** For a shared link that asks for one. */
  readonly password?: string | undefined;
}

/**
 * The item that a reference points at (see `parseReference`), in the mini form and with the `fields` asked for.
 * A path is followed name by name from the root, a listing for each folder on the way, comparing names without
 * case as Box does; a bare id is taken for what is expected, otherwise for a folder, then for a file.
 *
 * @throws {InputError} `bad_reference`: the text is no reference, nothing is there for this account to see, or it
 *   is not what is expected; the message says which, and what to do
 * @throws {BoxApiError} Box refused for another reason
 * @example
 * ```ts
 * import { resolveReference } from '@boxhaul/client';
 *
 * const folder = await resolveReference(client, '/Reports', { expect: 'folder' });
 * const { url } = await client.sharedLinks.set(folder, { access: 'open' });
 * const same = await resolveReference(client, url);
 * console.log(same.id === folder.id); // true
 * ```
 */
export async function resolveReference<T extends BoxItem['type'] = BoxItem['type']>(
  client: BoxClient,
  text: string,
  options: ResolveOptions<T> = {},
): Promise<ItemOfType<T>> {
  const item = await itemAt(client, text, parseReference(text), options);
  if (item.item_status === 'trashed') throw wrong(text, `(${item.name}) lies in the trash`);
  const { expect } = options;
  if (expect === undefined || item.type === expect) return item as ItemOfType<T>;
  throw wrong(text, `is a ${words(item.type)} (${item.name}), and a ${expect} is expected`);
}

async function itemAt(
  client: BoxClient,
  text: string,
  reference: Reference,
  options: ResolveOptions,
): Promise<BoxItem> {
  switch (reference.kind) {
    case 'path':
      return await itemAtPath(client, text, reference.path, options);
    case 'shared_link':
      return await itemBehindLink(client, text, reference.url, options);
    case 'id': {
      const kinds = options.expect === 'file' ? FILE_FIRST : FOLDER_FIRST;
      return await itemWithId(client, text, kinds, reference.id, options);
    }
    default: {
      const viewer = reference.sharedLink
        ? client.withSharedLink(reference.sharedLink, options.password)
        : client;
      return await itemWithId(viewer, text, [reference.kind], reference.id, options);
    }
  }
}

const ROOT_ID = '0';
const FOLDER_FIRST = ['folder', 'file'] as const;
const FILE_FIRST = ['file', 'folder'] as const;

/** The item of the first of these kinds that has this id. */
async function itemWithId(
  client: BoxClient,
  text: string,
  kinds: readonly BoxItem['type'][],
  id: string,
  options: ResolveOptions,
): Promise<BoxItem> {
  let missing: unknown;
  for (const kind of kinds) {
    try {
      return await getItem(client, kind, id, withStatus(options));
    } catch (error) {
      if (!isBoxError(error) || error.status !== 404) throw error;
      missing = error;
    }
  }
  throw notThere(text, missing);
}

async function getItem(
  client: BoxClient,
  kind: BoxItem['type'],
  id: string,
  { fields, signal }: FieldsOptions,
): Promise<BoxItem> {
  if (kind === 'folder') return await client.folders.get(id, { fields, signal });
  if (kind === 'file') return await client.files.get(id, { fields, signal });
  const query = { fields: fieldsOf('item', fields) };
  const request = { method: 'GET', path: pathOf('/web_links', id), query, signal } as const;
  return await answerOf<BoxWebLink>((sent) => client.request(sent), request, entity('web_link'));
}

async function itemBehindLink(
  client: BoxClient,
  text: string,
  url: string,
  options: ResolveOptions,
): Promise<BoxItem> {
  try {
    return await client.sharedItems.get(url, withStatus(options));
  } catch (error) {
    if (!isBoxError(error) || error.status !== 404) throw error;
    throw notThere(text, error);
  }
}

async function itemAtPath(
  client: BoxClient,
  text: string,
  path: string,
  options: ResolveOptions,
): Promise<BoxItem> {
  const names = namesOf(path);
  let item: BoxItem | undefined;
  let walked = '';
  for (const [index, name] of names.entries()) {
    if (item && item.type !== 'folder') {
      throw wrong(text, `is not there: ${walked} is a ${words(item.type)}, and holds nothing`);
    }
    const isLast = index === names.length - 1;
    const fields = isLast ? withStatus(options).fields : [];
    item = await childNamed(client, item?.id ?? ROOT_ID, name, { ...options, fields });
    if (!item) throw wrong(text, `is not there: ${walked || 'the root'} holds no "${name}"`);
    walked += `/${name}`;
  }
  return item ?? (await getItem(client, 'folder', ROOT_ID, options));
}

/**
 * The item of this name. Box holds names unique without regard to case, so that the first match is the one. A name
 * that differs only in how its accents are composed (as macOS writes them) counts if there is none nearer.
 */
async function childNamed(
  client: BoxClient,
  folderId: string,
  name: string,
  { fields, signal }: FieldsOptions,
): Promise<BoxItem | undefined> {
  const wanted = name.toLowerCase();
  let composed: BoxItem | undefined;
  for await (const item of client.folders.items(folderId, { fields, signal })) {
    const found = item.name.toLowerCase();
    if (found === wanted) return item;
    if (found.normalize() === wanted.normalize()) composed ??= item;
  }
  return composed;
}

/** Whether it lies in the trash must be known, as Box answers trashed files as well. */
function withStatus({ fields = [], password, signal }: ResolveOptions) {
  return { fields: [...fields, 'item_status'], password, signal };
}

function words(type: BoxItem['type']): string {
  return type.replace('_', ' ');
}

function notThere(text: string, cause: unknown): InputError {
  return wrong(text, 'is not there, or not for this account to see', cause);
}

function wrong(text: string, why: string, cause?: unknown): InputError {
  return new InputError(`"${text}" ${why}`, { code: 'bad_reference', cause });
}
