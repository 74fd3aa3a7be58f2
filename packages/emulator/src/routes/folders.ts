import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { settingChanges } from '../actions/change-item.ts';
import { copyItem } from '../actions/copy.ts';
import { createFolder } from '../actions/new-items.ts';
import { recordEvent } from '../actions/record-event.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { bodyOf, parentIdOf, requireMembers } from '../http/request-body.ts';
import { parseId, rootFolderId } from '../ids.ts';
import { checkName } from '../names.ts';
import { shapeOf } from '../represent/item.ts';
import { itemCollection, itemsByMarker, usesMarker } from '../represent/item-collection.ts';
import { addItemRoutes, answerWith, parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/folder/ */
export function folderRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  addItemRoutes(app, box, 'folder');

  app.get('/folders/:folderId/items', (request) => {
    const access = accessOf(box, request);
    const folder = access.readable('folder', parameterOf(request, 'folderId'));
    const query = queryOf(request);
    const list = usesMarker(query) ? itemsByMarker : itemCollection;
    return list(folder, query, shapeOf(query.fields, 'mini'), access.view);
  });

  app.post('/folders', (request, reply) => {
    const access = accessOf(box, request);
    access.require('upload');
    const body = bodyOf(request);
    requireMembers(body, 'name', 'parent');
    const parentId = parentIdOf(body);
    const name = checkName(body.name);
    const folder = store.transaction(() => {
      const made = createFolder(access, {
        folder: access.destination(parentId),
        name,
        settings: settingChanges({ settings: null }, body, store.chance).settings,
      });
      recordEvent(access, 'create', made);
      return made;
    });
    reply.code(201);
    return answerWith(access, folder, request);
  });

  app.post('/folders/:folderId/copy', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const id = parameterOf(request, 'folderId');
    if (parseId(id) === rootFolderId) throw new BoxError('internal_server_error');
    const body = bodyOf(request);
    const folder = store.transaction(() => {
      const source = access.active('folder', id, 'share');
      const name = checkName(body.name ?? source.name);
      return copyItem(access, source, access.destination(parentIdOf(body)), name);
    });
    reply.code(201);
    return answerWith(access, folder, request);
  });
}
