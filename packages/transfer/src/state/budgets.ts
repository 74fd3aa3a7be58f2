/**
 * What all processes of a user have spent of Box's limits in the last minute, what is known of the limits, and until
 * when Box asked to wait. Calls are taken in small lots, each good for the second in which it was taken.
 */
import type { CallKind } from '@boxhaul/client';
import { allowance, type Ceiling, unknownCeiling } from '../governor/ceiling.ts';
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS spent (
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    second INTEGER NOT NULL,
    calls INTEGER NOT NULL,
    PRIMARY KEY (who, kind, second)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ceilings (
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    known TEXT NOT NULL,
    PRIMARY KEY (who, kind)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS pauses (
    who TEXT PRIMARY KEY,
    until_ms INTEGER NOT NULL
  ) WITHOUT ROWID`;

/**
 * A second counts until the last call that can have been made in it is a minute old, and a second longer: a call
 * reaches Box later than it leaves here.
 */
const COUNTED_SECONDS = 62;

/** In seconds younger than this all calls count, whatever either clock says. */
const CERTAIN_SECONDS = 59;

/** Lots are as large as this where there is much room, and one call where there is little. */
const LARGEST_LOT = 64;
const LOTS_IN_ROOM = 8;

/** Calls that may be made until the end of `second`. */
export interface Lot {
  readonly second: number;
  calls: number;
  /** They go beyond what is known to be taken for certain, one at a time. */
  readonly isBeyond: boolean;
}

export type Taken =
  | { lot: Lot }
  /** Not now: after so long, or once no call of this kind is under way. */
  | { waitMs: number }
  | { alone: true };

export class Budgets {
  readonly #database: StateDatabase;
  readonly #recent: Statement<{ second: number; calls: number }>;
  readonly #add: Statement<never>;
  readonly #ceiling: Statement<{ known: string }>;
  readonly #know: Statement<never>;
  readonly #paused: Statement<{ until_ms: number }>;
  readonly #pause: Statement<never>;
  readonly #forget: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#database = database;
    this.#recent = database.prepare(
      'SELECT second, calls FROM spent WHERE who = ? AND kind = ? AND second > ? ORDER BY second',
    );
    this.#add = database.prepare(
      `INSERT INTO spent VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET calls = max(0, calls + excluded.calls)`,
    );
    this.#forget = database.prepare('DELETE FROM spent WHERE who = ? AND kind = ? AND second <= ?');
    this.#ceiling = database.prepare('SELECT known FROM ceilings WHERE who = ? AND kind = ?');
    this.#know = database.prepare('INSERT OR REPLACE INTO ceilings VALUES (?, ?, ?)');
    this.#paused = database.prepare('SELECT until_ms FROM pauses WHERE who = ?');
    this.#pause = database.prepare(
      `INSERT INTO pauses VALUES (?, ?)
       ON CONFLICT DO UPDATE SET until_ms = max(until_ms, excluded.until_ms)`,
    );
  }

  /**
   * Takes a lot of calls.
   * @param isAlone no call of this kind is under way in this process
   */
  take(who: string, kind: CallKind, nowMs: number, isAlone: boolean): Taken {
    return this.#database.transaction(() => {
      const second = Math.floor(nowMs / 1000);
      const recent = this.#recent.all(who, kind, second - COUNTED_SECONDS);
      const spent = sum(recent);
      const ceiling = this.ceiling(who, kind);
      const allowed = allowance(ceiling, spent, nowMs);
      if (allowed === 'wait') return { waitMs: roomAfterMs(recent, ceiling.at, nowMs) };
      if (allowed === 'alone' && !isAlone) return { alone: true };
      const isBeyond = sum(certain(recent, second)) >= ceiling.at;
      const room = Math.floor((ceiling.at - spent) / LOTS_IN_ROOM);
      const calls = Math.min(LARGEST_LOT, Math.max(1, room));
      if (recent.at(-1)?.second !== second) {
        this.#forget.run(who, kind, second - COUNTED_SECONDS);
      }
      this.#add.run(who, kind, second, calls);
      return { lot: { second, calls, isBeyond } };
    });
  }

  /** Gives calls back that were taken and not made, or not taken by Box. */
  giveBack(who: string, kind: CallKind, second: number, calls: number): void {
    this.#add.run(who, kind, second, -calls);
  }

  /** Calls that count at this time: those that may, and those that do for certain. */
  spent(who: string, kind: CallKind, nowMs: number): { most: number; least: number } {
    const second = Math.floor(nowMs / 1000);
    const recent = this.#recent.all(who, kind, second - COUNTED_SECONDS);
    return { most: sum(recent), least: sum(certain(recent, second)) };
  }

  ceiling(who: string, kind: CallKind): Ceiling {
    const known = this.#ceiling.get(who, kind)?.known;
    return known === undefined ? unknownCeiling(kind) : JSON.parse(known);
  }

  /** What is known of a limit, after something was learnt. */
  learn(who: string, kind: CallKind, change: (ceiling: Ceiling) => Ceiling): void {
    this.#database.transaction(() => {
      this.#know.run(who, kind, JSON.stringify(change(this.ceiling(who, kind))));
    });
  }

  pause(who: string, untilMs: number): void {
    this.#pause.run(who, Math.ceil(untilMs));
  }

  pausedUntilMs(who: string): number {
    return this.#paused.get(who)?.until_ms ?? 0;
  }
}

function certain<Row extends { second: number }>(recent: readonly Row[], now: number): Row[] {
  return recent.filter(({ second }) => second > now - CERTAIN_SECONDS);
}

function sum(recent: readonly { calls: number }[]): number {
  return recent.reduce((total, { calls }) => total + calls, 0);
}

/** How long until so many of the oldest calls no longer count that there is room for one. */
function roomAfterMs(
  recent: readonly { second: number; calls: number }[],
  ceiling: number,
  nowMs: number,
): number {
  let left = sum(recent);
  for (const { second, calls } of recent) {
    left -= calls;
    if (left < ceiling) return Math.max(1, (second + COUNTED_SECONDS) * 1000 - nowMs);
  }
  return 1000;
}
