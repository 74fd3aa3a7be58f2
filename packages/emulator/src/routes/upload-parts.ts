import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { findSession } from '../actions/upload-session.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { drain } from '../http/upload-form.ts';
import { orTaken } from '../or-taken.ts';
import type { UploadPartRow, UploadSessionRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { parameterOf } from './item-routes.ts';
import { representPart } from './upload-sessions.ts';

/** `PUT` of one part. https://developer.box.com/reference/put-files-upload-sessions-id/ */
export function uploadPartRoutes(app: FastifyInstance, box: Box): void {
  const memory = partMemory();
  app.register(async (parts) => {
    parts.removeAllContentTypeParsers();
    parts.addContentTypeParser('*', (_request, payload, done) => done(null, payload));

    parts.put('/files/upload_sessions/:sessionId', async (request) => {
      const body = request.body as Readable | undefined;
      try {
        const part = await receivePart(box.store, memory, request, body);
        return { part: representPart(part) };
      } catch (error) {
        // Clients listen only once they have sent everything.
        if (body) await drain(body);
        throw error;
      }
    });
  });
}

async function receivePart(
  store: Store,
  memory: PartMemory,
  request: FastifyRequest,
  body: Readable | undefined,
): Promise<UploadPartRow> {
  const id = parameterOf(request, 'sessionId');
  const find = () => findSession(store, id, Number(request.caller.userId));
  const session = find();
  if (session.committed_file_id !== null) throw new BoxError('not_found');
  const digest = digestOf(request);
  const { start, sizeBytes } = partRange(request.headers['content-range'], session);
  checkIsNew(store, id, start);
  const bytes = memory.take(sizeBytes);
  try {
    const sha1 = await fillExactly(bytes, body);
    if (!sha1.equals(digest)) {
      throw new BoxError('precondition_failed', {
        message: 'The digest does not match the bytes of the part',
      });
    }
    // Only bytes that were proven touch the session's file, so that a part sent twice does no harm.
    await store.blobs.writePart(id, start, bytes);
    const part: UploadPartRow = {
      session_id: id,
      offset: start,
      size: sizeBytes,
      sha1: sha1.toString('hex'),
      part_id: store.chance.hex(4).toUpperCase(),
    };
    store.transaction(() => insertPart(store, find(), part));
    return part;
  } finally {
    memory.giveBack(bytes);
  }
}

/** Where parts are held until they are proven. */
interface PartMemory {
  take(sizeBytes: number): Buffer;
  /** Nobody may look at it any more. */
  giveBack(bytes: Buffer): void;
}

/** As many as clients mostly send at once; fewer are kept for those who come later. */
const SPARE_PARTS = 8;
const SPARE_PARTS_AT_REST = 4;

/** Keeps a few for the next parts: to collect memory of that size costs as much as to hash it. */
function partMemory(): PartMemory {
  const spare: Buffer[] = [];
  let taken = 0;
  return {
    take(sizeBytes) {
      taken += 1;
      const index = spare.findIndex((bytes) => bytes.byteLength === sizeBytes);
      const [bytes] = index < 0 ? [] : spare.splice(index, 1);
      return bytes ?? Buffer.allocUnsafeSlow(sizeBytes);
    },
    giveBack(bytes) {
      taken -= 1;
      spare.push(bytes);
      const most = taken > 0 ? SPARE_PARTS : SPARE_PARTS_AT_REST;
      spare.splice(0, spare.length - most);
    },
  };
}

function insertPart(store: Store, session: UploadSessionRow, part: UploadPartRow): void {
  if (session.committed_file_id !== null) throw new BoxError('not_found');
  orTaken('range_overlaps_existing_part', () => store.uploadSessions.insertPart(part));
}

function checkIsNew(store: Store, id: string, offset: number): void {
  if (store.uploadSessions.part(id, offset)) throw new BoxError('range_overlaps_existing_part');
}

/** The SHA-1 of a `Digest: sha=…` header; some clients write `SHA=`. */
export function digestOf(request: FastifyRequest): Buffer {
  const header = request.headers.digest;
  const match = typeof header === 'string' ? /^\s*sha=(\S+)\s*$/i.exec(header) : undefined;
  const digest = Buffer.from(match?.[1] ?? '', 'base64');
  if (digest.length === 20) return digest;
  throw new BoxError('bad_request', { message: 'A Digest header of the form sha=… is required' });
}

/** Checks a `Content-Range` against what the session expects at that place. */
function partRange(header: string | undefined, session: UploadSessionRow) {
  const match = /^bytes (\d+)-(\d+)\/(\d+|\*)$/.exec(header?.trim() ?? '');
  if (!match) {
    throw new BoxError('bad_request', { message: 'A Content-Range header is required' });
  }
  const [start, last, total] = [Number(match[1]), Number(match[2]), match[3]];
  if (start >= session.size || last >= session.size) throw new BoxError('range_not_satisfiable');
  const sizeBytes = Math.min(session.part_size, session.size - start);
  const isWhole = start % session.part_size === 0 && last - start + 1 === sizeBytes;
  if (!isWhole || (total !== '*' && Number(total) !== session.size)) {
    throw new BoxError('bad_request', {
      message: `Part ranges start at a multiple of ${session.part_size} and are that long, but for the last`,
    });
  }
  return { start, sizeBytes };
}

/**
 * Reads a whole part; a body of another length is refused.
 *
 * The SHA-1 is taken piece by piece, as they come. Taken of the whole on another thread, it costs this one half as much
 * all the same, for `subtle.digest` begins with a copy, and the machine half as much again.
 *
 * @returns the SHA-1 of the part
 */
async function fillExactly(bytes: Buffer, body: Readable | undefined): Promise<Buffer> {
  const sha1 = createHash('sha1');
  let received = 0;
  if (body) {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      if (received + chunk.length <= bytes.byteLength) {
        bytes.set(chunk, received);
        sha1.update(chunk);
      }
      received += chunk.length;
    }
  }
  if (received === bytes.byteLength) return sha1.digest();
  throw new BoxError('bad_request', {
    message: `The part has ${received} bytes, its range ${bytes.byteLength}`,
  });
}
