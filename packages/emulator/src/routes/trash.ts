import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { markerPage, usesMarker } from '../item-collection.ts';
import { directionOf, limitOf, offsetOf, type Query, sortOf } from '../paging.ts';
import { representItem, shapeOf } from '../represent.ts';
import { queryOf } from './item-routes.ts';

/** What was deleted by itself. https://developer.box.com/reference/get-folders-trash-items/ */
export function trashRoutes(app: FastifyInstance, box: Box): void {
  const { listing } = box.store;

  app.get('/folders/trash/items', (request) => {
    const { view, userId } = accessOf(box, request);
    const query = queryOf(request);
    const shape = shapeOf(query.fields, 'mini');
    if (usesMarker(query)) {
      refuseWithMarker(query);
      return markerPage(query, shape, view, (after, limit) =>
        listing.trashAfter(userId, after, limit),
      );
    }
    const limit = limitOf(query);
    const offset = offsetOf(query);
    const sort = sortOf(query);
    const direction = directionOf(query);
    const rows = listing.trashPage(userId, { offset, limit, sort, direction });
    return {
      total_count: listing.trashCount(userId),
      entries: rows.map((row) => representItem(row, shape, view)),
      offset,
      limit,
      order: [
        { by: 'type', direction: 'ASC' },
        { by: sort, direction },
      ],
    };
  });
}

function refuseWithMarker(query: Query): void {
  for (const name of ['sort', 'direction', 'offset']) {
    if (query[name] !== undefined) {
      throw new BoxError('invalid_parameter', {
        message: `'${name}' cannot be used together with 'usemarker'`,
      });
    }
  }
}
