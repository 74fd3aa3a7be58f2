import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { checkNameIsFree } from '../actions/names-in-use.ts';
import { type Contents, createFile } from '../actions/new-items.ts';
import { addVersion } from '../actions/new-version.ts';
import { recordEvent } from '../actions/record-event.ts';
import { checkRoom, checkSpace } from '../actions/room.ts';
import { storeContents } from '../actions/store-contents.ts';
import { findSession } from '../actions/upload-session.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { asBody, type Body, bodyOf, descriptionOf } from '../http/request-body.ts';
import { numberOf, textOf } from '../http/text-of.ts';
import { checkName } from '../names.ts';
import { type FileRow, isFile, type UploadSessionRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';
import { parseTime } from '../times.ts';
import { answerWith, parameterOf } from './item-routes.ts';
import { digestOf } from './upload-parts.ts';

/** `POST` of a commit. https://developer.box.com/reference/post-files-upload-sessions-id-commit/ */
export function uploadCommitRoutes(app: FastifyInstance, box: Box): void {
  app.post('/files/upload_sessions/:sessionId/commit', async (request, reply) => {
    const access = accessOf(box, request);
    access.require('upload');
    const session = findSession(box.store, parameterOf(request, 'sessionId'), access.userId);
    const sha1 = digestOf(request).toString('hex');
    if (session.committed_file_id !== null) {
      return answer(access, committedFile(access, session), request, reply);
    }
    checkParts(box.store, session, bodyOf(request).parts);
    const commit = new Commit(access, session, asBody(bodyOf(request).attributes) ?? {});
    commit.check();
    await proveContents(box.store, session, sha1);
    const file = await storeContents(
      box.store,
      sha1,
      async () => {
        // False when a commit that runs at the same time was first: then they are there.
        await box.store.blobs.keepAssembled(session.id, sha1);
      },
      () => commit.finish({ sha1, sizeBytes: session.size }),
    );
    return answer(access, file, request, reply);
  });
}

function answer(access: Access, file: FileRow, request: FastifyRequest, reply: FastifyReply) {
  reply.code(201);
  return { total_count: 1, entries: [answerWith(access, file, request)] };
}

/** What a session already made: repeating a commit gives the same answer. */
function committedFile(access: Access, session: UploadSessionRow): FileRow {
  const file = access.store.items.get(session.committed_file_id ?? -1);
  if (file && isFile(file)) return file;
  throw new BoxError('not_found');
}

/** The parts that the client names, in any order, must be those that are here, and make the file. */
function checkParts(store: Store, session: UploadSessionRow, named: unknown): void {
  const stored = store.uploadSessions.parts(session.id, 0, -1);
  const storedBytes = stored.reduce((sum, part) => sum + part.size, 0);
  const byId = new Map(stored.map((part) => [part.part_id, part]));
  const parts = Array.isArray(named) ? named.map((part) => asBody(part) ?? {}) : [];
  const ids = new Set(parts.map((part) => part.part_id));
  const agree = parts.every((part) => {
    const match = byId.get(textOf(part.part_id));
    return match?.offset === numberOf(part.offset) && match.size === numberOf(part.size);
  });
  if (!agree || ids.size !== stored.length || storedBytes !== session.size) {
    throw new BoxError('parts_mismatch');
  }
}

async function proveContents(store: Store, session: UploadSessionRow, sha1: string): Promise<void> {
  const actual = await store.blobs.hashAssembled(session.id);
  // None when another commit of the session has put the contents in place, or died right after.
  if (actual === undefined && store.blobs.has(sha1)) return;
  if (actual !== sha1) {
    throw new BoxError('bad_digest', {
      message: 'The digest does not match the contents of the file',
    });
  }
}

class Commit {
  readonly #access: Access;
  readonly #session: UploadSessionRow;
  readonly #name: string | undefined;
  readonly #description: string | undefined;
  readonly #times: { contentCreatedAt: number | undefined; contentModifiedAt: number | undefined };

  constructor(access: Access, session: UploadSessionRow, attributes: Body) {
    this.#access = access;
    this.#session = session;
    this.#name =
      attributes.name === undefined ? (session.name ?? undefined) : checkName(attributes.name);
    this.#description = descriptionOf(attributes);
    this.#times = {
      contentCreatedAt: parseTime(attributes.content_created_at, 'content_created_at'),
      contentModifiedAt: parseTime(attributes.content_modified_at, 'content_modified_at'),
    };
  }

  /** Refuses what can be refused before the contents are read through. */
  check(): void {
    const { view } = this.#access;
    const target = this.#target();
    checkRoom(this.#access, target.folder.owner_id, this.#session.size);
    if (this.#name === undefined) return;
    checkNameIsFree(target.folder, this.#name, 'object', view, target.file?.id);
  }

  /** Makes the file or version, inside a transaction; once, however often it is asked for. */
  finish(contents: Contents): FileRow {
    const { uploadSessions } = this.#access.store;
    this.#access.view.forget();
    const session = findSession(this.#access.store, this.#session.id, this.#access.userId);
    if (session.committed_file_id !== null) return committedFile(this.#access, session);
    const file = this.#make(contents);
    recordEvent(this.#access, session.file_id === null ? 'upload' : 'new version', file);
    uploadSessions.markCommitted(session.id, file.id);
    return file;
  }

  #make(contents: Contents): FileRow {
    const { file, folder: place } = this.#target();
    checkSpace(this.#access, place.owner_id, contents.sizeBytes);
    const common = { contents, description: this.#description, ...this.#times };
    if (file) return addVersion(this.#access, file, { ...common, name: this.#name });
    const name = checkName(this.#name);
    const folder = this.#access.destination(this.#session.folder_id, 'folder');
    return createFile(this.#access, { ...common, folder, name, form: 'object' });
  }

  #target() {
    const { file_id: fileId, folder_id: folderId } = this.#session;
    if (fileId === null) return { folder: this.#access.destination(folderId, 'folder') };
    const file = this.#access.changeableFile(fileId, 'version');
    this.#access.checkIfMatch(file);
    return { file, folder: { id: file.parent_id, owner_id: file.owner_id } };
  }
}
