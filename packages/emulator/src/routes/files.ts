import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { copyItem } from '../actions/copy.ts';
import type { Box } from '../box.ts';
import { bodyOf, parentIdOf } from '../http/request-body.ts';
import { checkName, sanitizeName } from '../names.ts';
import type { FileRow } from '../store/rows.ts';
import { addItemRoutes, answerWith, parameterOf } from './item-routes.ts';
import { pastVersion } from './versions.ts';

/** https://developer.box.com/reference/resources/file/ */
export function fileRoutes(app: FastifyInstance, box: Box): void {
  addItemRoutes(app, box, 'file');

  app.post('/files/:fileId/copy', (request, reply) => {
    const access = accessOf(box, request);
    access.require('change');
    const body = bodyOf(request);
    const copy = box.store.transaction(() => {
      const file = access.activeFile(parameterOf(request, 'fileId'), 'share');
      const source = body.version === undefined ? file : asOf(access, file, body.version);
      const name = body.name ?? file.name;
      const sanitized = typeof name === 'string' ? sanitizeName(name) : name;
      return copyItem(access, source, access.destination(parentIdOf(body)), checkName(sanitized));
    });
    reply.code(201);
    return answerWith(access, copy, request);
  });
}

/** A file with the contents that it had in a version. */
function asOf(access: Access, file: FileRow, versionId: unknown): FileRow {
  const { sha1, size } = pastVersion(access, file, versionId);
  return { ...file, sha1, size };
}
