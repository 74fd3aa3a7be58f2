import { createHmac } from 'node:crypto';

/**
 * A delivery's signature: the body's bytes, then the timestamp's text, nothing between.
 * https://developer.box.com/guides/webhooks/v2/signatures-v2/
 */
export function signatureOf(body: string | Buffer, timestamp: string, key: string): string {
  return createHmac('sha256', key).update(body).update(timestamp).digest('base64');
}
