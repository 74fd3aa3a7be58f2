import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { newRequest } from '../actions/file-request.ts';
import type { Box } from '../box.ts';
import { notFound } from '../box-error.ts';
import { asBody, type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { parseId } from '../ids.ts';
import { representFileRequest } from '../represent/file-request.ts';
import type { FileRequestRow } from '../store/file-requests.ts';
import type { ItemRow } from '../store/rows.ts';
import { parseTime } from '../times.ts';
import { parameterOf } from './item-routes.ts';

/**
 * Box has no call that makes one: people make them in the web app, and programs copy those. Here
 * `EmulatorControls.addFileRequest` makes them.
 * https://developer.box.com/guides/file-requests/
 */
export function fileRequestRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const path = '/file_requests/:requestId';

  app.get(path, (request) => {
    const access = accessOf(box, request);
    const { row, folder } = found(access, parameterOf(request, 'requestId'));
    return representFileRequest(row, folder, access.view);
  });

  app.put(path, (request) => {
    const access = accessOf(box, request);
    access.require('change');
    const changes = changesOf(bodyOf(request));
    const { row, folder } = store.transaction(() => {
      const { row: old, folder } = found(access, parameterOf(request, 'requestId'));
      access.checkIfMatch(old);
      const row: FileRequestRow = {
        ...old,
        ...changes,
        etag: old.etag + 1,
        updated_by: access.userId,
        updated_at: store.nowSeconds(),
      };
      store.fileRequests.put(row);
      return { row, folder };
    });
    return representFileRequest(row, folder, access.view);
  });

  app.delete(path, (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    store.transaction(() => {
      store.fileRequests.delete(found(access, parameterOf(request, 'requestId')).row.id);
    });
    return reply.code(204).send();
  });

  app.post(`${path}/copy`, (request) => {
    const access = accessOf(box, request);
    access.require('change');
    const body = bodyOf(request);
    const { id } = asBody(body.folder) ?? {};
    if (id === undefined) throw missing('folder');
    const changes = changesOf(body);
    const { row, folder } = store.transaction(() => {
      const { row: source } = found(access, parameterOf(request, 'requestId'));
      const folder = access.active('folder', id, 'upload');
      const row = { ...source, ...changes, ...newRequest(access, folder) };
      store.fileRequests.put(row);
      return { row, folder };
    });
    return representFileRequest(row, folder, access.view);
  });
}

function found(access: Access, id: string): { row: FileRequestRow; folder: ItemRow } {
  const row = access.store.fileRequests.get(parseId(id) ?? -1);
  const folder = row && access.store.items.get(row.folder_id);
  const isThere =
    folder && access.view.trashedAt(folder) === null && access.view.allows(folder, 'upload');
  if (!isThere) throw notFound('file_request', id);
  return { row, folder };
}

function changesOf(body: Body): Partial<FileRequestRow> {
  const { title, description, status } = body;
  const changes: Partial<FileRequestRow> = {};
  if (typeof title === 'string') changes.title = title;
  else if (title !== undefined) throw invalid('title', title, 'must be a text');
  if (typeof description === 'string' || description === null) changes.description = description;
  else if (description !== undefined) throw invalid('description', description, 'must be a text');
  if (status === 'active' || status === 'inactive') changes.status = status;
  else if (status !== undefined) throw invalid('status', status, 'must be active or inactive');
  for (const name of ['is_email_required', 'is_description_required'] as const) {
    const value = body[name];
    if (typeof value === 'boolean') changes[name] = value ? 1 : 0;
    else if (value !== undefined) throw invalid(name, value, 'must be true or false');
  }
  if (body.expires_at !== undefined) {
    changes.expires_at = parseTime(body.expires_at, 'expires_at') ?? null;
  }
  return changes;
}
