import type { FastifyInstance } from 'fastify';
import { accessOf } from '../access/access.ts';
import { checkNameIsFree } from '../actions/names-in-use.ts';
import { checkRoom } from '../actions/room.ts';
import type { Box } from '../box.ts';
import { type Body, bodyOf, invalid, parentIdOf, requireMembers } from '../http/request-body.ts';
import { numberOf, textOf } from '../http/text-of.ts';
import { checkName } from '../names.ts';
import { parameterOf } from './item-routes.ts';

/**
 * Whether an upload would be taken, before its bytes are sent; clients also find files by name with
 * it. https://developer.box.com/guides/uploads/check/
 */
export function preflightRoutes(app: FastifyInstance, box: Box): void {
  app.options('/files/content', (request) => {
    const access = accessOf(box, request);
    access.require('upload');
    const body = bodyOf(request);
    requireMembers(body, 'name', 'parent');
    const folderId = parentIdOf(body);
    const name = checkName(body.name);
    const folder = access.destination(folderId);
    checkNameIsFree(folder, name, 'object', access.view);
    checkRoom(access, folder.owner_id, sizeOf(body));
    return uploadTo(box, `${box.urlsFor(request).upload}/files/content`);
  });

  app.options('/files/:fileId/content', (request) => {
    const access = accessOf(box, request);
    access.require('upload');
    const body = bodyOf(request);
    const file = access.changeableFile(parameterOf(request, 'fileId'), 'version');
    const folder = { id: file.parent_id, owner_id: file.owner_id };
    if (body.name !== undefined && body.name !== null) {
      checkNameIsFree(folder, checkName(body.name), 'object', access.view, file.id);
    }
    checkRoom(access, file.owner_id, sizeOf(body));
    return uploadTo(box, `${box.urlsFor(request).upload}/files/${file.id}/content`);
  });
}

/** The query is Box's way to follow an upload; the emulator has no use for it. */
function uploadTo({ store }: Box, url: string) {
  const id = store.chance.hex(16).toUpperCase();
  return { upload_url: `${url}?upload_session_id=${id}`, upload_token: null };
}

function sizeOf(body: Body): number {
  const { size } = body;
  if (size === undefined || size === null) return 0;
  const bytes = /^\d/.test(textOf(size)) ? numberOf(size) : Number.NaN;
  if (!Number.isFinite(bytes)) throw invalid('size', size, 'must be a number, not below zero');
  return bytes;
}
