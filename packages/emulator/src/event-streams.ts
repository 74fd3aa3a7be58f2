import type { Caller } from './box.ts';
import { BoxError, ChallengeError } from './box-error.ts';
import { invalid } from './http/request-body.ts';
import type { StreamType } from './represent/event.ts';
import { settingsOf } from './represent/values.ts';
import type { AdminFilter, EventRow } from './store/events.ts';
import type { Store } from './store/store.ts';

const daySeconds = 24 * 3600;

/** How long each stream goes back. https://developer.box.com/guides/events/ */
const keptDays: Record<StreamType, number> = {
  all: 21,
  changes: 21,
  sync: 31,
  admin_logs: 365,
  admin_logs_streaming: 14,
};

/** Reads `stream_type`. @throws BoxError 400 for one that Box does not have */
export function streamTypeOf(value: unknown): StreamType {
  if (value === undefined || value === '') return 'all';
  if (typeof value === 'string' && Object.hasOwn(keptDays, value)) return value as StreamType;
  throw invalid('stream_type', value, 'must be a type of event stream');
}

/** Whether a stream is the enterprise's, not a user's. */
export function isAdminStream(type: StreamType): boolean {
  return type === 'admin_logs' || type === 'admin_logs_streaming';
}

/** The oldest second that a stream still tells of. */
export function keptSince(type: StreamType, store: Store): number {
  return store.nowSeconds() - keptDays[type] * daySeconds;
}

/** @throws ChallengeError, BoxError 403 unless the caller may read the enterprise's events */
export function requireAdmin(caller: Caller, store: Store): void {
  if (!caller.scopes.includes('manage_enterprise_properties')) {
    throw new ChallengeError('insufficient_scope');
  }
  const user = store.users.get(Number(caller.userId));
  const isAdmin = user !== undefined && (user.role !== 'user' || user.kind === 'service');
  if (!isAdmin || caller.restrictedTo?.resource !== undefined) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
}

/** Reads on in one user's stream. */
export function userEvents(
  store: Store,
  userId: number,
  type: StreamType,
  after: number,
  limit: number,
): EventRow[] {
  store.events.flush();
  const since = keptSince(type, store);
  const onlyChanges = type !== 'all';
  if (type !== 'sync') return store.events.ofUser(userId, after, since, onlyChanges, limit);
  const found: EventRow[] = [];
  for (let position = after; found.length < limit; ) {
    const rows = store.events.ofUser(userId, position, since, onlyChanges, limit);
    found.push(...rows.filter((row) => isSynced(store, row)));
    const last = rows.at(-1);
    if (last === undefined) break;
    position = last.position;
  }
  return found.slice(0, limit);
}

/** Reads on in the enterprise's stream. */
export function adminEvents(
  store: Store,
  enterpriseId: number,
  type: StreamType,
  after: number,
  filter: AdminFilter,
  limit: number,
): EventRow[] {
  store.events.flush();
  const from = Math.max(filter.from, keptSince(type, store));
  return store.events.ofEnterprise(enterpriseId, after, { ...filter, from }, limit);
}

/** Whether the item of an event is a folder that is synced now, or in one. */
function isSynced(store: Store, row: EventRow): boolean {
  let item = row.item_id === null ? undefined : store.items.get(row.item_id);
  while (item !== undefined) {
    if (settingsOf(item).sync_state === 'synced') return true;
    item = store.items.get(item.parent_id);
  }
  return false;
}
