import type { BoxWatermark } from '../activity-types.ts';
import { isBoxError } from '../errors.ts';
import type { Send } from '../request.ts';
import { answerOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { deleteItem } from './item-changes.ts';
import { itemPath } from './item-copies.ts';

/** What can have a watermark; a folder's is on all that is in it. */
export interface MarkedItem {
  readonly type: 'file' | 'folder';
  readonly id: string;
}

/** Watermarks: previews and downloads then show who looks at them. */
export class Watermarks {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * An item's own watermark; undefined if it has none, or there is no such item.
   *
   * @throws {BoxApiError} Box refused for any other reason
   * @see https://developer.box.com/reference/get-files-id-watermark/
   * @example
   * ```ts
   * const watermark = await client.watermarks.get({ type: 'file', id: fileId });
   * console.log(watermark ? `marked on ${watermark.created_at}` : 'not marked');
   * ```
   */
  async get(item: MarkedItem, { signal }: CallOptions = {}): Promise<BoxWatermark | undefined> {
    const path = `${itemPath(item)}/watermark`;
    try {
      return await answerOf(this.#send, { method: 'GET', path, signal }, watermarkOf);
    } catch (error) {
      if (isBoxError(error, 'not_found')) return undefined;
      throw error;
    }
  }

  /**
   * Puts a watermark on an item, or renews it.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/reference/put-files-id-watermark/
   * @example
   * ```ts
   * // on all that is in the folder, now and later
   * await client.watermarks.apply({ type: 'folder', id: folderId });
   * const own = await client.watermarks.get({ type: 'file', id: fileId });
   * console.log(own ?? 'the file has none of its own');
   * ```
   */
  async apply(item: MarkedItem, { signal }: CallOptions = {}): Promise<BoxWatermark> {
    const json = { watermark: { imprint: 'default' } };
    const path = `${itemPath(item)}/watermark`;
    return await answerOf(this.#send, { method: 'PUT', path, json, signal }, watermarkOf);
  }

  /**
   * Takes an item's watermark off. If it is gone when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `not_found` (404): it has none
   * @see https://developer.box.com/reference/delete-files-id-watermark/
   * @example
   * ```ts
   * const file = { type: 'file', id: fileId } as const;
   * await client.watermarks.apply(file);
   * await client.watermarks.remove(file);
   * ```
   */
  async remove(item: MarkedItem, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, `${itemPath(item)}/watermark`, undefined, { signal });
  }
}

function watermarkOf(data: unknown): BoxWatermark | undefined {
  const mark: unknown =
    typeof data === 'object' && data !== null ? Reflect.get(data, 'watermark') : undefined;
  return typeof mark === 'object' && mark !== null ? (mark as BoxWatermark) : undefined;
}
