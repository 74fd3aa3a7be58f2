import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessOf, etagOf } from '../access/access.ts';
import { changeItem, rightsToChange } from '../actions/change-item.ts';
import { moveToTrash, purge, restoreFromTrash } from '../actions/trash.ts';
import type { Box } from '../box.ts';
import { flagOf, type Query } from '../http/paging.ts';
import { asBody, bodyOf } from '../http/request-body.ts';
import { rootFolderId } from '../ids.ts';
import { representItem, shapeOf } from '../represent/item.ts';
import { representFolder } from '../represent/item-collection.ts';
import { type ItemRow, type ItemType, kinds } from '../store/rows.ts';

/** The query of a request. */
export function queryOf(request: FastifyRequest): Query {
  return request.query as Query;
}

/** A parameter of a request's path. */
export function parameterOf(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string>)[name] ?? '';
}

/** An item as the answer to a call about it: standard, or the `fields` that were asked for. */
export function answerWith(access: Access, item: ItemRow, request: FastifyRequest) {
  const query = queryOf(request);
  const shape = shapeOf(query.fields, 'standard');
  const { written } = access.view;
  if (item.kind !== kinds.folder) {
    // The very row that its event showed: nothing has changed since.
    if (shape === 'standard' && written?.item === item) return written.standard;
    return representItem(item, shape, access.view);
  }
  // Only GET takes sorting and paging of what is inside.
  return representFolder(item, shape, access.view, request.method === 'GET' ? query : {});
}

/** Answers `GET` of one item, or 304 when the client has it as it is. */
export function answerUnlessKnown(
  access: Access,
  item: ItemRow,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  // The root folder has no etag.
  const etag = item.id === rootFolderId ? undefined : String(item.etag);
  if (etag !== undefined && etagOf(request.headers['if-none-match']) === etag) {
    return reply.code(304).send();
  }
  return answerWith(access, item, request);
}

/** What files, folders and web links have in common: get, change, delete, and their life in the trash. */
export function addItemRoutes(app: FastifyInstance, box: Box, type: ItemType): void {
  const { store } = box;
  const path = `/${type}s/:itemId`;
  const idOf = (request: FastifyRequest) => parameterOf(request, 'itemId');

  app.get(path, (request, reply) => {
    const access = accessOf(box, request);
    return answerUnlessKnown(access, access.readable(type, idOf(request)), request, reply);
  });

  app.put(path, (request) => {
    const access = accessOf(box, request);
    const body = bodyOf(request);
    const isUnlock = body.lock === null && Object.keys(body).length === 1;
    const item = store.transaction(() => {
      const old = isUnlock
        ? access.unlockable(type, idOf(request))
        : access.changeable(type, idOf(request), ...rightsToChange(body));
      return changeItem(access, old, body);
    });
    return answerWith(access, item, request);
  });

  app.delete(path, (request, reply) => {
    const access = accessOf(box, request);
    access.require('delete');
    store.transaction(() => {
      const item = access.changeable(type, idOf(request), 'delete');
      access.checkIfMatch(item);
      moveToTrash(access, item, flagOf(queryOf(request).recursive));
    });
    return reply.code(204).send();
  });

  app.post(path, (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const { name, parent } = bodyOf(request);
    const item = store.transaction(() =>
      restoreFromTrash(access, access.trashed(type, idOf(request)), {
        name,
        parentId: asBody(parent)?.id,
      }),
    );
    reply.code(201);
    return answerWith(access, item, request);
  });

  app.get(`${path}/trash`, (request) => {
    const access = accessOf(box, request);
    return answerWith(access, access.trashed(type, idOf(request)), request);
  });

  app.delete(`${path}/trash`, (request, reply) => {
    const access = accessOf(box, request);
    access.require('delete');
    purge(access, () => access.trashed(type, idOf(request)));
    return reply.code(204).send();
  });
}
