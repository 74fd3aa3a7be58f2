/** How far streams of events were read, so that whoever reads on begins where they stopped, however that was. */
import type { StateDatabase, Statement } from './database.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS event_positions (
    account TEXT NOT NULL,
    stream TEXT NOT NULL,
    reader TEXT NOT NULL,
    position TEXT NOT NULL,
    kept_ms INTEGER NOT NULL,
    PRIMARY KEY (account, stream, reader)
  ) WITHOUT ROWID`;

/** Whose stream it is, which, and who reads it; each in any fixed form. */
export interface EventReader {
  readonly account: string;
  readonly stream: string;
  readonly reader: string;
}

/** How far a reader came, and when. */
export interface KeptPosition {
  readonly position: string;
  readonly keptAt: Date;
}

/** The positions that are kept. */
export class EventPositions {
  readonly #find: Statement<{ position: string; kept_ms: number }>;
  readonly #keep: Statement<never>;

  constructor(database: StateDatabase) {
    database.create(TABLES);
    this.#find = database.prepare(
      'SELECT position, kept_ms FROM event_positions WHERE account = ? AND stream = ? AND reader = ?',
    );
    this.#keep = database.prepare('INSERT OR REPLACE INTO event_positions VALUES (?, ?, ?, ?, ?)');
  }

  /**
   * Undefined: this reader has not begun yet.
   * @example
   * ```ts
   * import { openState } from '@boxhaul/transfer';
   *
   * const state = openState('.boxhaul-state');
   * const mine = { account: 'ann', stream: 'all', reader: 'index' };
   * const from = state.eventPositions.find(mine)?.position ?? 'now';
   * const { entries } = await client.events.list({ position: from });
   * console.log(from, entries.length);
   * state.close();
   * ```
   */
  find({ account, stream, reader }: EventReader): KeptPosition | undefined {
    const row = this.#find.get(account, stream, reader);
    return row && { position: row.position, keptAt: new Date(row.kept_ms) };
  }

  /**
   * Keeps it at once: after a kill it is there.
   * @example
   * ```ts
   * import { openState } from '@boxhaul/transfer';
   *
   * const state = openState('.boxhaul-state');
   * const mine = { account: 'ann', stream: 'all', reader: 'index' };
   * state.eventPositions.keep(mine, '1152922976252290886');
   * console.log(state.eventPositions.find(mine)?.position);
   * state.close();
   * ```
   */
  keep({ account, stream, reader }: EventReader, position: string): void {
    this.#keep.run(account, stream, reader, position, Date.now());
  }
}
