import type { RequestBody } from '../body.ts';
import type { BoxFile, BoxPart, BoxUploadSession } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { BoxhaulError, InputError, isBoxError } from '../errors.ts';
import { offsetPages } from '../paging.ts';
import type { BoxRequest, Lookup, Send } from '../request.ts';
import { whatEnds } from '../wait.ts';
import { answerOf, entity, page, pathOf, soleEntity } from './answers.ts';
import {
  boxTime,
  type CallOptions,
  type ChangeOptions,
  type FieldsOptions,
  fieldsOf,
} from './call-options.ts';
import { lookUpNewFile, lookUpNewVersion } from './lost-uploads.ts';
import { holding, type UploadProgress } from './uploads.ts';

/** A part to be stored. */
export interface NewPart {
  /** Where it begins in the file: a multiple of the session's `part_size`. */
  readonly offset: number;
  /** `part_size` bytes; fewer only at the end of the file. */
  readonly body: RequestBody;
  /** Of the part, lower-case hex. */
  readonly sha1: string;
  /** Of the whole file. */
  readonly totalBytes: number;
}

/** What makes a file of a session's parts. */
export interface Commit {
  /** All of them, in any order. */
  readonly parts: readonly BoxPart[];
  /** Of the whole file, lower-case hex. */
  readonly sha1: string;
  /** @default the time of the upload */
  readonly contentCreatedAt?: Date | string | undefined;
  /** @default the time of the upload */
  readonly contentModifiedAt?: Date | string | undefined;
  readonly description?: string | undefined;
  /**
   * What the session was made for. With it, a file whose commit was answered to nobody is found again, should Box
   * have forgotten the session by then.
   */
  readonly target?:
    | { readonly name: string; readonly parentId: string }
    | { readonly fileId: string }
    | undefined;
}

/** Waits between commits that Box refuses although every part was stored, in milliseconds: a minute in all. */
const MISMATCH_WAITS_MS = [1_000, 2_000, 4_000, 8_000, 15_000, 30_000] as const;

/**
 * Uploads in parts: larger files, 20 MB and up. Parts go in any order, in parallel; a commit makes the file.
 *
 * Box answers each session with addresses of its own. They are used as given where they lie on a host that this
 * client trusts with its token: the configured hosts or, when the client talks to Box itself, any host of box.com
 * over TLS. Otherwise the documented paths on the configured upload host are used in their place.
 *
 * @see https://developer.box.com/guides/uploads/chunked/
 */
export class UploadSessions {
  readonly #send: Send;
  readonly #clock: Clock;

