import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { addVersion } from '../actions/new-version.ts';
import { recordEvent } from '../actions/record-event.ts';
import { checkSpace } from '../actions/room.ts';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { limitOf, offsetOf } from '../http/paging.ts';
import { bodyOf, missing } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { representVersion } from '../represent/version.ts';
import type { FileRow, VersionRow } from '../store/rows.ts';
import { currentVersion } from '../store/versions.ts';
import { parameterOf, queryOf } from './item-routes.ts';

const usualLimit = 1000;

/** A version of a file, current or past. @throws BoxError 404 for one that the file does not have */
export function pastVersion(access: Access, file: FileRow, versionId: unknown): VersionRow {
  const id = parseId(versionId) ?? -1;
  if (id === file.version_id) return currentVersion(file);
  const version = access.store.versions.get(id);
  if (version?.file_id === file.id) return version;
  throw notFound('file_version', `file_version_${textOf(versionId)}`);
}

/** https://developer.box.com/reference/resources/file-version/ */
export function versionRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/files/:fileId/versions', (request) => {
    const access = accessOf(box, request);
    const file = access.activeFile(parameterOf(request, 'fileId'));
    const query = queryOf(request);
    const limit = limitOf(query, usualLimit);
    const offset = offsetOf(query);
    const rows = store.versions.page(file.id, offset, limit);
    return {
      total_count: store.versions.count(file.id),
      entries: rows.map((row) => representVersion(row, query.fields, access.view)),
      limit,
      offset,
    };
  });

  app.get('/files/:fileId/versions/:versionId', (request) => {
    const access = accessOf(box, request);
    const file = access.activeFile(parameterOf(request, 'fileId'));
    const version = pastVersion(access, file, parameterOf(request, 'versionId'));
    return representVersion(version, queryOf(request).fields, access.view);
  });

  app.delete('/files/:fileId/versions/:versionId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('delete');
    store.transaction(() => {
      const file = access.changeableFile(parameterOf(request, 'fileId'), 'delete');
      access.checkIfMatch(file);
      const version = pastVersion(access, file, parameterOf(request, 'versionId'));
      if (version.id === file.version_id) {
        throw new BoxError('bad_request', { message: 'The current version cannot be deleted' });
      }
      if (version.trashed_at !== null) throw new BoxError('trashed');
      store.versions.trash(version.id, store.nowSeconds(), access.userId);
    });
    return reply.code(204).send();
  });

  app.put('/files/:fileId/versions/:versionId', (request) => {
    const access = accessOf(box, request);
    access.require('change');
    const isRestore = bodyOf(request).trashed_at === null;
    const version = store.transaction(() => {
      const file = access.changeableFile(parameterOf(request, 'fileId'), 'delete');
      const found = pastVersion(access, file, parameterOf(request, 'versionId'));
      if (!isRestore || found.trashed_at === null) return found;
      store.versions.restore(found.id, store.nowSeconds(), access.userId);
      return pastVersion(access, file, found.id);
    });
    return representVersion(version, queryOf(request).fields, access.view);
  });

  app.post('/files/:fileId/versions/current', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const { id } = bodyOf(request);
    if (id === undefined) throw missing('id');
    const file = store.transaction(() => {
      const current = access.changeableFile(parameterOf(request, 'fileId'), 'version');
      const version = pastVersion(access, current, id);
      if (version.trashed_at !== null) throw new BoxError('trashed');
      return promote(access, current, version);
    });
    reply.code(201);
    return representVersion(currentVersion(file), queryOf(request).fields, access.view);
  });
}

/** Makes a past version current again: contents and name come back, under a version id of its own. */
function promote(access: Access, file: FileRow, version: VersionRow): FileRow {
  checkSpace(access, file.owner_id, version.size);
  const promoted = addVersion(access, file, {
    contents: { sha1: version.sha1, sizeBytes: version.size },
    name: version.name,
  });
  recordEvent(access, 'promote', promoted);
  return promoted;
}
