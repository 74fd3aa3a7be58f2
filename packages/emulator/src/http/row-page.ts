import { limitOf, markerOf, offsetOf, type Query, writeMarker } from './paging.ts';

/** A page by offset of anything that is kept in rows and is no item. */
export function countedPage<Row>(
  query: Query,
  list: {
    count(): number;
    rows(page: { limit: number; offset: number }): Row[];
    represent(row: Row): unknown;
  },
) {
  const limit = limitOf(query);
  const offset = offsetOf(query);
  return {
    total_count: list.count(),
    entries: list.rows({ limit, offset }).map((row) => list.represent(row)),
    limit,
    offset,
  };
}

/** A page by marker of rows that come in the order of their ids. */
export function pageById<Row extends { id: number }>(
  query: Query,
  rowsAfter: (page: { limit: number; afterId: number }) => Row[],
  represent: (row: Row) => unknown,
) {
  const limit = limitOf(query);
  // One more than asked for tells whether there is another page.
  const rows = rowsAfter({ limit: limit + 1, afterId: markerOf(query)?.id ?? 0 });
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    entries: shown.map((row) => represent(row)),
    limit,
    next_marker: last ? writeMarker({ kind: 0, folded: '', id: last.id }) : null,
  };
}
