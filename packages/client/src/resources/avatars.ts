import type { RequestBody } from '../body.ts';
import { BoxConnectionError } from '../errors.ts';
import { multipartForm } from '../multipart.ts';
import type { BoxAvatarUrls } from '../people-types.ts';
import type { BoxRequest, Send } from '../request.ts';
import { answerOf, pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { deleteItem } from './item-changes.ts';

/** A picture for a user: at most 1 MB, and 1024 pixels wide and high. */
export interface NewAvatar {
  readonly body: RequestBody;
  /** What the bytes are. @default 'png' */
  readonly format?: 'png' | 'jpg' | undefined;
}

/** Pictures of users. */
export class Avatars {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * A user's picture, whole: it is small.
   *
   * @throws {BoxApiError} `not_found` (404): there is no such user, or the user has none
   * @see https://developer.box.com/reference/get-users-id-avatar/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * const { id } = await client.users.me();
   * const picture = Buffer.from(
   *   'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
   *   'base64',
   * );
   * await client.avatars.set(id, { body: bodyOf(picture) });
   * const { contentType, bytes } = await client.avatars.get(id);
   * console.log(contentType, bytes.byteLength);
   * ```
   */
  async get(
    userId: string,
    { signal }: CallOptions = {},
  ): Promise<{ readonly contentType: string; readonly bytes: Uint8Array }> {
    const path = avatarPath(userId);
    const request: BoxRequest = { method: 'GET', path, answer: 'stream', signal };
    const { status, headers, stream } = await this.#send(request);
    const contentType = headers['content-type'];
    if (stream && contentType?.startsWith('image/')) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of stream) chunks.push(chunk);
      return { contentType, bytes: Buffer.concat(chunks) };
    }
    stream?.cancel();
    throw new BoxConnectionError(
      `GET ${path} was answered with status ${status}, but with no picture`,
      { code: 'unexpected_answer', method: 'GET', path },
    );
  }

  /**
   * Gives a user a picture, in place of the one that there is.
   *
   * @throws {BoxApiError} `bad_request` (400): no picture, or too large a one; 403: not an admin; `not_found` (404)
   * @see https://developer.box.com/reference/post-users-id-avatar/
   * @example
   * ```ts
   * import { bodyOf } from '@boxhaul/client';
   *
   * const { id } = await client.users.me();
   * const picture = Buffer.from(
   *   'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
   *   'base64',
   * );
   * const urls = await client.avatars.set(id, { body: bodyOf(picture), format: 'png' });
   * console.log(urls.small);
   * ```
   */
  async set(
    userId: string,
    { body, format = 'png' }: NewAvatar,
    { signal }: CallOptions = {},
  ): Promise<BoxAvatarUrls> {
    const form = multipartForm({}, 'pic', {
      sizeBytes: body.sizeBytes,
      open: () => body.open(),
      fileName: `avatar.${format}`,
      contentType: format === 'png' ? 'image/png' : 'image/jpeg',
    });
    return await answerOf(
      this.#send,
      {
        method: 'POST',
        path: avatarPath(userId),
        body: form,
        contentType: form.contentType,
        repeat: 'safe',
        signal,
      },
      avatarUrls,
    );
  }

  /**
   * Takes a user's picture away. If it is gone when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} 403: not an admin; `not_found` (404): there is none
   * @see https://developer.box.com/reference/delete-users-id-avatar/
   * @example
   * ```ts
   * import { isBoxError } from '@boxhaul/client';
   *
   * const { id } = await client.users.me();
   * try {
   *   await client.avatars.delete(id);
   * } catch (error) {
   *   if (!isBoxError(error, 'not_found')) throw error; // there was none
   * }
   * ```
   */
  async delete(userId: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, avatarPath(userId), undefined, { signal });
  }
}

function avatarPath(userId: string): string {
  return `${pathOf('/users', userId)}/avatar`;
}

function avatarUrls(data: unknown): BoxAvatarUrls | undefined {
  if (typeof data !== 'object' || data === null || !('pic_urls' in data)) return undefined;
  return (data.pic_urls as BoxAvatarUrls | null) ?? undefined;
}
