import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { limitOf } from '../paging.ts';
import { bodyOf, missing, requireMembers } from '../request-body.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/**
 * Calls about things that nothing here can make: app items, workflows (made in Box's web app) and
 * invocations of skills (made by Box when a file arrives). Their lists are empty, and none is found
 * by an id.
 */
export function appItemRoutes(app: FastifyInstance, box: Box): void {
  for (const type of ['file', 'folder'] as const) {
    app.get(`/${type}s/:itemId/app_item_associations`, (request) => {
      accessOf(box, request).active(type, parameterOf(request, 'itemId'));
      return { entries: [], limit: limitOf(queryOf(request)), next_marker: null };
    });
  }

  app.get('/workflows', (request) => {
    const query = queryOf(request);
    if (query.folder_id === undefined) throw missing('folder_id');
    accessOf(box, request).active('folder', query.folder_id);
    return { entries: [], limit: limitOf(query), next_marker: null };
  });

  app.post('/workflows/:workflowId/start', (request) => {
    requireMembers(bodyOf(request), 'flow', 'files', 'folder');
    throw notFound('workflow', parameterOf(request, 'workflowId'));
  });

  app.put('/skill_invocations/:skillId', (request) => {
    requireMembers(bodyOf(request), 'status', 'metadata', 'file');
    throw notFound('skill_invocation', parameterOf(request, 'skillId'));
  });
}
