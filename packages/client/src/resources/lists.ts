import { markerPages, offsetPages } from '../paging.ts';
import type { QueryValue, Send } from '../request.ts';
import { answerOf, page } from './answers.ts';
import type { ItemOrder, ListOptions } from './call-options.ts';

/** As many as Box gives on a page of most lists. */
const MOST_ENTRIES = 1000;

type Query = Readonly<Record<string, QueryValue>>;
type PageOptions = Pick<ListOptions, 'pageSize' | 'signal'>;

/** All that Box lists under a path in offset style, page after page as the loop asks for it; see `offsetPages`. */
export function offsetList<T>(
  send: Send,
  path: string,
  asked: Query,
  { pageSize = MOST_ENTRIES, signal }: PageOptions,
): AsyncIterable<T> {
  return offsetPages<T>((offset) => {
    const query = { ...asked, offset, limit: pageSize };
    return answerOf(send, { method: 'GET', path, query, signal }, page<T>);
  });
}

/** Items in the order of one's choice, which Box gives in offset style, or, if there is none, in marker style. */
export function itemList<T>(
  send: Send,
  path: string,
  asked: Query,
  { sort, direction, ...options }: PageOptions & ItemOrder,
): AsyncIterable<T> {
  const isOrdered = sort !== undefined || direction !== undefined;
  return isOrdered
    ? offsetList(send, path, { ...asked, sort, direction }, options)
    : markerList(send, path, { ...asked, usemarker: true }, options);
}

/** All that Box lists under a path in marker style, page after page as the loop asks for it; see `markerPages`. */
export function markerList<T>(
  send: Send,
  path: string,
  asked: Query,
  { pageSize = MOST_ENTRIES, signal }: PageOptions,
): AsyncIterable<T> {
  return markerPages<T>((marker) => {
    const query = { ...asked, marker, limit: pageSize };
    return answerOf(send, { method: 'GET', path, query, signal }, page<T>);
  });
}
