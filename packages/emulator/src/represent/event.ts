import { asItIsNow, type EventRow } from '../store/events.ts';
import { formatTime } from '../times.ts';
import { representItem } from './item.ts';
import { View } from './view.ts';

/** A kind of stream, as `stream_type` names it. */
export type StreamType = 'all' | 'changes' | 'sync' | 'admin_logs' | 'admin_logs_streaming';

type Source = Record<string, unknown>;

/**
 * An event of a user's stream. Its source is the item in the standard form as it was right after the change, or
 * what `fields` names of that.
 */
export function representUserEvent(row: EventRow, fields: unknown, view: View) {
  const source = sourceOf(row, view);
  return {
    ...common(row, view),
    event_type: row.user_type,
    source: source && picked(source, fields),
  };
}

/** An event of an admin stream: items appear in a form of their own there. */
export function representAdminEvent(row: EventRow, view: View) {
  const source = sourceOf(row, view);
  return {
    ...common(row, view),
    event_type: row.admin_type,
    source: source && adminSource(row, source, view),
    ip_address: row.ip_address,
    additional_details: source === null ? {} : detailsOf(source),
    action_by: null,
  };
}

function common(row: EventRow, view: View) {
  return {
    type: 'event',
    event_id: row.event_id,
    created_by: view.userMini(row.actor_id),
    created_at: formatTime(row.created_at),
    recorded_at: formatTime(row.created_at),
  };
}

function sourceOf(row: EventRow, view: View): Source | null {
  if (row.source === asItIsNow) return itemOf(row, view);
  return row.source === null ? null : (JSON.parse(row.source) as Source);
}

/** As its owner sees it, like every source. */
function itemOf(row: EventRow, { store, downloadUrl }: View): Source | null {
  const item = store.items.get(row.item_id ?? -1);
  if (item === undefined) return null;
  const owners = new View({ store, userId: item.owner_id, downloadUrl: () => downloadUrl });
  return representItem(item, 'standard', owners);
}

const always = ['type', 'id', 'sequence_id', 'etag'];

function picked(source: Source, fields: unknown): Source {
  if (typeof fields !== 'string' || fields === '') return source;
  const wanted = new Set([...always, ...fields.split(',').map((name) => name.trim())]);
  return Object.fromEntries(Object.entries(source).filter(([name]) => wanted.has(name)));
}

const itemTypes = new Set<unknown>(['file', 'folder', 'web_link']);

/** What hangs on an item, such as a comment, is told of by the item. */
function adminSource(row: EventRow, source: Source, view: View): Source {
  const item = itemTypes.has(source.type) ? undefined : view.store.items.get(row.item_id ?? -1);
  if (item === undefined && !itemTypes.has(source.type)) return source;
  const shown = item === undefined ? source : representItem(item, 'standard', view);
  const { type, id, name, parent, owned_by } = shown;
  return { item_type: type, item_id: id, item_name: name, parent, owned_by };
}

function detailsOf({ type, size, file_version: version }: Source): Source {
  if (type !== 'file') return {};
  return { size, version_id: (version as Source | undefined)?.id };
}
