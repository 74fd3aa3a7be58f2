import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Box } from '../box.ts';
import { BoxError, notFound } from '../box-error.ts';
import { imageFacts } from '../contents/images.ts';
import { invalid, missing } from '../http/request-body.ts';
import { formParser } from '../http/upload-form.ts';
import { managedUser, visibleUser } from './users.ts';

/** https://developer.box.com/reference/post-users-id-avatar/ */
const maxImageBytes = 1024 * 1024;
const maxImageSide = 1024;

/** https://developer.box.com/reference/resources/user-avatar/ */
export function avatarRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;

  app.get('/users/:userId/avatar', (request, reply) => {
    const user = visibleUser(request, store);
    const avatar = store.directory.avatar(user.id);
    if (!avatar) throw notFound('user_avatar', String(user.id));
    return reply.header('content-type', avatar.type).send(Buffer.from(avatar.image));
  });

  app.post('/users/:userId/avatar', async (request, reply) => {
    const image = await readImage(request);
    const facts = image && imageFacts(image);
    const user = managedUser(request, store);
    if (!image) throw missing('pic');
    if (!facts) throw invalid('pic', '…', 'must be a JPEG or PNG image');
    if (image.length > maxImageBytes || Math.max(facts.width, facts.height) > maxImageSide) {
      throw invalid('pic', '…', `must be at most ${maxImageSide} pixels wide and high, and 1 MB`);
    }
    const isNew = store.directory.avatar(user.id) === undefined;
    store.directory.putAvatar(user.id, { type: facts.type, image });
    const url = `https://app.box.com/index.php?rm=pic_storage_auth&pic=euks!pac3kv01!${user.id}`;
    return reply.code(isNew ? 201 : 200).send({
      pic_urls: { small: `${url}&size=small`, large: `${url}&size=large`, preview: url },
    });
  });

  app.delete('/users/:userId/avatar', (request, reply) => {
    const user = managedUser(request, store);
    if (!store.directory.deleteAvatar(user.id)) throw notFound('user_avatar', String(user.id));
    return reply.code(204).send();
  });
}

/** The first file of a form, whatever its field is called; one byte more than is allowed at most. */
async function readImage(request: FastifyRequest): Promise<Buffer | undefined> {
  const body = request.body as Readable | undefined;
  if (typeof body?.pipe !== 'function') {
    throw new BoxError('bad_request', { message: 'An avatar is sent as multipart/form-data' });
  }
  return new Promise((resolve, reject) => {
    const pieces: Buffer[] = [];
    let isThere = false;
    const form = formParser(request.headers, {
      limits: { fileSize: maxImageBytes + 1 },
      isPartAFile: (_name, partType, fileName) => fileName !== undefined || partType !== undefined,
    });
    form.on('file', (_name, stream) => {
      isThere = true;
      stream.on('data', (piece: Buffer) => pieces.push(piece));
    });
    form.once('finish', () => resolve(isThere ? Buffer.concat(pieces) : undefined));
    form.once('error', (error: unknown) =>
      reject(new BoxError('bad_request', { message: String(error) })),
    );
    body.once('error', reject);
    body.pipe(form);
  });
}
