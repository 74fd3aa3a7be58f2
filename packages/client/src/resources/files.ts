import type { BoxFile, BoxFileLock, BoxFileVersion, BoxPreflight } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { pathOfItem } from '../reference.ts';
import type { BoxRequest, Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import {
  type CallOptions,
  type ChangeOptions,
  type FieldsOptions,
  fieldsOf,
  type ListOptions,
} from './call-options.ts';
import { type Download, type DownloadOptions, downloadFile } from './downloads.ts';
import { type LockOptions, lockFile, unlockFile } from './file-locks.ts';
import { type DeleteOptions, deleteItem, type FileChanges, updateItem } from './item-changes.ts';
import { type CopyTarget, copyItem } from './item-copies.ts';
import { offsetList } from './lists.ts';
import {
  type NewFile,
  type NewVersion,
  type UploadProgress,
  uploadFile,
  uploadVersion,
} from './uploads.ts';

/** What is to be uploaded, as far as Box wants to know beforehand. */
export type Preflight =
  | { readonly name: string; readonly parentId: string; readonly sizeBytes?: number | undefined }
  /** A new version. */
  | {
      readonly fileId: string;
      readonly name?: string | undefined;
      readonly sizeBytes?: number | undefined;
    };

/**
 * Box's files. What is around them has its own place: `fileVersions`, `trash`, `sharedLinks`, `collaborations`,
 * `thumbnails`, `representations`, `comments`, `tasks`, `metadata`, and `uploadSessions` for large ones.
 */
export class Files {
  readonly #send: Send;
  readonly #clock: Clock;

  constructor(send: Send, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /**
   * A file. One that lies in the trash is answered too, with `item_status: 'trashed'`.
   *
   * @throws {BoxApiError} `not_found` (404): there is none, or this user may not see it
   * @see https://developer.box.com/reference/get-files-id/
   * @example
   * ```ts
   * const file = await client.files.get(fileId, { fields: ['size', 'modified_at', 'parent'] });
   * console.log(`${file.name} in ${file.parent?.name}: ${file.size} bytes, since ${file.modified_at}`);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxFile> {
    const query = { fields: fieldsOf('file', fields) };
    const request: BoxRequest = { method: 'GET', path: pathOf('/files', id), query, signal };
    return await answerOf<BoxFile>(this.#send, request, entity('file'));
  }

  /**
   * The path of a file, from the root of this client's user: `/Team/a.pdf`.
   *
   * @throws {BoxApiError} as `get`
   * @throws {InputError} it lies in the trash
   * @see https://developer.box.com/reference/get-files-id/
   * @example
   * ```ts
   * console.log(await client.files.path(fileId)); // /Reports/report.txt
   * ```
   */
  async path(id: string, { signal }: CallOptions = {}): Promise<string> {
    return pathOfItem(await this.get(id, { fields: ['path_collection'], signal }));
  }

  /**
   * Would Box take this upload? It is no reservation: the upload itself may still be refused.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `file_size_limit_exceeded`, `storage_limit_exceeded` (403); `item_name_invalid` (400); `not_found` (404)
   * @see https://developer.box.com/reference/options-files-content/
   * @example
   * ```ts
   * import { isBoxError } from '@boxhaul/client';
   *
   * const upload = { name: 'report.txt', parentId: folderId, sizeBytes: 1_000 };
   * try {
   *   await client.files.preflight(upload);
   * } catch (error) {
   *   if (!isBoxError(error, 'item_name_in_use')) throw error;
   *   console.log('this would be a new version of', error.conflict?.id);
   * }
   * ```
   */
  async preflight(upload: Preflight, { signal }: CallOptions = {}): Promise<BoxPreflight> {
    const { name, sizeBytes: size } = upload;
    const isVersion = 'fileId' in upload;
    return await answerOf(
      this.#send,
      {
        method: 'OPTIONS',
        path: `${isVersion ? pathOf('/files', upload.fileId) : '/files'}/content`,
        json: { name, size, ...(!isVersion && { parent: { id: upload.parentId } }) },
        repeat: 'safe',
        signal,
      },
      preflightOf,
    );
  }

  /**
   * Sends a new file in one request, streamed, its SHA-1 checked at both ends. Box wants larger files (50 MB and
   * up) to go through an upload session.
   *
   * After a broken connection or a 5xx it is looked up before it is sent again: a file of this name and content
   * that came about since is the one whose answer was lost.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `bad_digest` (400): other bytes arrived than `sha1` says; `item_name_invalid` (400);
   *   `file_size_limit_exceeded`, `storage_limit_exceeded` (403); `not_found` (404): no such folder
   * @throws {BoxhaulError} `body_length`: the source gave more or fewer bytes than it said, nothing was stored;
   *   `sha1_mismatch`: Box holds other bytes than were sent
   * @see https://developer.box.com/reference/post-files-content/
   * @example
   * ```ts
   * import { bodyOfFile } from '@boxhaul/client';
   *
   * const file = await client.files.upload({
   *   name: 'summary.txt',
   *   parentId: folderId,
   *   body: await bodyOfFile('report.txt'),
   *   contentModifiedAt: new Date('2024-03-01T12:00:00Z'),
   * });
   * console.log(file.id, file.sha1);
   * ```
   */
  async upload(file: NewFile, options: FieldsOptions & UploadProgress = {}): Promise<BoxFile> {
    return await uploadFile(this.#send, this.#clock, file, options);
  }

  /**
   * Sends a new version of a file, as `upload` sends a new file. With `ifMatch`, only if nobody has changed the
   * file since.
   *
   * @throws {BoxApiError} `precondition_failed` (412); `not_found`, `trashed` (404); otherwise as `upload`
   * @throws {BoxhaulError} as `upload`
   * @see https://developer.box.com/reference/post-files-id-content/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * const { etag } = await client.files.get(fileId);
   * const file = await client.files.uploadVersion(
   *   fileId,
   *   { body: bodyOf('All is better.'), contentModifiedAt: new Date() },
   *   { ifMatch: etag ?? undefined },
   * );
   * console.log(file.size, file.file_version?.id);
   * ```
   */
  async uploadVersion(
    fileId: string,
    version: NewVersion,
    options: ChangeOptions & UploadProgress = {},
  ): Promise<BoxFile> {
    return await uploadVersion(this.#send, this.#clock, fileId, version, options);
  }

  /**
   * The past versions of a file, page after page; the current one is not among them.
   *
   * @throws {BoxApiError} `not_found` (404), at the first step of the loop
   * @see https://developer.box.com/reference/get-files-id-versions/
   * @example
   * ```ts
   * for await (const version of client.files.versions(fileId, { fields: ['modified_at'] })) {
   *   console.log(version.id, version.modified_at, version.sha1);
   * }
   * ```
   */
  versions(id: string, { fields, ...options }: ListOptions = {}): AsyncIterable<BoxFileVersion> {
    const query = { fields: fieldsOf('file_version', fields) };
    return offsetList(this.#send, `${pathOf('/files', id)}/versions`, query, options);
  }

  /**
   * Opens the content of a file, or a range of it. Box answers with the address of a download host, which is
   * asked without the access token; if Box has the content not ready yet, it is waited for.
   *
   * Nothing is repeated once the content has begun to arrive: what breaks off then is thrown by `body`.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403); 416 or
   *   `requested_page_out_of_range` (400): the file has no such bytes
   * @throws {BoxConnectionError} `unexpected_answer`: something else came than what was asked for
   * @see https://developer.box.com/reference/get-files-id-content/
   * @example
   * ```ts
   * const { body, sizeBytes } = await client.files.download(fileId);
   * console.log(sizeBytes);
   * for await (const chunk of body) console.log(Buffer.from(chunk).toString());
   *
   * // the first three bytes
   * const start = await client.files.download(fileId, { range: { start: 0, end: 2 } });
   * for await (const chunk of start.body) console.log(chunk);
   * ```
   */
  async download(id: string, options: DownloadOptions = {}): Promise<Download> {
    return await downloadFile(this.#send, id, options);
  }

  /**
   * Renames, moves, describes or dates a file, or changes what may be done with it.
   *
   * @throws {BoxApiError} `precondition_failed` (412), `item_name_in_use` (409), `access_denied_item_locked` (403)
   * @see https://developer.box.com/reference/put-files-id/
   * @example
   * ```ts
   * const { etag } = await client.files.get(fileId);
   * await client.files.update(
   *   fileId,
   *   { name: 'final.txt', description: 'As printed', tags: ['2025'] },
   *   { ifMatch: etag ?? undefined },
   * );
   * ```
   */
  async update(id: string, changes: FileChanges, options: ChangeOptions = {}): Promise<BoxFile> {
    return await updateItem<BoxFile>(this.#send, this.#clock, 'file', id, changes, options);
  }

  /**
   * Gives a file another name; as `update`.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), `item_name_invalid` (400); otherwise as `update`
   * @see https://developer.box.com/reference/put-files-id/
   * @example
   * ```ts
   * import { isBoxError } from '@boxhaul/client';
   *
   * try {
   *   await client.files.rename(fileId, 'report of June.txt');
   * } catch (error) {
   *   if (!isBoxError(error, 'item_name_in_use')) throw error;
   *   console.log('another one has this name:', error.conflict?.id);
   * }
   * ```
   */
  async rename(id: string, name: string, options: ChangeOptions = {}): Promise<BoxFile> {
    return await this.update(id, { name }, options);
  }

  /**
   * Moves a file into another folder, with its versions; as `update`.
   *
   * @throws {BoxApiError} `item_name_in_use` (409): the folder has one of this name; `not_found` (404): no such folder
   * @see https://developer.box.com/reference/put-files-id/
   * @example
   * ```ts
   * const archive = await client.folders.create({ name: 'Archive', parentId: '0' });
   * const file = await client.files.move(fileId, archive.id);
   * console.log(file.id === fileId); // true: links to it go on working
   * ```
   */
  async move(id: string, parentId: string, options: FieldsOptions = {}): Promise<BoxFile> {
    return await this.update(id, { parentId }, options);
  }

  /**
   * Copies a file into a folder: its current version, or the one that `versionId` names. It is not repeated when
   * nobody can tell whether it was done: there might be two copies then.
   *
   * @throws {BoxApiError} `item_name_in_use` (409), the item in the way being the error's `conflict`;
   *   `not_found` (404)
   * @see https://developer.box.com/reference/post-files-id-copy/
   * @example
   * ```ts
   * const copy = await client.files.copy(fileId, { parentId: folderId, name: 'template.txt' });
   * console.log(copy.id, copy.name);
   * ```
   */
  async copy(
    id: string,
    { versionId, ...target }: CopyTarget & { readonly versionId?: string | undefined },
    options: FieldsOptions = {},
  ): Promise<BoxFile> {
    const copy = { ...target, version: versionId };
    return await copyItem<BoxFile>(this.#send, { type: 'file', id }, copy, options);
  }

  /**
   * Keeps others from changing, moving and deleting a file. Locking it again changes the lock.
   *
   * @throws {BoxApiError} `access_denied_item_locked` (403): somebody else has locked it; `not_found` (404)
   * @see https://developer.box.com/guides/files/locks/
   * @example
   * ```ts
   * const inAnHour = new Date(Date.now() + 3_600_000);
   * const lock = await client.files.lock(fileId, { expiresAt: inAnHour, isDownloadPrevented: true });
   * console.log(lock.created_by?.name);
   * ```
   */
  async lock(id: string, options: LockOptions = {}): Promise<BoxFileLock> {
    return await lockFile(this.#send, id, options);
  }

  /**
   * Takes a file's lock off, if it has one.
   *
   * @throws {BoxApiError} `access_denied_item_locked` (403): it is somebody else's; `not_found` (404)
   * @see https://developer.box.com/guides/files/locks/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.lock(fileId);
   * try {
   *   await client.files.uploadVersion(fileId, { body: bodyOf('Nobody else writes meanwhile.') });
   * } finally {
   *   await client.files.unlock(fileId);
   * }
   * ```
   */
  async unlock(id: string, options: CallOptions = {}): Promise<void> {
    await unlockFile(this.#send, id, options);
  }

  /**
   * Puts a file into the trash, from where `trash.restore` brings it back and `trash.delete` ends it. If it is gone
   * when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `not_found`, `trashed` (404); `precondition_failed` (412);
   *   `access_denied_item_locked` (403)
   * @see https://developer.box.com/reference/delete-files-id/
   * @example
   * ```ts
   * await client.files.delete(fileId);
   * const { item_status } = await client.files.get(fileId, { fields: ['item_status'] });
   * console.log(item_status); // trashed: client.trash.restore brings it back
   * ```
   */
  async delete(id: string, options: DeleteOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/files', id), undefined, options);
  }
}

function preflightOf(data: unknown): BoxPreflight | undefined {
  const isPreflight =
    typeof data === 'object' &&
    data !== null &&
    'upload_url' in data &&
    typeof data.upload_url === 'string';
  return isPreflight ? (data as BoxPreflight) : undefined;
}
