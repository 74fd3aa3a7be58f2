import { BoxhaulError } from './errors.ts';

/** A page of Box's marker style, as it comes. */
export interface MarkerPage<T> {
  readonly entries?: readonly T[] | null;
  /** Where the next page begins; null, absent or empty on the last one, depending on the service. */
  readonly next_marker?: string | null;
}

/** A page of Box's offset style, as it comes. */
export interface OffsetPage<T> {
  readonly entries?: readonly T[] | null;
  readonly total_count?: number | null;
  readonly offset?: number | null;
  readonly limit?: number | null;
}

/**
 * All entries of a list in marker style, page after page; a page is fetched when the one before is used up.
 *
 * @throws {BoxhaulError} `paging_loop` when a marker comes a second time: the list would never end
 * @see https://developer.box.com/guides/api-calls/pagination/marker-based/
 */
export async function* markerPages<T>(
  fetchPage: (marker: string | undefined) => Promise<MarkerPage<T>>,
): AsyncGenerator<T, void, void> {
  const seen = new Set<string>();
  let marker: string | undefined;
  do {
    const page = await fetchPage(marker);
    yield* page.entries ?? [];
    marker = page.next_marker || undefined;
    if (marker !== undefined && seen.has(marker)) {
      throw pagingError(`Box gave the marker ${JSON.stringify(marker)} for a second time`);
    }
    if (marker !== undefined) seen.add(marker);
  } while (marker !== undefined);
}

/**
 * All entries of a list in offset style. The next offset is this one plus the page's `limit`, not plus the
 * number of its entries: what the user may not see leaves a page short without ending the list.
 *
 * @throws {BoxhaulError} `paging_loop` when Box answers another page than the one that was asked for
 * @see https://developer.box.com/guides/api-calls/pagination/offset-based/
 */
export async function* offsetPages<T>(
  fetchPage: (offset: number) => Promise<OffsetPage<T>>,
): AsyncGenerator<T, void, void> {
  let offset = 0;
  for (;;) {
    const page = await fetchPage(offset);
    const entries = page.entries ?? [];
    if (typeof page.offset === 'number' && page.offset !== offset) {
      throw pagingError(
        `Box was asked for the page at ${offset} and gave the one at ${page.offset}`,
      );
    }
    yield* entries;
    offset += page.limit || entries.length;
    const isLast =
      typeof page.total_count === 'number' ? offset >= page.total_count : entries.length === 0;
    if (isLast || (!page.limit && entries.length === 0)) return;
  }
}

/** A list that leads in a circle. */
export function pagingError(message: string): BoxhaulError {
  return new BoxhaulError(`the list cannot be read to its end: ${message}`, {
    code: 'paging_loop',
    recovery: 'skip',
  });
}
