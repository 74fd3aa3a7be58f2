import type { Access } from '../access/access.ts';
import type { WebhookRow } from '../store/webhooks.ts';
import { formatTime } from '../times.ts';
import { phpJson } from './php-json.ts';

/** What a webhook is told. */
export interface Message {
  trigger: string;
  /** The item, or what else it is about, in the standard form. */
  source: unknown;
  /** An empty list when there is nothing to add, as Box has it. */
  additionalInfo?: Record<string, unknown>;
}

/**
 * Puts messages on their way to those of these webhooks that want to know. To be called in the transaction of the
 * change, so that none is lost and none is sent of what did not happen. A request with `box-notifications: off`
 * tells nobody.
 */
export function queueDeliveries(
  access: Access,
  webhooks: readonly WebhookRow[],
  message: Message,
): void {
  if (access.isQuiet) return;
  for (const webhook of webhooks) {
    if ((JSON.parse(webhook.triggers) as string[]).includes(message.trigger)) {
      queue(access, webhook, message);
    }
  }
}

/** Ends a webhook, and tells its address, whatever it wanted to know: Box does so when the target is gone. */
export function endWebhook(access: Access, webhook: WebhookRow): void {
  const additionalInfo = { reason: 'auto_cleanup' };
  const source = { id: String(webhook.id), type: 'webhook' };
  queue(access, webhook, { trigger: 'WEBHOOK.DELETED', source, additionalInfo });
  access.store.webhooks.delete(webhook.id);
}

function queue(access: Access, webhook: WebhookRow, message: Message): void {
  const { store, view, userId } = access;
  const body = phpJson({
    type: 'webhook_event',
    id: store.chance.uuid(),
    created_at: formatTime(store.nowSeconds()),
    trigger: message.trigger,
    webhook: { id: String(webhook.id), type: 'webhook' },
    created_by: view.userMini(userId),
    source: message.source,
    additional_info: message.additionalInfo ?? [],
  });
  const { client_id, address } = webhook;
  store.webhooks.addDelivery({ client_id, address, body }, store.nowSeconds() * 1000);
}
