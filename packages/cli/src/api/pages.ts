/** All pages of a list, whichever of Box's ways it is parted in. */
import type { BoxRequest } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';

/** A page as it came. */
export type Page = Readonly<Record<string, unknown>>;

/**
 * The request for the page behind this one: by `next_marker`, by the position of a stream of events, or by offset.
 *
 * @param page what the request was answered with
 * @returns undefined: it was the last
 * @throws CliError the answer is no page of a list
 */
export function nextPage(request: BoxRequest, page: Page): BoxRequest | undefined {
  const { entries, next_marker: marker, next_stream_position: position } = page;
  if (!Array.isArray(entries)) {
    throw new CliError('the answer is no list, so that there are no pages of it', {
      ways: ['leave out --paginate'],
    });
  }
  if (typeof marker === 'string' && marker !== '') return withQuery(request, { marker });
  if (position !== undefined) return behindPosition(request, String(position), entries.length);
  return behindOffset(request, page, entries.length);
}

function behindPosition(
  request: BoxRequest,
  position: string,
  count: number,
): BoxRequest | undefined {
  const isEnd = count === 0 || position === '0' || position === request.query?.stream_position;
  return isEnd ? undefined : withQuery(request, { stream_position: position });
}

/** The next offset is behind the page's limit, not behind its entries: what may not be seen leaves a page short. */
function behindOffset(
  request: BoxRequest,
  { offset, limit, total_count: total }: Page,
  count: number,
): BoxRequest | undefined {
  if (typeof offset !== 'number' || typeof total !== 'number') return undefined;
  const next = offset + (typeof limit === 'number' && limit > 0 ? limit : count);
  return next > offset && next < total ? withQuery(request, { offset: String(next) }) : undefined;
}

function withQuery(request: BoxRequest, more: Readonly<Record<string, string>>): BoxRequest {
  return { ...request, query: { ...request.query, ...more } };
}
