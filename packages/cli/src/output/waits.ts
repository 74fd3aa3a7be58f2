/** Says that calls to Box wait, and for how long: to whoever watches nothing moves, and nothing is wrong. */
import type { Wait, WaitReason } from '@boxhaul/client';
import type { CommandContext } from '../context.ts';
import { formatRemaining } from './format.ts';

/** Shorter ones are over before anybody wonders. */
const LEAST_MS = 5000;

/** As long as a call waits. */
const LONGEST_MS = 15 * 60_000;

const WORDS: Readonly<Record<WaitReason, string>> = {
  asked: 'Box asked for it',
  limit: "Box's limit of calls a minute is reached",
  'at-work': 'Box is at work on what was sent',
  failed: 'a call failed, and is made again',
};

/**
 * Takes waits as they begin. Many calls that wait for the same are told of once. Where the terminal shows all the time
 * how much of Box's limits is spent, a wait for them is nothing new.
 */
export function tellingWaits(
  { output, log }: Pick<CommandContext, 'output' | 'log'>,
  now: () => number = Date.now,
): (wait: Wait) => void {
  let toldUntilMs = Number.NEGATIVE_INFINITY;
  return ({ untilMs, why }) => {
    const leftMs = untilMs - now();
    // One that lies further ahead than any wait was told before the clock was set back.
    const isTold = untilMs <= toldUntilMs + LEAST_MS && toldUntilMs - now() <= LONGEST_MS;
    if (leftMs < LEAST_MS || isTold) return;
    toldUntilMs = untilMs;
    const until = new Date(untilMs).toISOString();
    const seconds = Math.round(leftMs / 1000);
    const message = `waiting ${formatRemaining(leftMs / 1000)}: ${WORDS[why]}`;
    if (why !== 'limit' || !output.isDrawnBelow) output.say(`  ${message}`);
    output.event('wait', { until, seconds, reason: why, message });
    log.info({ until, reason: why }, message);
  };
}
