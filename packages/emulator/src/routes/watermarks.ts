import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { asBody, bodyOf, invalid, missing } from '../http/request-body.ts';
import { rootFolderId } from '../ids.ts';
import type { ItemRow } from '../store/rows.ts';
import type { WatermarkRow } from '../store/watermarks.ts';
import { formatTime } from '../times.ts';
import { parameterOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/watermark/ */
export function watermarkRoutes(app: FastifyInstance, box: Box): void {
  for (const type of ['file', 'folder'] as const) addRoutes(app, box, type);
}

function addRoutes(app: FastifyInstance, box: Box, type: 'file' | 'folder'): void {
  const { store } = box;
  const path = `/${type}s/:itemId/watermark`;

  app.get(path, (request) => {
    const access = accessOf(box, request);
    const watermark = store.watermarks.of(access.active(type, parameterOf(request, 'itemId')).id);
    if (!watermark) throw new BoxError('not_found');
    return represent(watermark);
  });

  app.put(path, (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const asked = asBody(bodyOf(request).watermark);
    if (!asked) throw missing('watermark');
    if (asked.imprint !== 'default') throw invalid('imprint', asked.imprint, "must be 'default'");
    const { old, now } = store.transaction(() => {
      const { id } = markable(access, type, parameterOf(request, 'itemId'));
      const at = store.nowSeconds();
      const old = store.watermarks.of(id);
      const now = { item_id: id, created_at: old?.created_at ?? at, modified_at: at };
      store.watermarks.put(now);
      return { old, now };
    });
    reply.code(old ? 200 : 201);
    return represent(now);
  });

  app.delete(path, (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const isGone = store.transaction(() =>
      store.watermarks.delete(markable(access, type, parameterOf(request, 'itemId')).id),
    );
    if (!isGone) throw new BoxError('not_found');
    return reply.code(204).send();
  });
}

/** An item that the caller may put a watermark on. */
function markable(access: Access, type: 'file' | 'folder', id: unknown): ItemRow {
  const item = access.active(type, id, 'rename');
  if (item.id === rootFolderId) throw new BoxError('access_denied_insufficient_permissions');
  return item;
}

function represent({ created_at, modified_at }: WatermarkRow) {
  return {
    watermark: { created_at: formatTime(created_at), modified_at: formatTime(modified_at) },
  };
}
