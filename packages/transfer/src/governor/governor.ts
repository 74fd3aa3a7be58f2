/**
 * Lets each call to Box go when Box will take it: within the limits of its user, which all processes on this machine
 * share; not while Box has asked to wait; no more at once than goes well; and never more than the caller wants to
 * spend. First come, first served, each kind for itself, so that uploads that wait for their limit hold up no
 * listing.
 */
import {
  BoxhaulError,
  type CallKind,
  type CallOutcome,
  type CallToPace,
  type Clock,
  type Leave,
  type Pacer,
  systemClock,
  type Wait,
} from '@boxhaul/client';
import type { Budgets, Lot, Taken } from '../state/budgets.ts';
import type { Ledger } from '../state/ledger.ts';
import type { TransferState } from '../state/state.ts';
import { afterPassing, afterRefusal, blamed } from './ceiling.ts';
import { abortable, Lines } from './lines.ts';
import { Parallelism } from './parallelism.ts';
import { Pauses } from './pauses.ts';

/** How a governor is opened. */
export interface GovernorOptions {
  readonly state: Pick<TransferState, 'budgets' | 'ledger'>;
  /** Whose limits they are, in words that stay the same; `as-user` is added. */
  readonly account: string;
  /** The most calls under way at once. @default 32 */
  readonly concurrency?: number | undefined;
  /** The most calls that may be made at all. @default as many as it takes */
  readonly maxCalls?: number | undefined;
  /** Called before calls wait, however short that is; it must not throw. @default nothing */
  readonly onWait?: ((wait: Wait) => void) | undefined;
  /** @default the machine's */
  readonly clock?: Clock | undefined;
}

/** What of a limit is spent: calls that Box counts in the last minute. */
export interface Limit {
  readonly spent: number;
  /** Calls a minute: Box's limit, or the one it documents until another is known. */
  readonly of: number;
}

/** A pacer that knows Box's limits. */
export interface Governor extends Pacer {
  /** How much of the limits of a user (`as-user`; the token's own by default) is spent. */
  limits(user?: string): Readonly<Record<CallKind, Limit>>;
  /** Gives back what was taken and not used. */
  close(): void;
}

/**
 * Opens a governor, to be handed to a client; all that share its state share Box's limits.
 * @example
 * ```ts
 * import { BoxClient, developerToken } from '@boxhaul/client';
 * import { openGovernor, openState } from '@boxhaul/transfer';
 *
 * const state = openState('.boxhaul-state');
 * const governor = openGovernor({ state, account: 'ann' });
 * const auth = developerToken(box.token);
 * const paced = new BoxClient({ auth, baseUrl: box.url, pacer: governor });
 * await paced.users.me();
 * console.log(governor.limits().call);
 * await paced.close();
 * governor.close();
 * state.close();
 * ```
 */
export function openGovernor(options: GovernorOptions): Governor {
  return new SharedGovernor(options);
}

/** Whether an error means that no call more may be made, and nothing of those that were. */
export function allowsNoMoreCalls(error: unknown): boolean {
  return error instanceof BoxhaulError && ['calls_spent', 'asked_to_wait'].includes(error.code);
}

/** A call that has its turn: what it took of each limit that it counts for. */
interface Turn {
  readonly who: string;
  readonly kinds: readonly CallKind[];
  readonly lots: readonly Lot[];
  readonly beganMs: number;
}

/** Waits that nobody is told the length of: until a call is over. */
const UNTIL_A_CALL_IS_OVER = Symbol('until a call is over');

class SharedGovernor implements Governor {
  readonly #account: string;
  readonly #maxCalls: number;
  readonly #budgets: Budgets;
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #onWait: (wait: Wait) => void;
  readonly #parallelism: Parallelism;
  readonly #pauses: Pauses;
  readonly #lines = new Lines();
  readonly #lots = new Map<string, Lot>();
  readonly #underWay = new Map<string, number>();
  readonly #waiting = new Set<() => void>();
  #underWayInAll = 0;
  #made = 0;

  constructor(options: GovernorOptions) {
    this.#account = options.account;
    this.#maxCalls = options.maxCalls ?? Number.POSITIVE_INFINITY;
    this.#budgets = options.state.budgets;
    this.#ledger = options.state.ledger;
    this.#clock = options.clock ?? systemClock;
    this.#onWait = options.onWait ?? (() => {});
    this.#parallelism = new Parallelism(options.concurrency ?? 32);
    this.#pauses = new Pauses(this.#budgets, this.#clock);
  }

  async enter(call: CallToPace, signal?: AbortSignal): Promise<Leave> {
    const who = this.#who(call.user);
    const kinds: CallKind[] = call.kind === 'call' ? ['call'] : [call.kind, 'call'];
    const leaveLine = await this.#lines.stand(keyOf(who, call.kind), signal);
    try {
      const turn = await this.#turn(call, kinds, signal);
      return (outcome) => this.#over(turn, outcome);
    } finally {
      leaveLine();
    }
  }

