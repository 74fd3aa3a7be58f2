import type { Access } from '../access.ts';
import { representItem } from '../represent.ts';
import type { NewEvent } from '../store/events.ts';
import type { ItemRow } from '../store/rows.ts';
import { View } from '../view.ts';

interface EventKind {
  /** In user streams; null: in none. */
  user: string | null;
  /** In the stream `changes` as well as in `all`. */
  isChange: boolean;
  /** In admin streams; null: in none. */
  admin: string | null;
}

const change = (user: string, admin: string | null): EventKind => ({ user, isChange: true, admin });
const other = (user: string | null, admin: string | null): EventKind => ({
  user,
  isChange: false,
  admin,
});

/**
 * What can happen to an item, with the types under which Box speaks of it.
 * https://developer.box.com/guides/events/user-events/for-user/
 */
const itemEvents = {
  create: change('ITEM_CREATE', 'UPLOAD'),
  upload: change('ITEM_UPLOAD', 'UPLOAD'),
  'new version': change('ITEM_UPLOAD', 'EDIT'),
  promote: change('ITEM_MAKE_CURRENT_VERSION', 'EDIT'),
  modify: change('ITEM_MODIFY', 'EDIT'),
  rename: change('ITEM_RENAME', 'RENAME'),
  move: change('ITEM_MOVE', 'MOVE'),
  copy: change('ITEM_COPY', 'COPY'),
  trash: change('ITEM_TRASH', 'DELETE'),
  restore: change('ITEM_UNDELETE_VIA_TRASH', 'UNDELETE'),
  purge: other(null, null),
  lock: change('LOCK_CREATE', 'LOCK'),
  unlock: change('LOCK_DESTROY', 'UNLOCK'),
  sync: change('ITEM_SYNC', null),
  unsync: change('ITEM_UNSYNC', null),
  tag: other('TAG_ITEM_CREATE', null),
  share: other('ITEM_SHARED_CREATE', 'SHARE'),
  'change share': other(null, 'ITEM_SHARED_UPDATE'),
  unshare: other('ITEM_SHARED_UNSHARE', 'UNSHARE'),
  download: other('ITEM_DOWNLOAD', 'DOWNLOAD'),
} as const satisfies Record<string, EventKind>;

/** Something that happened to an item. */
export type ItemEvent = keyof typeof itemEvents;

/** Records what happened to an item, which is shown as it is now. To be called in the transaction of the change. */
export function recordEvent(access: Access, what: ItemEvent, item: ItemRow): void {
  const source = snapshot(access, item);
  access.store.events.record(eventOf(access, what, item, JSON.stringify(source)));
}

/** A lock that ended with its file: Box shows no source. */
export function recordEndOfLock(access: Access, item: ItemRow): void {
  access.store.events.record(eventOf(access, 'unlock', item, null));
}

/** Records soon that an item was read: outside of any transaction. Only its owner is told. */
export function noteEvent(access: Access, what: ItemEvent, item: ItemRow): void {
  const createdAt = access.store.nowSeconds();
  access.store.events.note(() => {
    const source = JSON.stringify(snapshot(access, item));
    return { ...eventOf(access, what, item, source), createdAt, readers: [item.owner_id] };
  });
}

function eventOf(access: Access, what: ItemEvent, item: ItemRow, source: string | null): NewEvent {
  const { store, view, userId } = access;
  const { user, isChange, admin } = itemEvents[what];
  return {
    createdAt: store.nowSeconds(),
    actorId: userId,
    readers: [item.owner_id],
    userType: user,
    isChange,
    enterpriseId: (view.user(item.owner_id) ?? view.user(userId))?.enterprise_id ?? null,
    adminType: admin,
    itemId: item.id,
    source,
    ipAddress: access.ipAddress,
  };
}

/** The item in the standard form, whole even where the caller sees it through a shared link. */
function snapshot(access: Access, item: ItemRow): Record<string, unknown> {
  const { store, userId, view } = access;
  const whole =
    view.linkedItemId === undefined
      ? view
      : new View({ store, userId, downloadUrl: () => view.downloadUrl });
  return representItem(item, 'standard', whole);
}
