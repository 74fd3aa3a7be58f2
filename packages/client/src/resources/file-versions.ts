import type { BoxFileVersion } from '../box-types.ts';
import type { BoxRequest, Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import { type FieldsOptions, fieldsOf, type ListOptions } from './call-options.ts';
import { type Download, type DownloadOptions, downloadFile } from './downloads.ts';
import { type DeleteOptions, deleteItem } from './item-changes.ts';
import { offsetList } from './lists.ts';

/** The versions of files. The content of a file is its current one. */
export class FileVersions {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The past versions of a file, page after page; the current one is not among them.
   *
   * @throws {BoxApiError} `not_found` (404), at the first step of the loop
   * @see https://developer.box.com/reference/get-files-id-versions/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.uploadVersion(fileId, { body: bodyOf('All is better.') });
   * for await (const past of client.fileVersions.list(fileId, { fields: ['size', 'modified_at'] })) {
   *   console.log(past.id, past.size, past.modified_at);
   * }
   * ```
   */
  list(fileId: string, { fields, ...options }: ListOptions = {}): AsyncIterable<BoxFileVersion> {
    const query = { fields: fieldsOf('file_version', fields) };
    return offsetList(this.#send, `${pathOf('/files', fileId)}/versions`, query, options);
  }

  /**
   * One version, deleted ones too.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-files-id-versions-id/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.uploadVersion(fileId, { body: bodyOf('All is better.') });
   * for await (const past of client.fileVersions.list(fileId)) {
   *   const { name, trashed_at } = await client.fileVersions.get(fileId, past.id);
   *   console.log(name, trashed_at);
   * }
   * ```
   */
  async get(
    fileId: string,
    versionId: string,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxFileVersion> {
    const path = versionPath(fileId, versionId);
    return await this.#ask({ method: 'GET', path, signal }, fields);
  }

  /**
   * Opens the content of a version; see `Files.download`.
   *
   * @throws {BoxApiError} `not_found` (404): no such file, or no such version of it; otherwise as `Files.download`
   * @see https://developer.box.com/reference/get-files-id-content/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.uploadVersion(fileId, { body: bodyOf('All is better.') });
   * for await (const past of client.fileVersions.list(fileId)) {
   *   const { body } = await client.fileVersions.download(fileId, past.id);
   *   for await (const chunk of body) console.log(Buffer.from(chunk).toString());
   * }
   * ```
   */
  async download(
    fileId: string,
    versionId: string,
    options: Omit<DownloadOptions, 'versionId'> = {},
  ): Promise<Download> {
    return await downloadFile(this.#send, fileId, { ...options, versionId });
  }

  /**
   * Makes the content and name of a past version current again, as a new version, which is the answer. It is not
   * repeated when nobody can tell whether it was done.
   *
   * @throws {BoxApiError} `not_found`, `trashed` (404); `item_name_in_use` (409): its name is in use now
   * @see https://developer.box.com/reference/post-files-id-versions-current/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.uploadVersion(fileId, { body: bodyOf('All is better.') });
   * for await (const past of client.fileVersions.list(fileId)) {
   *   const current = await client.fileVersions.promote(fileId, past.id);
   *   console.log(current.sha1 === past.sha1);
   * }
   * ```
   */
  async promote(
    fileId: string,
    versionId: string,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxFileVersion> {
    const path = `${pathOf('/files', fileId)}/versions/current`;
    const json = { type: 'file_version', id: versionId };
    return await this.#ask({ method: 'POST', path, json, signal }, fields);
  }

  /**
   * Puts a past version into the trash of versions.
   *
   * @param options `ifMatch` is the file's etag
   * @throws {BoxApiError} `not_found`, `trashed` (404); `precondition_failed` (412); 400: it is the current one
   * @see https://developer.box.com/reference/delete-files-id-versions-id/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.uploadVersion(fileId, { body: bodyOf('All is better.') });
   * for await (const past of client.fileVersions.list(fileId)) {
   *   await client.fileVersions.delete(fileId, past.id);
   * }
   * ```
   */
  async delete(fileId: string, versionId: string, options: DeleteOptions = {}): Promise<void> {
    await deleteItem(this.#send, versionPath(fileId, versionId), undefined, options);
  }

  /**
   * Takes a past version out of the trash; it is not current by that, see `promote`.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/put-files-id-versions-id/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * await client.files.uploadVersion(fileId, { body: bodyOf('All is better.') });
   * for await (const past of client.fileVersions.list(fileId)) {
   *   await client.fileVersions.delete(fileId, past.id);
   *   await client.fileVersions.restore(fileId, past.id);
   * }
   * ```
   */
  async restore(
    fileId: string,
    versionId: string,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxFileVersion> {
    const json = { trashed_at: null };
    const path = versionPath(fileId, versionId);
    return await this.#ask({ method: 'PUT', path, json, signal }, fields);
  }

  async #ask(request: BoxRequest, fields: FieldsOptions['fields']): Promise<BoxFileVersion> {
    const query = { fields: fieldsOf('file_version', fields) };
    return await answerOf<BoxFileVersion>(
      this.#send,
      { ...request, query },
      entity('file_version'),
    );
  }
}

function versionPath(fileId: string, versionId: string): string {
  return `${pathOf('/files', fileId)}${pathOf('/versions', versionId)}`;
}
