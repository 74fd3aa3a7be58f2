import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access.ts';
import type { Box } from '../box.ts';
import { answerUnlessKnown } from './item-routes.ts';

/** The item behind the link of a `BoxApi` header. https://developer.box.com/reference/get-shared-items/ */
export function sharedItemRoutes(app: FastifyInstance, box: Box): void {
  app.get('/shared_items', (request, reply) => {
    const access = accessOf(box, request);
    return answerUnlessKnown(access, access.linkedItem(), request, reply);
  });
}
