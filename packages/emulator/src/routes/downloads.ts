import { createSecretKey } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { noteEvent } from '../actions/record-event.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { parseRange } from '../http/byte-range.ts';
import { attachmentNamed, contentTypeOf } from '../http/content-headers.ts';
import { type Download, openDownload, signDownload } from '../http/download-token.ts';
import { isLive } from '../represent/shared-link.ts';
import { currentLock } from '../represent/values.ts';
import { type FileRow, isFile } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { parameterOf, queryOf } from './item-routes.ts';
import { pastVersion } from './versions.ts';

/** How long a download URL works. https://developer.box.com/guides/downloads/ */
const urlLifeSeconds = 15 * 60;

const secretName = 'download URLs';

/** `GET /files/{id}/content`: where the contents are. */
export function downloadRoutes(app: FastifyInstance, box: Box): void {
  const secret = createSecretKey(box.store.secret(secretName));

  app.get('/files/:fileId/content', (request, reply) => {
    const access = accessOf(box, request);
    access.require('download');
    const file = access.activeFile(parameterOf(request, 'fileId'), 'download');
    checkUnlocked(access, file);
    const { version } = queryOf(request);
    const { sha1, size, name } = version === undefined ? file : pastVersion(access, file, version);
    const expiresAt = box.store.nowSeconds() + urlLifeSeconds;
    const token = signDownload({ sha1, sizeBytes: size, name }, expiresAt, secret);
    const location = `${box.urlsFor(request).download}/d/1/${token}/download`;
    noteEvent(access, 'download', file);
    return reply.code(302).header('location', location).send();
  });
}

function checkUnlocked(access: Access, file: FileRow): void {
  const lock = currentLock(file, access.store.nowSeconds());
  if (lock?.isDownloadPrevented && lock.userId !== access.userId) {
    throw new BoxError('access_denied_item_locked');
  }
}

/** The download host: contents by a URL that needs no token, whole or in part. */
export function contentRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const secret = createSecretKey(store.secret(secretName));

  const byToken = (request: FastifyRequest, reply: FastifyReply) => {
    const token = parameterOf(request, 'token');
    const download = openDownload(token, store.nowSeconds(), secret);
    if (!download) throw new BoxError('not_found');
    return sendContents(store, download, request, reply);
  };
  app.get('/d/1/:token/download', byToken);
  app.head('/d/1/:token/download', byToken);

  app.get('/shared/static/:name', (request, reply) => {
    const name = parameterOf(request, 'name').split('.')[0] ?? '';
    const link = store.sharedLinks.find(name);
    const file = link && store.items.get(link.item_id);
    const isPublic = link?.access === 'open' && link.password === null && link.can_download === 1;
    if (!link || !file || !isFile(file) || !isPublic || !isLive(link, store.nowSeconds())) {
      throw new BoxError('not_found');
    }
    store.sharedLinks.countDownload(link.item_id);
    const download = { sha1: file.sha1, sizeBytes: file.size, name: file.name };
    return sendContents(store, download, request, reply);
  });
}

function sendContents(
  store: Store,
  { sha1, sizeBytes, name }: Download,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const range = parseRange(request.headers.range, sizeBytes);
  if (range === 'unsatisfiable') {
    throw new BoxError('range_not_satisfiable', {
      headers: { 'content-range': `bytes */${sizeBytes}` },
    });
  }
  const { start, end } = range ?? { start: 0, end: sizeBytes };
  if (!store.blobs.has(sha1)) throw new BoxError('not_found');
  reply.headers({
    'accept-ranges': 'bytes',
    'content-disposition': attachmentNamed(name),
    'content-length': end - start,
    'content-type': contentTypeOf(name),
  });
  if (range) {
    reply.code(206).header('content-range', `bytes ${start}-${end - 1}/${sizeBytes}`);
  }
  if (request.method === 'HEAD') return reply.send();
  const contents = store.blobs.read(sha1, start, end);
  return contents instanceof Promise
    ? contents.then((body) => reply.send(body))
    : reply.send(contents);
}
