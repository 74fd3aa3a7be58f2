import type { Chance } from '../chance.ts';
import type { Database } from './database.ts';

/** The source of an event that shows its item as it is when the event is read. */
export const asItIsNow = '';

/** An event as one reader sees it; see event-schema.ts for what each column means. */
export interface EventRow {
  position: number;
  event_id: string;
  created_at: number;
  actor_id: number;
  reader_id: number | null;
  user_type: string | null;
  is_change: 0 | 1;
  enterprise_id: number | null;
  admin_type: string | null;
  item_id: number | null;
  source: string | null;
  ip_address: string;
}

/** Something that happened, to be recorded for all that may read of it. */
export interface NewEvent {
  createdAt: number;
  actorId: number;
  /** Each finds it in the own stream. */
  readers: Iterable<number>;
  userType: string | null;
  isChange: boolean;
  enterpriseId: number | null;
  adminType: string | null;
  itemId: number | null;
  /** JSON, or {@link asItIsNow}. */
  source: string | null;
  ipAddress: string;
}

/** What of the admin streams is asked for. Times are whole seconds, both ends included. */
export interface AdminFilter {
  types: readonly string[] | undefined;
  from: number;
  to: number;
}

/** Which of a user's doings are asked for. Times are whole seconds. */
interface DoneQuery {
  userId: number;
  since: number;
  types: readonly string[];
}

/** The record of what happened. Rows come in the order of their positions. */
export interface Events {
  /** To be called in the transaction of the change. */
  record(event: NewEvent): void;
  /**
   * Records what `make` gives soon, many in one transaction: for what changes nothing and should not wait for the
   * disk. Whoever reads in this process finds it there.
   */
  note(make: () => NewEvent): void;
  /** Events behind a position, that happened at `since` or later. */
  ofUser(
    userId: number,
    after: number,
    since: number,
    onlyChanges: boolean,
    limit: number,
  ): EventRow[];
  ofEnterprise(enterpriseId: number, after: number, filter: AdminFilter, limit: number): EventRow[];
  /** What a user did to items since then, before a position, the latest first. */
  doneBy(query: DoneQuery, before: number, limit: number): EventRow[];
  /** Whether the user's first event behind this position is too old to be read still. */
  hasForgotten(userId: number, after: number, since: number): boolean;
  /** Forgets everything, and keeps nothing back any more. To be called in a transaction. */
  clear(): void;
  /** The last position that was given to any event. */
  newest(): number;
  /** Keeps back what happens from now on. */
  hold(): void;
  /** Lets out what was kept back, behind all else. */
  release(): void;
  /** Lets the last events appear once more, behind all else. */
  repeat(count: number): void;
  /** Calls back when something may have been recorded: in the transaction, which may still fail. */
  onRecorded(listener: () => void): void;
  /** Whether anybody works on anything of others. */
  hasCollaborators(): boolean;
  /** Who works on any of these items, by themselves or in a group. */
  collaboratorsOn(itemIds: readonly number[]): number[];
  /** Records what was only noted. */
  flush(): void;
}

const columns =
  'event_id, created_at, actor_id, reader_id, user_type, is_change, enterprise_id, admin_type, item_id, source, ip_address';
const noteDelayMs = 100;

/** How events come into being. */
export interface EventOptions {
  /** Where their ids come from. */
  chance: Chance;
  /** Nothing that is noted waits: positions are to follow from the calls alone, not from how fast they came. */
  notesAtOnce: boolean;
}

