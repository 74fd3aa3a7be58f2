import type { Clock } from '../clock.ts';
import { isLoopbackHost } from '../http/loopback.ts';
import type { Store } from '../store/store.ts';
import type { DeliveryRow } from '../store/webhooks.ts';
import { formatTime } from '../times.ts';
import { post } from './post.ts';
import { signatureOf } from './sign.ts';

/** How often to look what is due: the clock may be moved, and another process may have died. */
const lookMs = 50;
const mostAtOnce = 16;
/** Nobody else takes up a delivery for so long after a try began. */
const claimMs = 60_000;
const patienceMs = 30_000;
const mostRetries = 12;
const allRetriesMs = 2 * 3600_000;

/**
 * Carries webhook messages to their addresses: real requests, tried again up to 12 times in two hours of the
 * emulator's clock, each pause twice the one before. https://developer.box.com/guides/webhooks/v2/
 */
export interface Courier {
  /** Breaks off what is on its way; it is tried again when the state is opened the next time. */
  close(): Promise<void>;
}

/** Starts to carry what is due, and what will be. */
export function openCourier(store: Store, clock: Clock): Courier {
  const { webhooks } = store;
  const closing = new AbortController();
  const under = new Map<number, Promise<void>>();
  let isLookDue = false;

  const look = () => {
    isLookDue = false;
    if (closing.signal.aborted || under.size >= mostAtOnce) return;
    const now = clock.now();
    const free = mostAtOnce - under.size;
    try {
      for (const delivery of webhooks.claim(now, now + claimMs, [...under.keys()], free)) {
        const ended = () => under.delete(delivery.id);
        under.set(delivery.id, carry(delivery).catch(complain).then(ended).then(lookSoon));
      }
    } catch (error) {
      complain(error);
    }
  };
  const carry = async (delivery: DeliveryRow) => {
    const hasArrived = await attempt(store, clock, delivery, closing.signal);
    if (closing.signal.aborted && !hasArrived) {
      webhooks.putOff(delivery.id, clock.now(), delivery.tries - 1);
    } else if (hasArrived || delivery.tries > mostRetries) {
      webhooks.forgetDelivery(delivery.id);
    } else {
      webhooks.putOff(delivery.id, clock.now() + pauseMs(delivery.tries), delivery.tries);
    }
  };
  const lookSoon = () => {
    if (isLookDue) return;
    isLookDue = true;
    setImmediate(look).unref();
  };

  webhooks.onDelivery(lookSoon);
  const timer = setInterval(look, lookMs).unref();
  return {
    async close() {
      clearInterval(timer);
      closing.abort();
      await Promise.all(under.values());
    },
  };
}

/** Nobody waits for a delivery who could be told. It is tried again when nobody claims it any more. */
function complain(error: unknown): void {
  console.error('boxhaul emulator: a webhook could not be delivered', error);
}

/** The pause after so many tries. */
function pauseMs(tries: number): number {
  return Math.round((allRetriesMs / (2 ** mostRetries - 1)) * 2 ** (tries - 1));
}

/** @returns whether it has arrived: a 2xx in time */
async function attempt(
  { webhooks, chance }: Store,
  clock: Clock,
  { id, tries, client_id, address, body }: DeliveryRow,
  signal: AbortSignal,
): Promise<boolean> {
  const timestamp = formatTime(Math.floor(clock.now() / 1000));
  const { primary, secondary } = webhooks.keysOf(client_id);
  const headers: Record<string, string> = {
    'Content-Type': 'application/json; charset=utf-8',
    'User-Agent': 'Box-WH-Client/0.1',
    'BOX-DELIVERY-ID': chance.fork(`try ${tries} of delivery ${id}`).uuid(),
    'BOX-DELIVERY-TIMESTAMP': timestamp,
  };
  if (primary !== null || secondary !== null) {
    headers['BOX-SIGNATURE-VERSION'] = '1';
    headers['BOX-SIGNATURE-ALGORITHM'] = 'HmacSHA256';
  }
  if (primary !== null) headers['BOX-SIGNATURE-PRIMARY'] = signatureOf(body, timestamp, primary);
  if (secondary !== null) {
    headers['BOX-SIGNATURE-SECONDARY'] = signatureOf(body, timestamp, secondary);
  }
  const url = new URL(address);
  const status = await post(url, {
    headers,
    body,
    signal: AbortSignal.any([signal, AbortSignal.timeout(patienceMs)]),
    // A certificate of one's own machine is hardly one that the world trusts.
    isTrusted: isLoopbackHost(url.hostname),
  });
  return status !== undefined && status >= 200 && status < 300;
}
