import type { Access } from '../access/access.ts';
import { BoxError, badParameters } from '../box-error.ts';
import type { Query } from '../http/paging.ts';
import { folderIdOf, invalid } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { type Condition, condition } from '../store/condition.ts';
import type { Reach } from '../store/reach.ts';
import { kinds } from '../store/rows.ts';
import { type SearchColumn, searchColumns } from '../store/search-index.ts';
import { parseTime } from '../times.ts';

/** Conditions on the item `i` from the parameters of a search. @throws BoxError 400 */
export function filtersOf(query: Query): Condition[] {
  return [
    ...ofType(query.type),
    ...withExtension(listIn(query.file_extensions)),
    ...inRange('created_at_range', query, 'i.created_at', timeIn),
    ...inRange('updated_at_range', query, 'i.modified_at', timeIn),
    ...inRange('deleted_at_range', query, 'i.trashed_at', timeIn),
    ...inRange('size_range', query, 'i.size', sizeIn),
    ...ofUsers('i.owner_id', query.owner_user_ids),
    ...ofUsers('i.modified_by', query.recent_updater_user_ids),
    // Only owners' items are in the trash of anyone.
    ...ofUsers('i.owner_id', query.deleted_user_ids),
  ];
}

/** The folders to look in; `undefined`: everywhere. @throws BoxError 404 for one that is not seen */
export function foldersIn(access: Access, query: Query): number[] | undefined {
  const ids = listIn(query.ancestor_folder_ids);
  return ids.length === 0
    ? undefined
    : ids.map((id) => access.active('folder', folderIdOf('ancestor_folder_ids', id)).id);
}

/** `trash_content`. @throws BoxError 400 */
export function trashIn({ trash_content: asked = 'non_trashed_only' }: Query): Reach['trash'] {
  if (asked === 'non_trashed_only' || asked === 'trashed_only' || asked === 'all_items') {
    return asked;
  }
  throw invalid('trash_content', asked, 'must be non_trashed_only, trashed_only or all_items');
}

/** Where to look for words: `content_types`. @throws BoxError 400 */
export function columnsIn(query: Query): readonly SearchColumn[] {
  const asked = listIn(query.content_types);
  if (asked.length === 0) return searchColumns;
  const unknown = asked.find((name) => !searchColumns.some((column) => column === name));
  if (unknown !== undefined) {
    throw invalid('content_types', unknown, `must be of ${searchColumns.join(', ')}`);
  }
  return searchColumns.filter((column) => asked.includes(column));
}

/** A list in a parameter, separated by commas. */
function listIn(value: unknown): string[] {
  if (value === undefined) return [];
  return textOf(value)
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');
}

function ofType(type: unknown): Condition[] {
  if (type === undefined || type === '') return [];
  if (type !== 'file' && type !== 'folder' && type !== 'web_link') {
    throw invalid('type', type, 'must be file, folder or web_link');
  }
  return [condition('i.kind = ?', kinds[type])];
}

function withExtension(extensions: readonly string[]): Condition[] {
  if (extensions.length === 0) return [];
  const endings = extensions.map((one) => `.${one.toLowerCase().replace(/^\./, '')}`);
  const tests = endings.map(() => 'substr(i.folded, -length(?)) = ?').join(' OR ');
  const values = endings.flatMap((ending) => [ending, ending]);
  return [condition(`i.kind = ${kinds.file} AND (${tests})`, ...values)];
}

/** `low,high`, of which either may be left out; both ends belong to it. */
function inRange(
  name: string,
  query: Query,
  column: string,
  read: (text: string, name: string) => number,
): Condition[] {
  const text = query[name];
  if (text === undefined || text === '') return [];
  const [low = '', high = '', ...more] = textOf(text).split(',');
  if (more.length > 0) throw invalid(name, text, 'must be two values with a comma between');
  return [
    ...(low.trim() === '' ? [] : [condition(`${column} >= ?`, read(low.trim(), name))]),
    ...(high.trim() === '' ? [] : [condition(`${column} <= ?`, read(high.trim(), name))]),
  ];
}

function timeIn(text: string, name: string): number {
  // A client that did not encode the plus sign of an offset sends it as a space.
  return parseTime(text.replace(/ (?=\d{2}:\d{2}$)/, '+'), name) ?? 0;
}

function sizeIn(text: string, name: string): number {
  if (!/^\d+$/.test(text)) throw invalid(name, text, 'must be numbers of bytes');
  return Number(text);
}

function ofUsers(column: string, asked: unknown): Condition[] {
  const ids = listIn(asked);
  if (ids.length === 0) return [];
  const numbers = ids.filter((id) => /^\d+$/.test(id)).map(Number);
  return [condition(`${column} IN (SELECT value FROM json_each(?))`, JSON.stringify(numbers))];
}

/** 400: there is neither a query nor a filter by metadata. */
export function nothingToSearch(): BoxError {
  return badParameters({
    reason: 'missing_parameter',
    name: 'query',
    message: "'query' or 'mdfilters' is required",
  });
}

/** The enterprise whose every item is searched; `undefined`: what the caller sees. @throws BoxError 403 */
export function enterpriseIn(
  access: Access,
  { scope = 'user_content' }: Query,
  scopes: readonly string[],
): number | undefined {
  if (scope === 'user_content') return undefined;
  if (scope !== 'enterprise_content') {
    throw invalid('scope', scope, 'must be user_content or enterprise_content');
  }
  const user = access.view.user(access.userId);
  const isAdmin = user?.role === 'admin' || user?.role === 'coadmin';
  if (!isAdmin || user.enterprise_id === null || !scopes.includes('enterprise_content')) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
  return user.enterprise_id;
}
