import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { accessOf } from '../access/access.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { pictureOf } from '../contents/picture-of.ts';
import { isPicture } from '../contents/representations.ts';
import { type PictureFormat, placeholder } from '../contents/thumbnail-image.ts';
import type { Query } from '../http/paging.ts';
import { numberOf, textOf } from '../http/text-of.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** https://developer.box.com/reference/get-files-id-thumbnail-id/ */
const edges: Readonly<Record<PictureFormat, readonly number[]>> = {
  png: [32, 64, 128, 256],
  jpg: [32, 160, 320],
};
const usualEdge: Readonly<Record<PictureFormat, number>> = { png: 256, jpg: 320 };

export function thumbnailRoutes(app: FastifyInstance, box: Box): void {
  app.get('/files/:fileId/thumbnail.:extension', async (request, reply) => {
    const access = accessOf(box, request);
    const file = access.activeFile(parameterOf(request, 'fileId'), 'preview');
    const format = formatAsked(parameterOf(request, 'extension'));
    const edge = edgeAsked(queryOf(request), format);
    if (!isPicture(file)) {
      const { download } = box.urlsFor(request);
      const location = `${download}/static/thumbnails/generic_${edge}.${format}`;
      return reply.code(302).header('location', location).send();
    }
    return sendPicture(reply, await pictureOf(box.store, file, edge, format), format);
  });
}

/** The icon of files that have no picture of their own, for anybody. */
export function thumbnailPlaceholderRoutes(app: FastifyInstance): void {
  app.get('/static/thumbnails/:icon', (request: FastifyRequest, reply) => {
    const [, edge, format] =
      /^generic_(32|64|128|160|256|320)\.(png|jpg)$/.exec(parameterOf(request, 'icon')) ?? [];
    if (format !== 'png' && format !== 'jpg') throw new BoxError('not_found');
    return sendPicture(reply, placeholder(Number(edge), format), format);
  });
}

function sendPicture(reply: FastifyReply, picture: Buffer, format: PictureFormat): FastifyReply {
  return reply.header('content-type', format === 'png' ? 'image/png' : 'image/jpeg').send(picture);
}

function formatAsked(extension: string): PictureFormat {
  if (extension === 'png' || extension === 'jpg') return extension;
  throw new BoxError('requested_preview_unavailable');
}

/** The smallest that is large enough, or the largest that is small enough. */
function edgeAsked(query: Query, format: PictureFormat): number {
  const least = Math.max(0, ...limitsOf(query, 'min_width', 'min_height'));
  const most = Math.min(...limitsOf(query, 'max_width', 'max_height'), Number.MAX_SAFE_INTEGER);
  const fitting = edges[format].filter((edge) => edge >= least && edge <= most);
  const usual = least > 0 ? fitting[0] : fitting.at(-1);
  const edge = least === 0 && fitting.includes(usualEdge[format]) ? usualEdge[format] : usual;
  if (edge === undefined) throw new BoxError('requested_preview_unavailable');
  return edge;
}

function limitsOf(query: Query, ...names: string[]): number[] {
  return names.flatMap((name) => {
    const text = query[name];
    if (text === undefined || text === '') return [];
    const pixels = /^\d+$/.test(textOf(text)) ? numberOf(text) : Number.NaN;
    if (!(pixels >= 32 && pixels <= 320)) throw new BoxError('requested_preview_unavailable');
    return [pixels];
  });
}