  constructor(send: Send, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /**
   * Opens a session for a new file. Box checks name, size and rights as preflight does.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `file_size_too_small` (400); `storage_limit_exceeded` (403); `not_found` (404): no such folder
   * @see https://developer.box.com/reference/post-files-upload-sessions/
   * @example
   * ```ts
   * const fileSizeBytes = 21_000_000;
   * const session = await client.uploadSessions.create({ folderId, fileName: 'large.bin', fileSizeBytes });
   * console.log(session.part_size, session.total_parts);
   * ```
   */
  async create(
    file: { readonly folderId: string; readonly fileName: string; readonly fileSizeBytes: number },
    options: CallOptions = {},
  ): Promise<BoxUploadSession> {
    const { folderId: folder_id, fileName: file_name, fileSizeBytes: file_size } = file;
    return await this.#open('/files', { folder_id, file_name, file_size }, options);
  }

  /**
   * Opens a session for a new version of a file.
   *
   * @param version `fileName` renames the file
   * @throws {BoxApiError} as `create`; `not_found` (404): no such file
   * @see https://developer.box.com/reference/post-files-id-upload-sessions/
   * @example
   * ```ts
   * const session = await client.uploadSessions.createForFile(fileId, { fileSizeBytes: 3_000_000_000 });
   * console.log(session.id, 'is good until', session.session_expires_at);
   * ```
   */
  async createForFile(
    fileId: string,
    version: { readonly fileSizeBytes: number; readonly fileName?: string | undefined },
    options: CallOptions = {},
  ): Promise<BoxUploadSession> {
    const { fileSizeBytes: file_size, fileName: file_name } = version;
    return await this.#open(pathOf('/files', fileId), { file_size, file_name }, options);
  }

  /**
   * A session as it stands now.
   *
   * @throws {BoxApiError} `not_found` (404), `session_expired` (410)
   * @see https://developer.box.com/reference/get-files-upload-sessions-id/
   * @example
   * ```ts
   * const fileSizeBytes = 21_000_000;
   * const session = await client.uploadSessions.create({ folderId, fileName: 'large.bin', fileSizeBytes });
   * const { num_parts_processed } = await client.uploadSessions.get(session.id);
   * console.log(num_parts_processed);
   * ```
   */
  async get(sessionId: string, { signal }: CallOptions = {}): Promise<BoxUploadSession> {
    return await answerOf<BoxUploadSession>(
      this.#send,
      { method: 'GET', host: 'upload', path: sessionPath(sessionId), signal },
      entity('upload_session'),
    );
  }

  /**
   * Stores a part. One that Box holds already, as an attempt before this one may have left it, is taken as it is
   * if offset, size and SHA-1 agree.
   *
   * @throws {BoxApiError} `range_overlaps_existing_part` (409): other bytes are stored there; 412: other bytes
   *   arrived than `sha1` says; `not_found` (404), `session_expired`, `upload_failed` (410): start a new session
   * @throws {BoxhaulError} `body_length`; `sha1_mismatch`: Box has stored another part than was sent
   * @see https://developer.box.com/reference/put-files-upload-sessions-id/
   * @example
   * ```ts
   * import { hash } from 'node:crypto';
   * import { bodyOf } from '@boxhaul/client';
   *
   * const totalBytes = 3_000_000_000;
   * const file = { folderId, fileName: 'film.mov', fileSizeBytes: totalBytes };
   * const session = await client.uploadSessions.create(file);
   * const bytes = Buffer.alloc(session.part_size, 'the film');
   * const part = { offset: 0, body: bodyOf(bytes), sha1: hash('sha1', bytes), totalBytes };
   * console.log((await client.uploadSessions.uploadPart(session, part)).part_id);
   * ```
   */
  async uploadPart(
    session: BoxUploadSession,
    part: NewPart,
    { onProgress, signal }: CallOptions & UploadProgress = {},
  ): Promise<BoxPart> {
    const { offset, body, sha1, totalBytes } = part;
    const last = offset + body.sizeBytes - 1;
    const request: BoxRequest = {
      method: 'PUT',
      path: sessionPath(session.id),
      headers: {
        digest: digestOf(sha1),
        'content-range': `bytes ${offset}-${last}/${totalBytes}`,
      },
      body,
      onProgress,
      signal,
    };
    const stored = await this.#storedPart(session, request, part);
    if (isSamePart(stored, part)) return stored;
    throw new BoxhaulError(
      `Box stored another part than was sent: ${JSON.stringify(stored)} instead of ` +
        JSON.stringify({ offset, size: body.sizeBytes, sha1 }),
      { code: 'sha1_mismatch', recovery: 'restart' },
    );
  }

  /**
   * The parts that Box has stored, page after page.
   *
   * @throws {BoxApiError} `not_found` (404), `session_expired` (410), at the first step of the loop
   * @see https://developer.box.com/reference/get-files-upload-sessions-id-parts/
   * @example
   * ```ts
   * const fileSizeBytes = 21_000_000;
   * const session = await client.uploadSessions.create({ folderId, fileName: 'large.bin', fileSizeBytes });
   * for await (const { offset, size } of client.uploadSessions.parts(session)) console.log(offset, size);
   * ```
   */
  parts(session: BoxUploadSession, { signal }: CallOptions = {}): AsyncIterable<BoxPart> {
    const path = `${sessionPath(session.id)}/parts`;
    const send = this.#sendTo(session.session_endpoints.list_parts);
    return offsetPages<BoxPart>((offset) => {
      const query = { offset, limit: 1000 };
      return answerOf(send, { method: 'GET', path, query, signal }, page<BoxPart>);
    });
  }

  /**
   * Makes a file of all parts. While Box puts it together (202) it is waited for; so is, for a minute, the refusal
   * that can come right after the last part although all are there (`parts_mismatch`).
   *
   * @throws {BoxApiError} `item_name_in_use` (409): somebody else took the name meanwhile;
   *   `precondition_failed` (412); `parts_mismatch` (400): parts are missing; 400 or 412: the SHA-1 is another
   * @throws {BoxhaulError} `sha1_mismatch`: Box holds other bytes than were sent
   * @see https://developer.box.com/reference/post-files-upload-sessions-id-commit/
   * @example
   * ```ts
   * import { createHash } from 'node:crypto';
   * import { bodyOf } from '@boxhaul/client';
   *
   * const sha1Of = (bytes: Buffer) => createHash('sha1').update(bytes).digest('hex');
   * const large = Buffer.alloc(21_000_000, 'what is to be uploaded');
   * const totalBytes = large.byteLength;
   * const target = { name: 'large.bin', parentId: folderId };
   *
   * const session = await client.uploadSessions.create({
   *   folderId,
   *   fileName: target.name,
   *   fileSizeBytes: totalBytes,
   * });
   * const parts = [];
   * for (let offset = 0; offset < totalBytes; offset += session.part_size) {
   *   const bytes = large.subarray(offset, offset + session.part_size);
   *   const part = { offset, body: bodyOf(bytes), sha1: sha1Of(bytes), totalBytes };
   *   parts.push(await client.uploadSessions.uploadPart(session, part));
   * }
   * const file = await client.uploadSessions.commit(session, { parts, sha1: sha1Of(large), target });
   * console.log(file.id, file.size);
   * ```
   */
  async commit(
    session: BoxUploadSession,
    commit: Commit,
    { fields, ifMatch, signal }: ChangeOptions = {},
  ): Promise<BoxFile> {
    const attributes = {
      content_created_at: boxTime(commit.contentCreatedAt),
      content_modified_at: boxTime(commit.contentModifiedAt),
      description: commit.description,
    };
    const request: BoxRequest = {
      method: 'POST',
      path: `${sessionPath(session.id)}/commit`,
      query: { fields: fieldsOf('file', fields) },
      headers: { digest: digestOf(commit.sha1), 'if-match': ifMatch },
      json: { parts: commit.parts, attributes },
      repeat: 'safe',
      waitOn202: true,
      lookup: lookUpCommitted(this.#send, this.#clock, commit, { fields, signal }),
      signal,
    };
    const send = this.#sendTo(session.session_endpoints.commit);
    return holding(await this.#commitPatiently(send, request), commit.sha1);
  }

  /**
   * Forgets a session and its parts. One that is gone already is no error.
   *
   * @throws {BoxApiError} Box refused for any other reason
   * @see https://developer.box.com/reference/delete-files-upload-sessions-id/
   * @example
   * ```ts
   * const fileSizeBytes = 21_000_000;
   * const session = await client.uploadSessions.create({ folderId, fileName: 'large.bin', fileSizeBytes });
   * await client.uploadSessions.abort(session);
   * ```
   */
  async abort(session: BoxUploadSession, { signal }: CallOptions = {}): Promise<void> {
    const send = this.#sendTo(session.session_endpoints.abort);
    try {
      await send({ method: 'DELETE', path: sessionPath(session.id), signal });
    } catch (error) {
      if (!isBoxError(error) || (error.status !== 404 && error.status !== 410)) throw error;
    }
  }

  async #open(path: string, json: object, { signal }: CallOptions): Promise<BoxUploadSession> {
    return await answerOf<BoxUploadSession>(
      this.#send,
      {
        method: 'POST',
        host: 'upload',
        path: `${path}/upload_sessions`,
        json,
        // A session that nobody knows of holds nothing, and Box forgets it after seven days.
        repeat: 'safe',
        lookup: lookUpOpened,
        signal,
      },
      entity('upload_session'),
    );
  }

  async #storedPart(
    session: BoxUploadSession,
    request: BoxRequest,
    part: NewPart,
  ): Promise<BoxPart> {
    try {
      const send = this.#sendTo(session.session_endpoints.upload_part);
      return await answerOf(send, request, partOf);
    } catch (error) {
      if (!isBoxError(error, 'range_overlaps_existing_part')) throw error;
      for await (const stored of this.parts(session, { signal: request.signal })) {
        if (isSamePart(stored, part)) return stored;
      }
      throw error;
    }
  }

  async #commitPatiently(send: Send, request: BoxRequest): Promise<BoxFile> {
    for (const waitMs of MISMATCH_WAITS_MS) {
      try {
        return await answerOf<BoxFile>(send, request, soleEntity('file'));
      } catch (error) {
        if (!isBoxError(error, 'parts_mismatch')) throw error;
        const nowMs = this.#clock.now();
        const untilMs = nowMs + (error.retryAfterMs ?? waitMs);
        const end = whatEnds({ untilMs, why: 'at-work' }, nowMs, request);
        await this.#clock.sleep(untilMs - nowMs, end);
      }
    }
    return await answerOf<BoxFile>(send, request, soleEntity('file'));
  }