export function openEvents(database: Database, { chance, notesAtOnce }: EventOptions): Events {
  const { prepare, transaction } = database;
  const insert = prepare(
    `INSERT INTO events (${columns}, is_held)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (SELECT is_holding FROM event_hold))`,
  );
  const ofUser = prepare<EventRow>(
    `SELECT position, ${columns} FROM events
     WHERE reader_id = ? AND user_type IS NOT NULL AND position > ? AND created_at >= ? AND is_change >= ?
       AND is_held = 0
     ORDER BY position LIMIT ?`,
  );
  const ofEnterprise = prepare<EventRow>(
    `SELECT position, ${columns} FROM events
     WHERE enterprise_id = ? AND admin_type IS NOT NULL AND position > ? AND created_at BETWEEN ? AND ?
       AND (? IS NULL OR admin_type IN (SELECT value FROM json_each(?))) AND is_held = 0
     ORDER BY position LIMIT ?`,
  );
  const doneBy = prepare<EventRow>(
    `SELECT position, ${columns} FROM events
     WHERE actor_id = ? AND position < ? AND created_at >= ? AND item_id IS NOT NULL
       AND user_type IN (SELECT value FROM json_each(?))
     ORDER BY position DESC LIMIT ?`,
  );
  const forgotten = prepare<{ position: number }>(
    `SELECT position FROM (
       SELECT position, created_at FROM events
       WHERE reader_id = ? AND user_type IS NOT NULL AND position > ? ORDER BY position LIMIT 1)
     WHERE created_at < ?`,
  );
  const newest = prepare<{ position: number }>('SELECT MAX(position) AS position FROM events');
  const forget = prepare('DELETE FROM events WHERE position < (SELECT MAX(position) FROM events)');
  const blank = prepare(
    `UPDATE events SET event_id = '', reader_id = NULL, user_type = NULL, enterprise_id = NULL,
       admin_type = NULL, item_id = NULL, source = NULL, is_held = 0`,
  );
  const anyCollaborator = prepare<{ id: number }>(
    "SELECT id FROM collaborations WHERE status = 'accepted' LIMIT 1",
  );
  const collaborators = prepare<{ id: number }>(
    `SELECT COALESCE(c.user_id, m.user_id) AS id FROM collaborations c
     LEFT JOIN group_memberships m ON m.group_id = c.group_id
     WHERE c.item_id IN (SELECT value FROM json_each(?)) AND c.status = 'accepted'
       AND COALESCE(c.user_id, m.user_id) IS NOT NULL
     GROUP BY 1`,
  );
  const setHold = prepare('UPDATE event_hold SET is_holding = ?');
  const again = `INSERT INTO events (${columns}, is_held) SELECT ${columns}, 0 FROM events`;
  const letOut = prepare(`${again} WHERE is_held = 1 ORDER BY position`);
  const dropHeld = prepare('DELETE FROM events WHERE is_held = 1');
  const repeat = prepare(
    `${again} WHERE event_id IN (SELECT event_id FROM events GROUP BY event_id
       ORDER BY MAX(position) DESC LIMIT ?) GROUP BY event_id, reader_id ORDER BY MIN(position)`,
  );
  const listeners: (() => void)[] = [];
  const noted: (() => NewEvent)[] = [];
  const tell = () => {
    for (const listener of listeners) listener();
  };
  const record = (event: NewEvent) => {
    const id = chance.uuid();
    const isForAdmins = event.adminType !== null && event.enterpriseId !== null;
    const readers: (number | null)[] = event.userType === null ? [] : [...event.readers];
    if (readers.length === 0 && isForAdmins) readers.push(null);
    const last = readers.length - 1;
    for (const [index, readerId] of readers.entries()) {
      insert.run(
        id,
        event.createdAt,
        event.actorId,
        readerId,
        readerId === null ? null : event.userType,
        event.isChange ? 1 : 0,
        index === last ? event.enterpriseId : null,
        index === last ? event.adminType : null,
        event.itemId,
        event.source,
        event.ipAddress,
      );
    }
    tell();
  };
  const flush = () => {
    if (noted.length === 0) return;
    transaction(() => {
      for (const make of noted.splice(0)) record(make());
    });
  };
  const flushUnwatched = () => {
    try {
      flush();
    } catch (error) {
      // Nobody waits for it who could be told.
      console.error('boxhaul emulator: events could not be recorded', error);
    }
  };
  return {
    record,
    note: (make) => {
      if (noted.length === 0 && !notesAtOnce) setTimeout(flushUnwatched, noteDelayMs).unref();
      noted.push(make);
      if (notesAtOnce) flushUnwatched();
    },
    ofUser: (userId, after, since, onlyChanges, limit) =>
      ofUser.all(userId, after, since, onlyChanges ? 1 : 0, limit),
    ofEnterprise: (enterpriseId, after, { types, from, to }, limit) => {
      const wanted = types === undefined ? null : JSON.stringify(types);
      return ofEnterprise.all(enterpriseId, after, from, to, wanted, wanted, limit);
    },
    doneBy: ({ userId, since, types }, before, limit) =>
      doneBy.all(userId, before, since, JSON.stringify(types), limit),
    hasForgotten: (userId, after, since) => forgotten.get(userId, after, since) !== undefined,
    newest: () => newest.get()?.position ?? 1,
    clear: () => {
      forget.run();
      blank.run();
      setHold.run(0);
    },
    hold: () => {
      setHold.run(1);
    },
    release: () => {
      transaction(() => {
        setHold.run(0);
        letOut.run();
        dropHeld.run();
        tell();
      });
    },
    repeat: (count) => {
      transaction(() => {
        repeat.run(count);
        tell();
      });
    },
    hasCollaborators: () => anyCollaborator.get() !== undefined,
    collaboratorsOn: (itemIds) => collaborators.all(JSON.stringify(itemIds)).map(({ id }) => id),
    onRecorded: (listener) => {
      listeners.push(listener);
    },
    flush,
  };
}