  limits(user = ''): Readonly<Record<CallKind, Limit>> {
    const who = this.#who(user);
    const nowMs = this.#clock.now();
    const limit = (kind: CallKind): Limit => ({
      // What this process has taken and not used yet was not spent.
      spent: Math.max(
        0,
        this.#budgets.spent(who, kind, nowMs).least -
          (this.#lots.get(keyOf(who, kind))?.calls ?? 0),
      ),
      of: this.#budgets.ceiling(who, kind).at,
    });
    return { call: limit('call'), upload: limit('upload'), search: limit('search') };
  }

  close(): void {
    for (const [key, lot] of this.#lots) this.#giveBack(key, lot);
    this.#lots.clear();
  }

  async #turn(
    { user, endOf }: CallToPace,
    kinds: readonly CallKind[],
    signal: AbortSignal | undefined,
  ): Promise<Turn> {
    const who = this.#who(user);
    for (;;) {
      signal?.throwIfAborted();
      this.#assertAffordable();
      this.#pauses.assertWelcome(who);
      const wait = this.#waitOf(who, kinds);
      if (wait === UNTIL_A_CALL_IS_OVER) await this.#untilACallIsOver(signal);
      else if ('why' in wait) {
        const end = endOf?.(wait) ?? signal;
        end?.throwIfAborted();
        this.#onWait(wait);
        await this.#clock.sleep(wait.untilMs - this.#clock.now(), end);
      } else {
        this.#begin(wait);
        return wait;
      }
    }
  }

  /** The turn, if it has come; else until when to wait before asking again. */
  #waitOf(who: string, kinds: readonly CallKind[]): Turn | Wait | typeof UNTIL_A_CALL_IS_OVER {
    const nowMs = this.#clock.now();
    const pausedUntilMs = this.#pauses.untilMs(who);
    if (pausedUntilMs > nowMs) return { untilMs: pausedUntilMs, why: 'asked' };
    if (this.#underWayInAll >= this.#parallelism.now) return UNTIL_A_CALL_IS_OVER;
    const lots: Lot[] = [];
    for (const kind of kinds) {
      const taken = this.#lotOf(who, kind, nowMs);
      if ('lot' in taken) lots.push(taken.lot);
      else if ('alone' in taken) return UNTIL_A_CALL_IS_OVER;
      else return { untilMs: nowMs + taken.waitMs, why: 'limit' };
    }
    return { who, kinds, lots, beganMs: nowMs };
  }

  /** What is left of the lot of this second, or a new one. */
  #lotOf(who: string, kind: CallKind, nowMs: number): Taken {
    const key = keyOf(who, kind);
    const known = this.#lots.get(key);
    const second = Math.floor(nowMs / 1000);
    if (known && known.second === second && known.calls > 0) return { lot: known };
    if (known) this.#giveBack(key, known);
    this.#lots.delete(key);
    const taken = this.#budgets.take(who, kind, nowMs, !this.#underWay.get(key));
    if ('lot' in taken) this.#lots.set(key, taken.lot);
    return taken;
  }

  #begin({ who, kinds, lots }: Turn): void {
    for (const lot of lots) lot.calls -= 1;
    for (const kind of kinds) this.#count(keyOf(who, kind), 1);
    this.#underWayInAll += 1;
    this.#made += 1;
  }

  #over(turn: Turn, outcome: CallOutcome): void {
    const { who, kinds, lots } = turn;
    for (const kind of kinds) this.#count(keyOf(who, kind), -1);
    this.#underWayInAll -= 1;
    this.#parallelism.after(outcome, this.#underWayInAll);
    this.#ledger.add(this.#account, kinds, outcome.status === 429);
    if (outcome.status === 429) this.#refused(turn);
    else if (outcome.status !== undefined) {
      for (const [index, kind] of kinds.entries()) {
        if (lots[index]?.isBeyond) this.#budgets.learn(who, kind, afterPassing);
      }
    }
    this.#pauses.after(who, outcome);
    for (const wake of [...this.#waiting]) wake();
  }

  /** Box did not take it: it counts for nothing but what it says of the limit. */
  #refused({ who, kinds, lots, beganMs }: Turn): void {
    const budgets = this.#budgets;
    const nowMs = this.#clock.now();
    for (const [index, kind] of kinds.entries()) {
      const second = lots[index]?.second;
      if (second !== undefined) budgets.giveBack(who, kind, second, 1);
    }
    const spent = { call: 0, upload: 0, search: 0 };
    const isClear = new Set<CallKind>();
    for (const kind of kinds) {
      const left = this.#lots.get(keyOf(who, kind))?.calls ?? 0;
      const { most, least } = budgets.spent(who, kind, nowMs);
      spent[kind] = least - left;
      if (least >= CLEAR * most) isClear.add(kind);
    }
    const kind = blamed(kinds, spent);
    // While many calls are about a minute old nobody can tell how many of them Box counted.
    if (!isClear.has(kind)) return;
    budgets.learn(who, kind, (ceiling) => afterRefusal(ceiling, kind, spent[kind], beganMs, nowMs));
  }

  #untilACallIsOver(signal: AbortSignal | undefined): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.add(resolve);
    return abortable(promise, signal).finally(() => this.#waiting.delete(resolve));
  }

  #assertAffordable(): void {
    if (this.#made < this.#maxCalls) return;
    throw new BoxhaulError(`all of the ${this.#maxCalls} calls that it may make are spent`, {
      code: 'calls_spent',
      recovery: 'stop',
    });
  }

  #who(user: string): string {
    return [this.#account, user].join(' ');
  }

  #giveBack(key: string, { second, calls }: Lot): void {
    const [who = '', kind = ''] = key.split('\n');
    if (calls > 0) this.#budgets.giveBack(who, kind as CallKind, second, calls);
  }

  #count(key: string, change: number): void {
    this.#underWay.set(key, (this.#underWay.get(key) ?? 0) + change);
  }
}

/** The share of calls that must count for certain. */
const CLEAR = 0.97;

function keyOf(who: string, kind: CallKind): string {
  return `${who}\n${kind}`;
}
