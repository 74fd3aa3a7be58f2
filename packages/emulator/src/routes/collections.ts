import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { requireWholeAccount } from '../access/whole-account.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { limitOf, offsetOf } from '../http/paging.ts';
import { parseId } from '../ids.ts';
import { favoritesOf } from '../represent/collection.ts';
import { representItem, shapeOf } from '../represent/item.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** The Favorites, which are Box's only collection. https://developer.box.com/reference/resources/collection/ */
export function collectionRoutes(app: FastifyInstance, box: Box): void {
  app.get('/collections', (request) => {
    requireWholeAccount(request.caller);
    const { view } = accessOf(box, request);
    const query = queryOf(request);
    const [limit, offset] = [limitOf(query), offsetOf(query)];
    const all = [favoritesOf(view)];
    return { total_count: all.length, limit, offset, entries: all.slice(offset, offset + limit) };
  });

  app.get('/collections/:collectionId', (request) => {
    requireWholeAccount(request.caller);
    const access = accessOf(box, request);
    requireOwn(access, parameterOf(request, 'collectionId'));
    return favoritesOf(access.view);
  });

  app.get('/collections/:collectionId/items', (request) => {
    requireWholeAccount(request.caller);
    const access = accessOf(box, request);
    requireOwn(access, parameterOf(request, 'collectionId'));
    const query = queryOf(request);
    const [limit, offset] = [limitOf(query), offsetOf(query)];
    const shape = shapeOf(query.fields, 'mini');
    const { view, userId } = access;
    const items = box.store.favorites
      .of(userId)
      .filter((item) => view.trashedAt(item) === null && view.allows(item, 'see'));
    return {
      total_count: items.length,
      limit,
      offset,
      entries: items.slice(offset, offset + limit).map((item) => representItem(item, shape, view)),
    };
  });
}

function requireOwn({ store, userId }: Access, id: string): void {
  if (parseId(id) !== store.favorites.collectionOf(userId)) throw notFound('collection', id);
}