  /** Sends to the address that Box gave; to the request's own path, should it not be fit for a token. */
  #sendTo(endpoint: string): Send {
    return async (request) => {
      try {
        return await this.#send({ ...request, host: 'upload', path: endpoint });
      } catch (error) {
        if (!(error instanceof InputError) || error.code !== 'untrusted_host') throw error;
        return await this.#send({ ...request, host: 'upload' });
      }
    };
  }
}

function sessionPath(sessionId: string): string {
  return pathOf('/files/upload_sessions', sessionId);
}

/** Box has a session open for this name, most likely the one whose answer was lost: it must hold nothing yet. */
const lookUpOpened: Lookup = async (failure) => {
  if (!isBoxError(failure, 'session_conflict')) return undefined;
  const open = entity<BoxUploadSession>('upload_session')(failure.contextInfo?.session);
  return open?.num_parts_processed === 0 ? { data: open } : undefined;
};

function lookUpCommitted(
  send: Send,
  clock: Clock,
  { target, parts, sha1 }: Commit,
  options: FieldsOptions,
): Lookup | undefined {
  if (!target) return undefined;
  const sizeBytes = parts.reduce((sum, part) => sum + part.size, 0);
  const content = { sizeBytes, sha1: () => sha1 };
  return 'fileId' in target
    ? lookUpNewVersion(send, clock, target.fileId, content, options)
    : lookUpNewFile(send, clock, target, content, options);
}

function partOf(data: unknown): BoxPart | undefined {
  const isWrapped = typeof data === 'object' && data !== null && 'part' in data;
  const part = isWrapped ? data.part : undefined;
  return typeof part === 'object' && part !== null && 'part_id' in part
    ? (part as BoxPart)
    : undefined;
}

function isSamePart(stored: BoxPart, { offset, body, sha1 }: NewPart): boolean {
  return stored.offset === offset && stored.size === body.sizeBytes && stored.sha1 === sha1;
}

/** Box wants base64 here, and gives hex everywhere. */
function digestOf(sha1Hex: string): string {
  return `sha=${Buffer.from(sha1Hex, 'hex').toString('base64')}`;
}
