import type { FastifyInstance, FastifyRequest } from 'fastify';
import { administrator } from '../access/administration.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { limitOf } from '../http/paging.ts';
import { textOf } from '../http/text-of.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** Devices are pinned by Box's own apps, which do not run here: there never is one. */
export function devicePinnerRoutes(app: FastifyInstance, { store }: Box): void {
  const administer = (request: FastifyRequest) =>
    administrator(request, store, 'manage_enterprise_properties');

  app.get('/enterprises/:enterpriseId/device_pinners', (request) => {
    const { enterprise_id: company } = administer(request);
    const id = parameterOf(request, 'enterpriseId');
    if (id !== String(company)) throw notFound('enterprise', id);
    const query = queryOf(request);
    const direction = textOf(query.direction ?? 'asc').toLowerCase() === 'desc' ? 'desc' : 'asc';
    return { entries: [], limit: limitOf(query), order: [{ by: 'id', direction }] };
  });

  app.get('/device_pinners/:pinnerId', (request) => {
    administer(request);
    throw notFound('device_pinner', parameterOf(request, 'pinnerId'));
  });

  app.delete('/device_pinners/:pinnerId', (request) => {
    administer(request);
    throw notFound('device_pinner', parameterOf(request, 'pinnerId'));
  });
}
