import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { checkNameIsFree } from '../actions/names-in-use.ts';
import { checkRoom } from '../actions/room.ts';
import {
  findSession,
  forgetExpiredSessions,
  forgetSession,
  partCount,
  partSizeFor,
  sessionLifeSeconds,
} from '../actions/upload-session.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { limitOf, offsetOf } from '../http/paging.ts';
import { type Body, bodyOf } from '../http/request-body.ts';
import { numberOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import { checkName } from '../names.ts';
import type { UploadPartRow, UploadSessionRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { formatUtc } from '../times.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** Box refuses sessions for less; of the two edges that sources give, the lower. */
const minFileBytes = 20_000_000;
const usualPartLimit = 1000;

/**
 * Upload sessions: create, look at, list parts, abort. Parts and the commit are in upload-parts.ts
 * and upload-commit.ts. https://developer.box.com/guides/uploads/chunked/
 */
export function uploadSessionRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const sessionOf = (request: FastifyRequest) =>
    findSession(store, parameterOf(request, 'sessionId'), Number(request.caller.userId));

  app.post('/files/upload_sessions', (request, reply) => {
    const access = accessOf(box, request);
    access.require('upload');
    const body = bodyOf(request);
    const session = newFileSession(access, body);
    openSession(store, session);
    return reply.code(201).send(representSession(session, 0, sessionsUrl(box, request)));
  });

  app.post('/files/:fileId/upload_sessions', (request, reply) => {
    const access = accessOf(box, request);
    access.require('upload');
    const session = versionSession(access, parameterOf(request, 'fileId'), bodyOf(request));
    openSession(store, session);
    return reply.code(201).send(representSession(session, 0, sessionsUrl(box, request)));
  });

  app.get('/files/upload_sessions/:sessionId', (request) => {
    const session = sessionOf(request);
    const parts = store.uploadSessions.countParts(session.id);
    return representSession(session, parts, sessionsUrl(box, request));
  });

  app.get('/files/upload_sessions/:sessionId/parts', (request) => {
    const { id } = sessionOf(request);
    const query = queryOf(request);
    const limit = limitOf(query, usualPartLimit);
    const offset = offsetOf(query, Number.MAX_SAFE_INTEGER);
    return {
      entries: store.uploadSessions.parts(id, offset, limit).map(representPart),
      total_count: store.uploadSessions.countParts(id),
      limit,
      offset,
      order: [{ by: 'type', direction: 'ASC' }],
    };
  });

  // Clients tell here of what went wrong, as Box UI Elements do of parts; there is nobody to read it.
  app.post('/files/upload_sessions/:sessionId/log', (request, reply) => {
    sessionOf(request);
    return reply.code(204).send();
  });

  app.delete('/files/upload_sessions/:sessionId', (request, reply) => {
    forgetSession(store, sessionOf(request).id);
    return reply.code(204).send();
  });
}

function openSession(store: Store, session: UploadSessionRow): void {
  forgetExpiredSessions(store);
  store.uploadSessions.insert(session);
}

function newFileSession(access: Access, body: Body): UploadSessionRow {
  if (body.file_id !== undefined) throw new BoxError('multiple_destinations');
  if (body.folder_id === undefined) throw new BoxError('missing_destination');
  if (parseId(body.folder_id) === undefined) throw new BoxError('invalid_folder_id');
  if (body.file_name === undefined) throw new BoxError('missing_file_name');
  const name = checkName(body.file_name);
  const size = fileSizeOf(body);
  const folder = access.destination(body.folder_id, 'folder');
  checkNameIsFree(folder, name, 'object', access.view);
  checkRoom(access, folder.owner_id, size);
  return { ...blankSession(access, size), folder_id: folder.id, name };
}

function versionSession(access: Access, fileId: string, body: Body): UploadSessionRow {
  const file = access.changeableFile(fileId, 'version');
  const size = fileSizeOf(body);
  const name = body.file_name === undefined ? null : checkName(body.file_name);
  if (name !== null) {
    const folder = { id: file.parent_id, owner_id: file.owner_id };
    checkNameIsFree(folder, name, 'object', access.view, file.id);
  }
  checkRoom(access, file.owner_id, size);
  return { ...blankSession(access, size), file_id: file.id, name };
}

function fileSizeOf(body: Body): number {
  const { file_size: asked } = body;
  if (asked === undefined || asked === null) throw new BoxError('missing_file_size');
  const size = numberOf(asked);
  if (!Number.isSafeInteger(size) || size < 0) throw new BoxError('invalid_file_size');
  if (size < minFileBytes) throw new BoxError('file_size_too_small');
  return size;
}

function blankSession(access: Access, size: number): UploadSessionRow {
  const now = access.store.nowSeconds();
  return {
    id: access.store.chance.hex(16).toUpperCase(),
    user_id: access.userId,
    folder_id: null,
    file_id: null,
    name: null,
    size,
    part_size: partSizeFor(size),
    created_at: now,
    expires_at: now + sessionLifeSeconds,
    committed_file_id: null,
  };
}

function sessionsUrl(box: Box, request: FastifyRequest): string {
  return `${box.urlsFor(request).upload}/files/upload_sessions`;
}

function representSession(session: UploadSessionRow, parts: number, sessionsUrl: string) {
  const url = `${sessionsUrl}/${session.id}`;
  return {
    total_parts: partCount(session),
    part_size: session.part_size,
    session_endpoints: {
      list_parts: `${url}/parts`,
      commit: `${url}/commit`,
      log_event: `${url}/log`,
      upload_part: url,
      status: url,
      abort: url,
    },
    session_expires_at: formatUtc(session.expires_at),
    id: session.id,
    type: 'upload_session',
    num_parts_processed: parts,
  };
}

/** A part as answers show it. */
export function representPart(part: UploadPartRow) {
  return { part_id: part.part_id, offset: part.offset, size: part.size, sha1: part.sha1 };
}
