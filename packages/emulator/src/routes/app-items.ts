import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { bodyOf, requireMembers } from '../http/request-body.ts';
import { pageById } from '../http/row-page.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/**
 * App items that things belong to, and invocations of skills. Box has no call that makes an app item; here
 * `EmulatorControls.addAppItem` does. Invocations are made by Box when a file arrives, and there are none here.
 * https://developer.box.com/reference/resources/app-item-association/
 */
export function appItemRoutes(app: FastifyInstance, box: Box): void {
  for (const type of ['file', 'folder'] as const) {
    app.get(`/${type}s/:itemId/app_item_associations`, (request) => {
      const item = accessOf(box, request).active(type, parameterOf(request, 'itemId'));
      const query = queryOf(request);
      const { application_type } = query;
      const application = typeof application_type === 'string' ? application_type : undefined;
      return pageById(
        query,
        (page) => box.store.appItems.ofItem(item.id, application, page),
        (row) => ({
          id: String(row.id),
          type: 'app_item_association',
          app_item: {
            id: String(row.app_item_id),
            type: 'app_item',
            application_type: row.application_type,
          },
          item: { type, id: String(item.id), etag: String(item.etag) },
        }),
      );
    });
  }

  app.put('/skill_invocations/:skillId', (request) => {
    requireMembers(bodyOf(request), 'status', 'metadata', 'file');
    throw notFound('skill_invocation', parameterOf(request, 'skillId'));
  });
}
