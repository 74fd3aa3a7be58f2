import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { linkNameIn } from '../access/shared-link-header.ts';
import type { Box } from '../box.ts';
import { answerUnlessKnown } from './item-routes.ts';

/** The item behind the link of a `BoxApi` header. https://developer.box.com/reference/get-shared-items/ */
export function sharedItemRoutes(app: FastifyInstance, box: Box): void {
  app.get('/shared_items', (request, reply) => {
    const appItem = linkedAppItem(box, request.headers.boxapi);
    if (appItem) return appItem;
    const access = accessOf(box, request);
    return answerUnlessKnown(access, access.linkedItem(), request, reply);
  });
}

/** The links of app items are open to everybody. */
function linkedAppItem(box: Box, header: unknown) {
  const token = typeof header === 'string' ? linkNameIn(header) : undefined;
  const row = token === undefined ? undefined : box.store.appItems.byToken(token);
  return row && { id: String(row.id), type: 'app_item', application_type: row.application_type };
}
