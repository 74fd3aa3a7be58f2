import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { pictureOf } from '../contents/picture-of.ts';
import { type Representation, representationsOf, stateOf } from '../contents/representations.ts';
import { attachmentNamed } from '../http/content-headers.ts';
import type { Query } from '../http/paging.ts';
import type { FileRow, VersionRow } from '../store/rows.ts';
import { parameterOf, queryOf } from './item-routes.ts';
import { pastVersion } from './versions.ts';

const contentTypes: Readonly<Record<Representation['type'], string>> = {
  jpg: 'image/jpeg',
  png: 'image/png',
  pdf: 'application/pdf',
  extracted_text: 'text/plain; charset=UTF-8',
};

interface Found {
  access: Access;
  file: FileRow;
  version: VersionRow;
  one: Representation;
}

/** The addresses in a file's `representations`: how far one is, and what it holds. */
export function representationRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const path = '/internal_files/:fileId/versions/:versionId/representations/:representation';

  app.get(path, (request) => {
    const found = find(box, request);
    const { file, version, one } = found;
    const wasMade = stateOf(one, version.id, found.access.view) === 'success';
    // Asking is what has it made; who asks again finds it done.
    if (!wasMade) store.transaction(() => store.representations.make(version.id, one.name));
    const { api, download } = box.urlsFor(request);
    const place = `internal_files/${file.id}/versions/${version.id}/representations/${one.name}`;
    return {
      representation: one.type,
      properties: one.properties,
      info: { url: `${api}/${place}` },
      status: { state: wasMade ? 'success' : 'pending' },
      content: { url_template: `${download}/api/2.0/${place}/content/{+asset_path}` },
    };
  });

  const sendContent = async (request: FastifyRequest, reply: FastifyReply) => {
    const { access, file, version, one } = find(box, request);
    // These have one page only, whose name is empty.
    if (parameterOf(request, '*') !== '') throw new BoxError('not_found');
    if (stateOf(one, version.id, access.view) !== 'success') {
      return reply.code(202).header('retry-after', '1').send();
    }
    reply.header('content-type', contentTypes[one.type]);
    dispose(reply, queryOf(request), `${file.name}.${one.type}`);
    return reply.send(await contentOf(box, version, one));
  };
  app.get(`${path}/content`, sendContent);
  app.get(`${path}/content/*`, sendContent);
}

function find(box: Box, request: FastifyRequest): Found {
  const access = accessOf(box, request);
  const file = access.activeFile(parameterOf(request, 'fileId'), 'preview');
  const version = pastVersion(access, file, parameterOf(request, 'versionId'));
  const name = parameterOf(request, 'representation');
  const one = representationsOf(version).find((known) => known.name === name);
  if (!one) throw new BoxError('not_found');
  return { access, file, version, one };
}

async function contentOf(
  { store }: Box,
  version: VersionRow,
  { type, edgePixels }: Representation,
) {
  if ((type === 'jpg' || type === 'png') && edgePixels !== undefined) {
    return pictureOf(store, version, edgePixels, type);
  }
  return await store.blobs.read(version.sha1, 0, version.size);
}

function dispose(reply: FastifyReply, query: Query, usualName: string): void {
  const { set_content_disposition_type: type, set_content_disposition_filename: asked } = query;
  if (type !== 'inline' && type !== 'attachment') return;
  const attachment = attachmentNamed(typeof asked === 'string' ? asked : usualName);
  reply.header('content-disposition', attachment.replace(/^attachment/, type));
}
