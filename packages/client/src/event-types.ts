import type { BoxFolderMini, BoxItem, BoxUser, BoxUserMini } from './box-types.ts';

/** What an item looks like in the enterprise's streams. */
export interface BoxEventItem {
  readonly item_type: string;
  readonly item_id: string;
  readonly item_name: string;
  readonly parent?: BoxFolderMini | null;
  readonly owned_by?: BoxUserMini;
}

/**
 * Something that happened. Types come that nobody knows of: leave them be.
 * @see https://developer.box.com/reference/resources/event/
 */
export interface BoxEvent {
  readonly type: 'event';
  /** The same when Box sends an event twice. */
  readonly event_id: string;
  /** `ITEM_UPLOAD`, `ITEM_RENAME`, …; in the enterprise's streams `UPLOAD`, `RENAME`, … */
  readonly event_type: string;
  readonly created_at?: string;
  readonly recorded_at?: string;
  readonly created_by?: BoxUserMini | null;
  readonly session_id?: string | null;
  /** What it happened to, as it was then; in the enterprise's streams items are a {@link BoxEventItem}. */
  readonly source?: BoxItem | BoxUser | BoxEventItem | null;
  /** In the enterprise's streams. */
  readonly additional_details?: Readonly<Record<string, unknown>> | null;
  readonly ip_address?: string | null;
}

/** A page of a stream, as it comes. */
export interface BoxEventPage {
  readonly chunk_size?: number;
  readonly entries: readonly BoxEvent[];
  /** Where to go on. A number too large for JavaScript comes as text, as the enterprise's streams have it. */
  readonly next_stream_position: number | string;
}
