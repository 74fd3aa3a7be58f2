import type { Readable } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { checkNameIsFree } from '../actions/names-in-use.ts';
import { type Contents, createFile } from '../actions/new-items.ts';
import { addVersion } from '../actions/new-version.ts';
import { recordEvent } from '../actions/record-event.ts';
import { checkRoom, checkSpace } from '../actions/room.ts';
import { dropUnusedContents, storeContents } from '../actions/store-contents.ts';
import type { Box } from '../box.ts';
import { BoxError, badParameters } from '../box-error.ts';
import { parseJson } from '../http/parse-json.ts';
import { asBody, type Body, descriptionOf, missing, parentIdOf } from '../http/request-body.ts';
import { readUploadForm, type UploadForm } from '../http/upload-form.ts';
import { checkName } from '../names.ts';
import type { FileRow } from '../store/rows.ts';
import { parseTime } from '../times.ts';
import { answerWith, parameterOf } from './item-routes.ts';

/** https://developer.box.com/guides/uploads/direct/ */
export function uploadRoutes(app: FastifyInstance, box: Box): void {
  app.post('/files/content', (request, reply) =>
    receive(box, request, reply, (access, form) => newFile(access, form)),
  );

  app.post('/files/:fileId/content', (request, reply) =>
    receive(box, request, reply, (access, form) =>
      newVersion(access, form, parameterOf(request, 'fileId')),
    ),
  );
}

/** An upload whose form has been read. */
interface Upload {
  /** Refuses what can be refused before the contents are kept. */
  check(sizeBytes: number): void;
  /** Makes the file or version, inside a transaction. */
  finish(contents: Contents): FileRow;
}

async function receive(
  box: Box,
  request: FastifyRequest,
  reply: FastifyReply,
  prepare: (access: Access, form: UploadForm) => Upload,
): Promise<unknown> {
  const form = await readUploadForm(bodyStream(request), request.headers, box.store.blobs);
  const contents = form.file.digest();
  try {
    const access = accessOf(box, request);
    access.require('upload');
    checkDigest(request, contents.sha1);
    const upload = prepare(access, form);
    upload.check(contents.sizeBytes);
    const storing = storeContents(
      access.store,
      contents.sha1,
      () => form.file.keep(),
      () => {
        access.view.forget();
        return upload.finish(contents);
      },
    );
    const file = storing instanceof Promise ? await storing : storing;
    reply.code(201);
    return { total_count: 1, entries: [answerWith(access, file, request)] };
  } catch (error) {
    await form.file.discard();
    // Kept already if another upload took the name in between.
    dropUnusedContents(box.store, contents.sha1);
    throw error;
  }
}

function bodyStream(request: FastifyRequest): Readable {
  const body = request.body as Readable | undefined;
  if (typeof body?.pipe === 'function') return body;
  throw new BoxError('bad_request', { message: 'An upload is a multipart/form-data request' });
}

/** Box's `Content-MD5` is the SHA-1 in hex. */
function checkDigest(request: FastifyRequest, sha1: string): void {
  const expected = request.headers['content-md5'];
  if (typeof expected === 'string' && expected.trim().toLowerCase() !== sha1) {
    throw new BoxError('bad_digest');
  }
}

function newFile(access: Access, form: UploadForm): Upload {
  const attributes = attributesOf(form);
  const folderId = parentIdOf(attributes);
  const named = attributes.name ?? form.fileName;
  if (named === undefined || named === '') throw missing('name');
  const name = checkName(named);
  const times = timesOf(attributes);
  const description = descriptionOf(attributes);
  return {
    check: (sizeBytes) => {
      const folder = access.destination(folderId);
      checkNameIsFree(folder, name, 'object', access.view);
      checkRoom(access, folder.owner_id, sizeBytes);
    },
    finish: (contents) => {
      const folder = access.destination(folderId);
      checkSpace(access, folder.owner_id, contents.sizeBytes);
      const file = createFile(access, {
        folder,
        name,
        description,
        contents,
        form: 'object',
        ...times,
      });
      recordEvent(access, 'upload', file);
      return file;
    },
  };
}

function newVersion(access: Access, form: UploadForm, fileId: string): Upload {
  const attributes = attributesOf(form);
  const { name: named } = attributes;
  const name = named === undefined || named === null ? undefined : checkName(named);
  const description = descriptionOf(attributes);
  const { contentModifiedAt } = timesOf(attributes);
  const find = () => {
    const file = access.changeableFile(fileId, 'version');
    access.checkIfMatch(file);
    return file;
  };
  return {
    check: (sizeBytes) => {
      const file = find();
      const folder = { id: file.parent_id, owner_id: file.owner_id };
      if (name !== undefined) checkNameIsFree(folder, name, 'object', access.view, file.id);
      checkRoom(access, file.owner_id, sizeBytes);
    },
    finish: (contents) => {
      const old = find();
      checkSpace(access, old.owner_id, contents.sizeBytes);
      const file = addVersion(access, old, { contents, name, contentModifiedAt, description });
      recordEvent(access, 'new version', file);
      return file;
    },
  };
}

/** The `attributes` field, or in its absence the plain fields that came before it was. */
function attributesOf({ fields }: UploadForm): Body {
  const json = fields.attributes;
  if (json === undefined) return { ...fields, parent: { id: fields.parent_id } };
  const attributes = asBody(parsed(json));
  if (attributes) return attributes;
  throw badParameters({
    reason: 'invalid_parameter',
    name: 'attributes',
    message: "'attributes' is not a JSON object",
  });
}

function parsed(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined; // refused by the caller, with the field's name
  }
}

function timesOf(attributes: Body) {
  return {
    contentCreatedAt: parseTime(attributes.content_created_at, 'content_created_at'),
    contentModifiedAt: parseTime(attributes.content_modified_at, 'content_modified_at'),
  };
}
