import type { BoxItem, BoxUserMini } from './box-types.ts';
import type { Webhook } from './generated/schemas.ts';

/** What webhooks are told of. @see https://developer.box.com/guides/webhooks/triggers/ */
export type WebhookTrigger = NonNullable<Webhook['triggers']>[number];

/** A webhook as lists show it. */
export interface BoxWebhookMini {
  readonly type: 'webhook';
  readonly id: string;
  readonly target?: { readonly type: 'file' | 'folder'; readonly id: string } | null;
}

/** @see https://developer.box.com/reference/resources/webhook/ */
export interface BoxWebhook extends BoxWebhookMini {
  readonly created_by?: BoxUserMini;
  readonly created_at?: string;
  readonly address?: string;
  readonly triggers?: readonly WebhookTrigger[];
}

/**
 * What a webhook's address is sent. Messages may come twice and out of order: `id` stays the same for all tries.
 * @see https://developer.box.com/guides/webhooks/v2/
 */
export interface BoxWebhookMessage {
  readonly type: 'webhook_event';
  readonly id: string;
  readonly created_at: string;
  readonly trigger: string;
  readonly webhook: { readonly type: 'webhook'; readonly id: string };
  readonly created_by?: BoxUserMini | null;
  readonly source?: BoxItem | null;
  /** An empty list when there is nothing to add. */
  readonly additional_info?: Readonly<Record<string, unknown>> | readonly [];
}
