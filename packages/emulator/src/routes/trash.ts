import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import type { Query } from '../http/paging.ts';
import { shapeOf } from '../represent/item.ts';
import { markerPage, offsetPage, usesMarker } from '../represent/item-collection.ts';
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
    return offsetPage(query, shape, view, {
      count: () => listing.trashCount(userId),
      rows: (page) => listing.trashPage(userId, page),
    });
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
