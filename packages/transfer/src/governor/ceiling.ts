/**
 * What is known of how many calls of one kind Box takes from one user in a minute. Pure.
 *
 * Box's documented limits are where it begins: below them calls go freely, beyond them one at a time, so that a true
 * limit there costs one refusal and not one for each call in flight. Refusals at the same number again, and again,
 * are a limit: it is kept to, and asked about from time to time. Calls that are taken beyond show that it lies
 * higher. A refusal far below is weather: Box's word on how long to wait is obeyed, and that is all.
 */
import type { CallKind } from '@boxhaul/client';

/** @see https://developer.box.com/guides/api-calls/permissions-and-errors/rate-limits/ */
export const DOCUMENTED_PER_MINUTE: Readonly<Record<CallKind, number>> = {
  call: 1000,
  upload: 240,
  search: 60,
};

export interface Ceiling {
  /** Calls a minute: until there they go freely. */
  readonly at: number;
  /** Whether it is a limit, or only where care begins. */
  readonly isLimit: boolean;
  /** Calls that Box took beyond it. */
  readonly passed: number;
  /** At how many calls Box refused last, when, and how often about there. */
  readonly refused?: { readonly at: number; readonly ms: number; readonly times: number };
  /** When a call beyond a limit may ask whether it still is one, and how long after a no. */
  readonly askMs: number;
  readonly askAgainAfterMs: number;
}

const MINUTE_MS = 60_000;

/** From so many calls beyond it on, the true limit is taken to lie well above. */
const PASSED = 5;

/** Refusals about the same number, each after a wait, that make a limit of it. */
const TIMES = 2;

/** Two numbers are about the same. */
const NEAR = 0.1;

/** A limit below this share of the documented one is not believed: it is weather, and weather passes. */
const LEAST_SHARE = 0.05;

const FIRST_ASK_MS = 10 * MINUTE_MS;
const LAST_ASK_MS = 24 * 60 * MINUTE_MS;

export function unknownCeiling(kind: CallKind): Ceiling {
  return {
    at: DOCUMENTED_PER_MINUTE[kind],
    isLimit: false,
    passed: 0,
    askMs: 0,
    askAgainAfterMs: FIRST_ASK_MS,
  };
}

/** Whether another call may go: freely, with none of its kind under way, or not now. */
export function allowance(
  ceiling: Ceiling,
  spent: number,
  nowMs: number,
): 'free' | 'alone' | 'wait' {
  if (spent < ceiling.at) return 'free';
  return ceiling.isLimit && nowMs < ceiling.askMs ? 'wait' : 'alone';
}

/** After a call that Box took although `spent`, itself not counted, had reached the ceiling. */
export function afterPassing(ceiling: Ceiling): Ceiling {
  const passed = ceiling.passed + 1;
  if (ceiling.isLimit) return { ...ceiling, at: ceiling.at + 1, passed: 0 };
  if (passed < PASSED) return { ...ceiling, passed };
  const { refused: _, ...rest } = ceiling;
  return { ...rest, at: ceiling.at * 2, passed: 0 };
}

/**
 * After a refusal.
 * @param spent what Box took in the minute before
 * @param beganMs when the call that was refused began
 */
export function afterRefusal(
  ceiling: Ceiling,
  kind: CallKind,
  spent: number,
  beganMs: number,
  nowMs: number,
): Ceiling {
  if (spent < DOCUMENTED_PER_MINUTE[kind] * LEAST_SHARE) return ceiling;
  const { refused } = ceiling;
  // Calls that were under way together are refused together: that is one refusal, at the least of their numbers.
  if (refused && beganMs < refused.ms) {
    const at = Math.min(spent, refused.at);
    return { ...ceiling, at: Math.min(ceiling.at, at), refused: { ...refused, at } };
  }
  const times = refused && isNear(refused.at, spent) ? refused.times + 1 : 1;
  const next = { ...ceiling, passed: 0, refused: { at: spent, ms: nowMs, times } };
  if (ceiling.isLimit && spent >= ceiling.at) return askedInVain(next, nowMs);
  if (times < TIMES) return { ...next, at: Math.min(ceiling.at, spent) };
  return { ...next, at: spent, isLimit: true, askMs: nowMs + ceiling.askAgainAfterMs };
}

function askedInVain(ceiling: Ceiling, nowMs: number): Ceiling {
  const askAgainAfterMs = Math.min(2 * ceiling.askAgainAfterMs, LAST_ASK_MS);
  return { ...ceiling, askMs: nowMs + askAgainAfterMs, askAgainAfterMs };
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(2, NEAR * Math.max(one, other));
}

/**
 * Which limit a refusal was for: an upload counts as a call too, and Box does not say.
 * @param spent what Box took of each kind in the minute before
 */
export function blamed(
  kinds: readonly CallKind[],
  spent: Readonly<Record<CallKind, number>>,
): CallKind {
  const share = (kind: CallKind) => spent[kind] / DOCUMENTED_PER_MINUTE[kind];
  return kinds.reduce((most, kind) => (share(kind) > share(most) ? kind : most));
}
