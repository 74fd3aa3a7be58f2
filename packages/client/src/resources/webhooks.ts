import type { Send } from '../request.ts';
import type { BoxWebhook, BoxWebhookMini, WebhookTrigger } from '../webhook-types.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { markerList } from './lists.ts';

/** What a webhook is about. */
export interface WebhookTarget {
  readonly type: 'file' | 'folder';
  /** Not the root folder. A folder stands for all below it too. */
  readonly id: string;
}

/** What makes a webhook. */
export interface NewWebhook {
  readonly target: WebhookTarget;
  /** HTTPS on port 443. */
  readonly address: string;
  readonly triggers: readonly WebhookTrigger[];
}

/** Webhooks of this app and user: Box sends a message to an address when something happens. */
export class Webhooks {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Makes a webhook.
   *
   * @throws {BoxApiError} 409: the target has one of this app and user already; 400: an address or trigger that will
   *   not do
   * @see https://developer.box.com/reference/post-webhooks/
   * @example
   * ```ts
   * const webhook = await client.webhooks.create({
   *   target: { type: 'folder', id: folderId },
   *   address: 'https://example.com/box',
   *   triggers: ['FILE.UPLOADED'],
   * });
   * console.log(webhook.id);
   * ```
   */
  async create(webhook: NewWebhook, { signal }: CallOptions = {}): Promise<BoxWebhook> {
    return await answerOf<BoxWebhook>(
      this.#send,
      { method: 'POST', path: '/webhooks', json: webhook, signal },
      entity('webhook'),
    );
  }

  /**
   * One webhook, with its address and triggers.
   *
   * @throws {BoxApiError} `not_found` (404): there is none, or it is another app's or user's
   * @see https://developer.box.com/reference/get-webhooks-id/
   * @example
   * ```ts
   * const webhook = await client.webhooks.create({
   *   target: { type: 'folder', id: folderId },
   *   address: 'https://example.com/box',
   *   triggers: ['FILE.UPLOADED'],
   * });
   * console.log((await client.webhooks.get(webhook.id)).triggers);
   * ```
   */
  async get(id: string, { signal }: CallOptions = {}): Promise<BoxWebhook> {
    return await answerOf<BoxWebhook>(
      this.#send,
      { method: 'GET', path: pathOf('/webhooks', id), signal },
      entity('webhook'),
    );
  }

  /**
   * All of them, in their short form, page after page.
   *
   * @throws {BoxApiError} `insufficient_scope` (403): the app may not manage webhooks; at the first step of the loop
   * @see https://developer.box.com/reference/get-webhooks/
   * @example
   * ```ts
   * for await (const { id } of client.webhooks.list()) {
   *   const { target, address } = await client.webhooks.get(id);
   *   console.log(target?.type, target?.id, 'is told to', address);
   * }
   * ```
   */
  list({ signal }: CallOptions = {}): AsyncIterable<BoxWebhookMini> {
    return markerList(this.#send, '/webhooks', {}, { signal });
  }

  /**
   * Changes what is given, and leaves the rest.
   *
   * @throws {BoxApiError} `not_found` (404); 400: an address or trigger that will not do; 409: the target has one already
   * @see https://developer.box.com/reference/put-webhooks-id/
   * @example
   * ```ts
   * const target = { type: 'folder', id: folderId } as const;
   * const triggers = ['FILE.UPLOADED'] as const;
   * const { id } = await client.webhooks.create({ target, address: 'https://example.com/a', triggers });
   * await client.webhooks.update(id, { triggers: [...triggers, 'FILE.DELETED'] });
   * ```
   */
  async update(
    id: string,
    changes: Partial<NewWebhook>,
    { signal }: CallOptions = {},
  ): Promise<BoxWebhook> {
    return await answerOf<BoxWebhook>(
      this.#send,
      { method: 'PUT', path: pathOf('/webhooks', id), json: changes, signal },
      entity('webhook'),
    );
  }

  /**
   * Deletes a webhook; what Box has under way may still arrive.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/delete-webhooks-id/
   * @example
   * ```ts
   * const webhook = await client.webhooks.create({
   *   target: { type: 'folder', id: folderId },
   *   address: 'https://example.com/box',
   *   triggers: ['FILE.UPLOADED'],
   * });
   * await client.webhooks.delete(webhook.id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#send({ method: 'DELETE', path: pathOf('/webhooks', id), signal });
  }
}
