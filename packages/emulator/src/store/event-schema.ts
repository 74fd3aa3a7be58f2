/**
 * What happened, for `GET /events`. A row is what one reader sees, so that a change which three people see is three
 * rows with the same `event_id`; the last of them is also the enterprise's, in the admin streams.
 *
 * Readers look at what is theirs behind a position, users at what they did lately; admins read all of it.
 * Positions are never 0 and never used twice: the highest row always stays, if need be as one that nobody reads.
 */
export const eventSchema = `
CREATE TABLE events (
  position INTEGER PRIMARY KEY,          -- one more than the highest that is there
  event_id TEXT NOT NULL,
  created_at INTEGER NOT NULL,
  actor_id INTEGER NOT NULL,
  reader_id INTEGER,                     -- null: in no user's stream
  user_type TEXT,                        -- its type in user streams; null: in none of them
  is_change INTEGER NOT NULL,            -- 1: in the stream 'changes' too
  enterprise_id INTEGER,                 -- null: in no admin stream
  admin_type TEXT,                       -- its type in admin streams; null: in none of them
  item_id INTEGER,                       -- what it is about, when that is an item
  source TEXT,                           -- JSON as it was right after the change; null: nothing to show; '': the item as it is
  ip_address TEXT NOT NULL,
  is_held INTEGER NOT NULL               -- 1: kept back until it is released, see _emulator/events/hold
);
INSERT INTO events VALUES (1348790499819, '', 0, 0, NULL, NULL, 0, NULL, NULL, NULL, NULL, '', 0);
CREATE INDEX events_by_reader ON events (reader_id) WHERE user_type IS NOT NULL;
CREATE INDEX events_by_actor ON events (actor_id) WHERE item_id IS NOT NULL;

CREATE TABLE event_hold (is_holding INTEGER NOT NULL);
INSERT INTO event_hold VALUES (0);
`;
