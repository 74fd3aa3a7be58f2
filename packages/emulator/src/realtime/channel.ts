import { createHmac } from 'node:crypto';
import { parseId } from '../ids.ts';
import type { Store } from '../store/store.ts';

/** What stands for a user in the address of a long poll, which needs no token: nobody can make one up. */
export function channelFor(store: Store, userId: string): string {
  return `${signatureOf(store, userId)}${userId}`;
}

/** The user of a channel; `undefined` for what is none of ours. */
export function userOfChannel(store: Store, channel: unknown): number | undefined {
  if (typeof channel !== 'string') return undefined;
  const userId = channel.slice(signatureLength);
  return channel === channelFor(store, userId) ? parseId(userId) : undefined;
}

const signatureLength = 20;

function signatureOf(store: Store, userId: string): string {
  const mac = createHmac('sha256', store.secret('realtime channels')).update(userId);
  return mac.digest('hex').slice(0, signatureLength);
}
