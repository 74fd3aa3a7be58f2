import type { BoxZipDownload, BoxZipStatus } from '../activity-types.ts';
import { BoxConnectionError } from '../errors.ts';
import type { AnswerStream, BoxRequest, Send } from '../request.ts';
import { answerOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** What goes into a zip; folders with all that is below them. */
export interface NewZip {
  readonly items: readonly { readonly type: 'file' | 'folder'; readonly id: string }[];
  /** Without `.zip`. */
  readonly fileName?: string | undefined;
}

/** A zip as it arrives. Read `body` to its end, or call `cancel`; then `status` tells what was skipped. */
export interface ZipContent {
  readonly zip: BoxZipDownload;
  /** The bytes, once. Throws a BoxConnectionError when they break off or stall. */
  readonly body: AsyncIterable<Uint8Array>;
  /** Ends the download unread. Harmless afterwards. */
  cancel(): void;
}

/** Many files and folders in one download. */
export class ZipDownloads {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Asks for a zip of up to 10,000 files. Its address works once, and only for some seconds: see `download`.
   *
   * @throws {BoxApiError} `zip_download_file_count_exceeded_limit`,
   *   `zip_download_pre_compressed_bytes_exceeded_limit` (400); `not_found` (404); 403: the root folder
   * @see https://developer.box.com/reference/post-zip-downloads/
   * @example
   * ```ts
   * const items = [{ type: 'folder', id: folderId }] as const;
   * const zip = await client.zipDownloads.create({ items, fileName: 'reports' });
   * for (const conflict of zip.name_conflicts) console.log(conflict.map((one) => one.download_name));
   * ```
   */
  async create(zip: NewZip, { signal }: CallOptions = {}): Promise<BoxZipDownload> {
    const items = zip.items.map(({ type, id }) => ({ type, id }));
    return await answerOf(
      this.#send,
      {
        method: 'POST',
        path: '/zip_downloads',
        json: { items, download_file_name: zip.fileName },
        // An unused one is forgotten by itself.
        repeat: 'safe',
        signal,
      },
      zipOf,
    );
  }

  /**
   * Asks for a zip and opens it. Nothing is repeated once that has begun: a zip can be fetched once. Files that
   * this user may not download are left out; `status` counts them.
   *
   * @throws {BoxApiError} as `create`; `user_too_many_concurrent_downloads` (429), after waiting: five at once are
   *   allowed
   * @see https://developer.box.com/guides/downloads/folder/
   * @example
   * ```ts
   * import { writeFile } from 'node:fs/promises';
   *
   * const items = [{ type: 'folder', id: folderId }] as const;
   * const { body } = await client.zipDownloads.download({ items });
   * await writeFile('reports.zip', body);
   * ```
   */
  async download(zip: NewZip, { signal }: CallOptions = {}): Promise<ZipContent> {
    const made = await this.create(zip, { signal });
    const request: BoxRequest = {
      method: 'GET',
      path: made.download_url,
      answer: 'stream',
      // The address says all; a token would only be shown to one more host.
      isAnonymous: true,
      repeat: 'unsafe',
      signal,
    };
    const { stream, status } = await this.#send(request);
    if (!stream) throw unexpected('GET', 'a zip', status);
    return { zip: made, body: stream, cancel: () => (stream satisfies AnswerStream).cancel() };
  }

  /**
   * What has become of a zip whose download has begun; Box remembers for twelve hours.
   *
   * @throws {BoxApiError} `not_found` (404): nobody has begun to download it, or it is long ago
   * @see https://developer.box.com/reference/get-zip-downloads-id-status/
   * @example
   * ```ts
   * const items = [{ type: 'folder', id: folderId }] as const;
   * const { zip, body } = await client.zipDownloads.download({ items });
   * for await (const chunk of body) console.log(chunk.byteLength);
   * const { state, skipped_file_count } = await client.zipDownloads.status(zip);
   * console.log(state, skipped_file_count);
   * ```
   */
  async status(
    zip: Pick<BoxZipDownload, 'status_url'>,
    { signal }: CallOptions = {},
  ): Promise<BoxZipStatus> {
    return await answerOf(this.#send, { method: 'GET', path: zip.status_url, signal }, (data) =>
      has(data, 'state', 'string') ? (data as BoxZipStatus) : undefined,
    );
  }
}

function zipOf(data: unknown): BoxZipDownload | undefined {
  const isZip = has(data, 'download_url', 'string') && has(data, 'status_url', 'string');
  return isZip ? (data as BoxZipDownload) : undefined;
}

function has(data: unknown, name: string, type: 'string'): boolean {
  return typeof data === 'object' && data !== null && typeof Reflect.get(data, name) === type;
}

function unexpected(method: string, what: string, status: number): BoxConnectionError {
  return new BoxConnectionError(`${method} of ${what} was answered with status ${status}`, {
    code: 'unexpected_answer',
    method,
    path: '/zip_downloads/…/content',
  });
}
