import { BoxConnectionError } from '../errors.ts';
import type { BoxRequest, Send } from '../request.ts';
import { pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** What thumbnail is wanted; widths and heights are 32 to 320 pixels. */
export interface ThumbnailOptions extends CallOptions {
  /** @default 'png' */
  readonly format?: 'png' | 'jpg' | undefined;
  readonly minWidth?: number | undefined;
  readonly minHeight?: number | undefined;
  readonly maxWidth?: number | undefined;
  readonly maxHeight?: number | undefined;
}

/** A file's thumbnail, or where Box keeps the icon that stands for files of its kind. */
export type Thumbnail =
  | { readonly kind: 'picture'; readonly contentType: string; readonly bytes: Uint8Array }
  | { readonly kind: 'placeholder'; readonly url: string };

/** Small pictures of files. */
export class Thumbnails {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * A file's thumbnail. While Box is making it, it is waited for; for a file that has none, the answer is the
   * address of an icon, which is not fetched.
   *
   * @throws {BoxApiError} `requested_preview_unavailable` (400): no such size; `preview_cannot_be_generated` or
   *   `not_found` (404); `not_ready` (202): Box takes longer than this client's patience
   * @see https://developer.box.com/reference/get-files-id-thumbnail-id/
   * @example
   * ```ts
   * import { writeFile } from 'node:fs/promises';
   *
   * const thumbnail = await client.thumbnails.get(fileId, { minWidth: 100 });
   * if (thumbnail.kind === 'picture') await writeFile('small.png', thumbnail.bytes);
   * else console.log('an icon will do:', thumbnail.url);
   * ```
   */
  async get(fileId: string, options: ThumbnailOptions = {}): Promise<Thumbnail> {
    const { format = 'png', minWidth, minHeight, maxWidth, maxHeight, signal } = options;
    const request: BoxRequest = {
      method: 'GET',
      path: `${pathOf('/files', fileId)}/thumbnail.${format}`,
      query: {
        min_width: minWidth,
        min_height: minHeight,
        max_width: maxWidth,
        max_height: maxHeight,
      },
      answer: 'stream',
      redirect: 'answer',
      waitOn202: true,
      signal,
    };
    const { status, headers, stream } = await this.#send(request);
    const { location, 'content-type': contentType } = headers;
    if (stream && contentType?.startsWith('image/')) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      return { kind: 'picture', contentType, bytes: Buffer.concat(chunks) };
    }
    stream?.cancel();
    if (status >= 300 && location !== undefined) return { kind: 'placeholder', url: location };
    throw new BoxConnectionError(
      `${request.method} ${request.path} was answered with status ${status}, but with no picture`,
      { code: 'unexpected_answer', method: request.method, path: request.path },
    );
  }
}
