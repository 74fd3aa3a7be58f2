/** Whether something in Box came about since a row was begun, though Box's clock and this machine's may differ. */
import type { BoxClient } from '@boxhaul/client';
import type { Begun } from '@boxhaul/transfer';

/** Box dates in whole seconds, and its hosts need not agree to the second. */
const SLACK_MS = 60_000;

/**
 * Asks Box for its time. Then tells of a time of Box's whether it is since then; what is older was there before.
 * @returns false where there is no time
 */
export async function madeSince(
  client: BoxClient,
  { begunMs }: Pick<Begun, 'begunMs'>,
  signal: AbortSignal,
): Promise<(at: string | null | undefined) => boolean> {
  const askedMs = Date.now();
  const query = { fields: ['id'] };
  const { headers } = await client.request({ method: 'GET', path: '/users/me', query, signal });
  const boxNowMs = Date.parse(headers.date ?? '');
  const sinceMs = askedMs - begunMs + SLACK_MS;
  return (at) => boxNowMs - Date.parse(at ?? '') <= sinceMs;
}
