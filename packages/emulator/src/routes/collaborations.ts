import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { changeCollaboration, collaborate, sharedItem } from '../actions/collaborate.ts';
import { recordChange, recordCollaboration } from '../actions/collaboration-events.ts';
import { handOver } from '../actions/hand-over.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { bodyOf, invalid, missing } from '../http/request-body.ts';
import { countedPage, pageById } from '../http/row-page.ts';
import { parseId } from '../ids.ts';
import { representCollaboration } from '../represent/collaboration.ts';
import { settingsOf } from '../represent/values.ts';
import type { CollaborationRow } from '../store/collaborations.ts';
import type { ItemRow, ItemType } from '../store/rows.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/resources/collaboration/ */
export function collaborationRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.post('/collaborations', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const row = store.transaction(() => {
      const made = collaborate(access, bodyOf(request));
      recordCollaboration(access, made.status === 'accepted' ? 'given' : 'offered', made);
      return made;
    });
    reply.code(201);
    return representCollaboration(row, queryOf(request).fields, access.view);
  });

  app.get('/collaborations', (request) => {
    const { view, userId } = accessOf(box, request);
    const query = queryOf(request);
    if (query.status === undefined) throw missing('status');
    if (query.status !== 'pending') throw invalid('status', query.status, 'must be pending');
    return countedPage(query, {
      count: () => store.collaborations.countPendingOf(userId),
      rows: (page) => store.collaborations.pendingOf(userId, page),
      represent: (row) => representCollaboration(row, query.fields, view),
    });
  });

  app.get('/collaborations/:collaborationId', (request) => {
    const access = accessOf(box, request);
    const row = visibleCollaboration(access, request);
    return representCollaboration(row, queryOf(request).fields, access.view);
  });

  app.put('/collaborations/:collaborationId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const body = bodyOf(request);
    if (body.role === 'owner') {
      store.transaction(() => handOver(access, visibleCollaboration(access, request)));
      return reply.code(204).send();
    }
    const row = store.transaction(() => {
      const old = visibleCollaboration(access, request);
      const changed = changeCollaboration(access, old, body);
      recordChange(access, old, changed);
      return changed;
    });
    // What an answer changes is what the caller may see: looked at anew.
    return representCollaboration(row, queryOf(request).fields, accessOf(box, request).view);
  });

  app.delete('/collaborations/:collaborationId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    store.transaction(() => {
      const row = visibleCollaboration(access, request);
      if (row.user_id !== access.userId) sharedItem(access, row);
      recordCollaboration(access, 'removed', row);
      store.collaborations.delete(row.id);
    });
    return reply.code(204).send();
  });

  addListOf('file');
  addListOf('folder');

  function addListOf(type: ItemType): void {
    app.get(`/${type}s/:itemId/collaborations`, (request) => {
      const access = accessOf(box, request);
      const item = access.active(type, parameterOf(request, 'itemId'));
      if (!maySeeCollaborators(access, item)) access.demand(item, 'settings');
      const query = queryOf(request);
      const page = pageById(
        query,
        (page) => store.collaborations.ofItem(item.id, page),
        (row) => representCollaboration(row, query.fields, access.view),
      );
      // Of folders Box tells the number, too, and the classic Java SDK cannot do without.
      return type === 'file'
        ? page
        : { total_count: store.collaborations.countOfItem(item.id), ...page };
    });
  }
}

/** @throws BoxError 404 for what is neither the caller's own nor of an item in reach */
function visibleCollaboration(access: Access, request: FastifyRequest): CollaborationRow {
  const id = parameterOf(request, 'collaborationId');
  const row = access.store.collaborations.get(parseId(id) ?? -1);
  if (!row || !isVisible(access, row)) throw notFound('collab', id);
  return row;
}

function isVisible(access: Access, row: CollaborationRow): boolean {
  if (row.user_id === access.userId) return true;
  const item = access.store.items.get(row.item_id);
  return item !== undefined && access.view.allows(item, 'see') && maySeeCollaborators(access, item);
}

function maySeeCollaborators({ view }: Access, item: ItemRow): boolean {
  const isOpen = settingsOf(item).can_non_owners_view_collaborators !== false;
  return isOpen || view.allows(item, 'settings');
}
