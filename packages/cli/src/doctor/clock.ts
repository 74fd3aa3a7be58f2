import { BoxAuthError, BoxClient, developerToken, type ExchangeRecord } from '@boxhaul/client';
import type { CommandContext } from '../context.ts';
import { formatSeconds } from '../output/format.ts';
import type { Checkup } from './checkup.ts';

/** Beyond this something is wrong with the clock, rather than with how exactly it was measured. */
const tolerableMs = 5000;

/**
 * Reaches Box without any credentials, whose refusal carries Box's time: so a wrong clock is found
 * before a token is asked for, which is where it would hurt.
 */
export async function checkClock(
  context: CommandContext,
  checkup: Checkup,
  baseUrl: string | undefined,
): Promise<void> {
  const aheadMs = await checkup.check(
    'network',
    () => clockAheadMs(context, baseUrl),
    () => `reaches Box${baseUrl === undefined ? '' : ` at ${baseUrl}`}`,
  );
  if (aheadMs === undefined) return;
  if (Math.abs(aheadMs) > tolerableMs) {
    const off = formatSeconds(Math.abs(aheadMs) / 1000);
    checkup.warn(
      'clock',
      `this machine's clock is ${off} ${aheadMs > 0 ? 'ahead of' : 'behind'} Box's; boxhaul makes up for it, other programs may not`,
      ['set the clock: timedatectl set-ntp true'],
    );
    return;
  }
  // Box tells whole seconds, so the truth is up to half of one away from what was measured.
  const withinSeconds = Math.ceil((Math.abs(aheadMs) + 500) / 1000);
  await checkup.check(
    'clock',
    async () => {},
    () => `clock within ${withinSeconds} s of Box`,
  );
}

/** How far this machine's clock is ahead of Box's, in milliseconds; undefined if Box gave no time. */
async function clockAheadMs(
  { env, signal }: CommandContext,
  baseUrl: string | undefined,
): Promise<number | undefined> {
  let aheadMs: number | undefined;
  const client = new BoxClient({
    auth: developerToken('none'),
    env,
    maxRetries: 1,
    ...(baseUrl !== undefined && { baseUrl }),
    onExchange: ({ serverTimeMs }: ExchangeRecord) => {
      if (serverTimeMs !== undefined) aheadMs = Date.now() - (serverTimeMs + 500);
    },
  });
  try {
    await client.users.me({ signal });
  } catch (error) {
    // The refusal is what was asked for.
    if (!(error instanceof BoxAuthError)) throw error;
  } finally {
    await client.close();
  }
  return aheadMs;
}
