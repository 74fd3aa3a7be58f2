import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { flagOf, limitOf, offsetOf, type Query } from '../http/paging.ts';
import { invalid } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { representItem, shapeOf } from '../represent/item.ts';
import { indexWaiting } from '../search/index-waiting.ts';
import { metadataCondition } from '../search/metadata-filters.ts';
import {
  columnsIn,
  enterpriseIn,
  filtersOf,
  foldersIn,
  nothingToSearch,
  trashIn,
} from '../search/search-filters.ts';
import { matchOf } from '../search/search-words.ts';
import { allOf, type Condition } from '../store/condition.ts';
import { reachCondition } from '../store/reach.ts';
import type { SearchPage } from '../store/search-index.ts';
import { queryOf } from './item-routes.ts';
import { reachOf } from './reach-of.ts';

const usualLimit = 30;
const mostLimit = 200;

/** https://developer.box.com/reference/get-search/ */
export function searchRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/search', async (request) => {
    const access = accessOf(box, request);
    const query = queryOf(request);
    const words = query.query === undefined ? '' : textOf(query.query).trim();
    if (words === '' && query.mdfilters === undefined) throw nothingToSearch();
    const match = words === '' ? undefined : matchOf(words, columnsIn(query));
    const limit = Math.min(limitOf(query, usualLimit), mostLimit);
    const page: SearchPage = { order: orderOf(query), limit, offset: offsetOf(query) };
    const where = whereOf(access, request);
    await indexWaiting(store);
    const rows = store.searchIndex.find(match, where, page);
    const shape = shapeOf(query.fields, 'standard');
    const items = rows.map((row) => representItem(row, shape, access.view));
    const counts = {
      total_count: store.searchIndex.count(match, where),
      limit,
      offset: page.offset,
    };
    if (!flagOf(query.include_recent_shared_links)) {
      return { ...counts, type: 'search_results_items', entries: items };
    }
    const entries = items.map((item) => ({
      type: 'search_result',
      accessible_via_shared_link: null,
      item,
    }));
    return { ...counts, type: 'search_results_with_shared_links', entries };
  });
}

function whereOf(access: Access, request: FastifyRequest): Condition {
  const query = queryOf(request);
  return allOf([
    ...filtersOf(query),
    ...(query.mdfilters === undefined ? [] : [metadataCondition(access, query.mdfilters)]),
    reachCondition({
      ...reachOf(access, request),
      enterpriseId: enterpriseIn(access, query, request.caller.scopes),
      withinIds: foldersIn(access, query),
      trash: trashIn(query),
    }),
  ]);
}

function orderOf({ sort = 'relevance', direction = 'DESC' }: Query): SearchPage['order'] {
  if (sort === 'relevance') return 'relevance';
  if (sort !== 'modified_at') throw invalid('sort', sort, 'must be relevance or modified_at');
  return textOf(direction).toUpperCase() === 'ASC' ? 'oldest' : 'newest';
}
