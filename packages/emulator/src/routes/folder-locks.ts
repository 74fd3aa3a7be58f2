import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { parseId, rootFolderId } from '../ids.ts';
import { representItem } from '../represent/item.ts';
import type { FolderLockRow } from '../store/folder-locks.ts';
import type { ItemRow } from '../store/rows.ts';
import { formatUtc } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/guides/folders/single/lock/ */
export function folderLockRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/folder_locks', (request) => {
    const access = accessOf(box, request);
    const { folder_id: id } = queryOf(request);
    if (id === undefined) throw missing('folder_id');
    const folder = access.active('folder', id, 'settings');
    const lock = store.folderLocks.of(folder.id);
    return {
      entries: lock ? [represent(access, lock, folder)] : [],
      // A text, as Box's spec and its SDKs have it.
      limit: '1000',
      next_marker: null,
    };
  });

  app.post('/folder_locks', (request) => {
    const access = accessOf(box, request);
    access.require('change');
    const body = bodyOf(request);
    const { id } = asBody(body.folder) ?? {};
    if (id === undefined) throw missing('folder');
    checkOperations(body);
    const { lock, folder } = store.transaction(() => {
      const folder = access.active('folder', id, 'settings');
      if (folder.id === rootFolderId) throw new BoxError('access_denied_insufficient_permissions');
      if (store.folderLocks.of(folder.id)) {
        throw new BoxError('bad_request', { message: 'The folder is locked already' });
      }
      const lock: FolderLockRow = {
        id: store.items.takeIds(1),
        folder_id: folder.id,
        created_by: access.userId,
        created_at: store.nowSeconds(),
      };
      store.folderLocks.add(lock);
      return { lock, folder };
    });
    return represent(access, lock, folder);
  });

  app.delete('/folder_locks/:lockId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const id = parameterOf(request, 'lockId');
    store.transaction(() => {
      const lock = store.folderLocks.get(parseId(id) ?? -1);
      const folder = lock && store.items.get(lock.folder_id);
      if (!folder || !access.view.allows(folder, 'see')) throw notFound('folder_lock', id);
      access.demand(folder, 'settings');
      store.folderLocks.delete(lock.id);
    });
    return reply.code(204).send();
  });
}

/** Box locks against both at once, or not at all. */
function checkOperations(body: Body): void {
  if (body.locked_operations === undefined) return;
  const operations = asBody(body.locked_operations);
  if (operations?.move === true && operations.delete === true) return;
  throw invalid(
    'locked_operations',
    body.locked_operations,
    'must have move and delete, both true',
  );
}

function represent(access: Access, lock: FolderLockRow, folder: ItemRow) {
  return {
    id: String(lock.id),
    type: 'folder_lock',
    folder: representItem(folder, 'mini', access.view),
    created_by: { type: 'user', id: String(lock.created_by) },
    created_at: formatUtc(lock.created_at),
    locked_operations: { move: true, delete: true },
    lock_type: 'freeze',
  };
}
