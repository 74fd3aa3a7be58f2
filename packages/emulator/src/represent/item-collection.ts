import {
  directionOf,
  flagOf,
  limitOf,
  markerOf,
  offsetOf,
  type Query,
  sortOf,
  writeMarker,
} from '../http/paging.ts';
import { rootFolderId } from '../ids.ts';
import type { OffsetPage, Position } from '../store/listing.ts';
import type { ItemRow } from '../store/rows.ts';
import { miniWith, representItem, type Shape } from './item.ts';
import type { View } from './view.ts';

/**
 * Writes one folder, with the first of its items (or the page that `query` asks for). What `?fields=`
 * names is written of these, too: Box UI Elements list folders so.
 */
export function representFolder(folder: ItemRow, shape: Shape, view: View, query: Query = {}) {
  const result = representItem(folder, shape, view);
  if ('item_collection' in result) {
    result.item_collection = itemCollection(folder, query, miniWith(shape), view);
  }
  return result;
}

/**
 * A page of a folder by offset, as `GET /folders/{id}` shows it in `item_collection` and
 * `GET /folders/{id}/items` by itself.
 */
export function itemCollection(folder: ItemRow, query: Query, shape: Shape, view: View) {
  const { listing } = view.store;
  const { id, owner_id: ownerId } = folder;
  const shared = sharedIn(folder, view);
  if (shared.length > 0) {
    return offsetPage({ ...query, sort: 'name', direction: 'ASC' }, shape, view, {
      count: () => listing.count(id, ownerId) + shared.length,
      rows: ({ limit, offset }) => view.store.rootListing.page(ownerId, shared, limit, offset),
    });
  }
  // Box lists the root folder by name whatever is asked for.
  const order = id === rootFolderId ? { ...query, sort: 'name', direction: 'ASC' } : query;
  return offsetPage(order, shape, view, {
    count: () => listing.count(id, ownerId),
    rows: (page) => listing.page(id, ownerId, page),
  });
}

/** What a folder shows that lies elsewhere: the root has what others share with the viewer. */
function sharedIn(folder: ItemRow, view: View): number[] {
  return folder.id === rootFolderId ? view.sharedInRoot() : [];
}

/** A page of anything that is listed by offset, with the count of all. */
export function offsetPage(
  query: Query,
  shape: Shape,
  view: View,
  list: { count(): number; rows(page: OffsetPage): ItemRow[] },
) {
  const limit = limitOf(query);
  const offset = offsetOf(query);
  const sort = sortOf(query);
  const direction = directionOf(query);
  const rows = list.rows({ offset, limit, sort, direction });
  return {
    total_count: list.count(),
    entries: rows.map((row) => representItem(row, shape, view)),
    offset,
    limit,
    order: [
      { by: 'type', direction: 'ASC' },
      { by: sort, direction },
    ],
  };
}

/** A page of a folder by marker: no count, no offset, and no marker behind the last one. */
export function itemsByMarker(folder: ItemRow, query: Query, shape: Shape, view: View) {
  const { listing, rootListing } = view.store;
  const shared = sharedIn(folder, view);
  if (shared.length > 0) {
    return markerPage(query, shape, view, (after, limit) =>
      rootListing.after(folder.owner_id, shared, after, limit),
    );
  }
  return markerPage(query, shape, view, (after, limit) =>
    listing.after(folder.id, folder.owner_id, after, limit),
  );
}

/** A page of anything that is listed by marker. */
export function markerPage(
  query: Query,
  shape: Shape,
  view: View,
  rowsAfter: (after: Position | undefined, limit: number) => ItemRow[],
) {
  const limit = limitOf(query);
  // One more than asked for tells whether there is another page.
  const rows = rowsAfter(markerOf(query), limit + 1);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    entries: shown.map((row) => representItem(row, shape, view)),
    limit,
    next_marker: last ? writeMarker(last) : null,
  };
}

/** Whether a query asks for markers. */
export function usesMarker(query: Query): boolean {
  return flagOf(query.usemarker);
}
