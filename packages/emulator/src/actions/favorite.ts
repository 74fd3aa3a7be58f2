import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { asBody, invalid } from '../http/request-body.ts';
import { parseId } from '../ids.ts';
import type { ItemRow } from '../store/rows.ts';

/**
 * Puts an item in the caller's collections, or takes it out, as `PUT` with `collections` asks: the list says in which
 * ones it is from now on. To be called inside a transaction. It is the caller's own matter: the item stays as it is.
 *
 * @throws BoxError 400 for what is no list of collections, 404 for one that the caller does not have
 */
export function setCollections({ store, userId }: Access, item: ItemRow, asked: unknown): void {
  if (asked === undefined) return;
  const list = asked === null ? [] : asked;
  const ids = Array.isArray(list) ? list.map((one) => parseId(asBody(one)?.id)) : [undefined];
  if (ids.includes(undefined)) {
    throw invalid('collections', asked, 'must be a list of objects with an id');
  }
  const own = store.favorites.collectionOf(userId);
  if (ids.some((id) => id !== own)) throw new BoxError('not_found');
  if (ids.length > 0) store.favorites.add(userId, item.id);
  else store.favorites.remove(userId, item.id);
}
