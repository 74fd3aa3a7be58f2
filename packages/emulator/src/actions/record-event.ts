import type { Access } from '../access/access.ts';
import { representItem } from '../represent/item.ts';
import { View } from '../represent/view.ts';
import { asItIsNow, type NewEvent } from '../store/events.ts';
import { type ItemRow, kinds } from '../store/rows.ts';
import { endWebhook, queueDeliveries } from '../webhooks/queue.ts';

/** How Box speaks of something that happened. */
interface EventKind {
  /** In user streams; null: in none. */
  user: string | null;
  /** In the stream `changes` as well as in `all`. */
  isChange: boolean;
  /** In admin streams; null: in none. */
  admin: string | null;
  /** To webhooks, behind the item's type when it begins with a dot; null: not at all. */
  trigger: string | null;
}

const change = (user: string, admin: string | null, trigger: string | null): EventKind => ({
  user,
  isChange: true,
  admin,
  trigger,
});
const other = (user: string | null, admin: string | null, trigger: string | null): EventKind => ({
  user,
  isChange: false,
  admin,
  trigger,
});

/**
 * What can happen to an item, with the types under which Box speaks of it.
 * https://developer.box.com/guides/events/user-events/for-user/
 */
const itemEvents = {
  create: change('ITEM_CREATE', 'UPLOAD', '.CREATED'),
  upload: change('ITEM_UPLOAD', 'UPLOAD', '.UPLOADED'),
  'new version': change('ITEM_UPLOAD', 'EDIT', '.UPLOADED'),
  promote: change('ITEM_MAKE_CURRENT_VERSION', 'EDIT', null),
  modify: change('ITEM_MODIFY', 'EDIT', null),
  rename: change('ITEM_RENAME', 'RENAME', '.RENAMED'),
  move: change('ITEM_MOVE', 'MOVE', '.MOVED'),
  copy: change('ITEM_COPY', 'COPY', '.COPIED'),
  trash: change('ITEM_TRASH', 'DELETE', '.TRASHED'),
  restore: change('ITEM_UNDELETE_VIA_TRASH', 'UNDELETE', '.RESTORED'),
  purge: other(null, null, '.DELETED'),
  lock: change('LOCK_CREATE', 'LOCK', '.LOCKED'),
  unlock: change('LOCK_DESTROY', 'UNLOCK', '.UNLOCKED'),
  sync: change('ITEM_SYNC', null, null),
  unsync: change('ITEM_UNSYNC', null, null),
  tag: other('TAG_ITEM_CREATE', null, null),
  share: other('ITEM_SHARED_CREATE', 'SHARE', 'SHARED_LINK.CREATED'),
  'change share': other(null, 'ITEM_SHARED_UPDATE', 'SHARED_LINK.UPDATED'),
  unshare: other('ITEM_SHARED_UNSHARE', 'UNSHARE', 'SHARED_LINK.DELETED'),
  download: other('ITEM_DOWNLOAD', 'DOWNLOAD', '.DOWNLOADED'),
} as const satisfies Record<string, EventKind>;

/** Something that happened to an item. */
export type ItemEvent = keyof typeof itemEvents;

/** Something that happened to what hangs on an item: a comment, a task, a collaboration. */
export interface AttachedEvent extends Partial<EventKind> {
  /** What it is about, as its own call shows it. */
  source: unknown;
  /** Whom else the event is for, besides those who see the item. */
  readers?: readonly number[];
}

/**
 * Records what happened to an item, which is shown as it is now, and tells the webhooks on it. To be called in the
 * transaction of the change, after it.
 *
 * @param from the item before a `move`
 */
export function recordEvent(access: Access, what: ItemEvent, item: ItemRow, from?: ItemRow): void {
  const kind = itemEvents[what];
  const source = snapshot(access, item);
  const event = eventOf(access, kind, item, JSON.stringify(source));
  // Those who had it where it was learn that it is gone.
  const before = from === undefined ? [] : readersOf(access, from);
  access.store.events.record({ ...event, readers: new Set([...event.readers, ...before]) });
  tellWebhooks(access, kind, item, source, from?.parent_id);
}

/** Records what happened to something that hangs on an item. To be called in the transaction of the change. */
export function recordAttachedEvent(access: Access, item: ItemRow, event: AttachedEvent): void {
  const { user = null, isChange = false, admin = null, trigger = null, source, readers } = event;
  const kind = { user, isChange, admin, trigger };
  const made = eventOf(access, kind, item, JSON.stringify(source));
  access.store.events.record({
    ...made,
    readers: new Set([...made.readers, ...(readers ?? [])]),
  });
  tellWebhooks(access, kind, item, source);
}

/**
 * As {@link recordEvent}, for what happens by the million: what the item looked like is not kept, and readers find it as
 * it is when they read.
 */
export function recordInShort(access: Access, what: ItemEvent, item: ItemRow): void {
  if (access.store.webhooks.hasAny()) recordEvent(access, what, item);
  else access.store.events.record(eventOf(access, itemEvents[what], item, asItIsNow));
}

/** A lock that ended with its file: Box shows no source. */
export function recordEndOfLock(access: Access, item: ItemRow): void {
  access.store.events.record(eventOf(access, itemEvents.unlock, item, null));
}

/** Records soon that an item was read: outside of any transaction. Only its owner is told. */
export function noteEvent(access: Access, what: ItemEvent, item: ItemRow): void {
  const kind = itemEvents[what];
  const createdAt = access.store.nowSeconds();
  access.store.events.note(() => {
    const source = snapshot(access, item);
    tellWebhooks(access, kind, item, source);
    const event = eventOf(access, kind, item, JSON.stringify(source));
    return { ...event, createdAt, readers: [item.owner_id] };
  });
}

/** Ends the webhooks on an item that is gone for good. To be called in the transaction of that. */
export function endWebhooksOn(access: Access, item: ItemRow): void {
  if (!access.store.webhooks.hasAny()) return;
  for (const webhook of access.store.webhooks.on([item.id])) endWebhook(access, webhook);
}

function eventOf(access: Access, kind: EventKind, item: ItemRow, source: string | null): NewEvent {
  const { store, view, userId } = access;
  const { user, isChange, admin } = kind;
  return {
    createdAt: store.nowSeconds(),
    actorId: userId,
    readers: new Set(readersOf(access, item)),
    userType: user,
    isChange,
    enterpriseId: (view.user(item.owner_id) ?? view.user(userId))?.enterprise_id ?? null,
    adminType: admin,
    itemId: item.id,
    source,
    ipAddress: access.ipAddress,
  };
}

function readersOf(access: Access, item: ItemRow): number[] {
  const { events } = access.store;
  const others = events.hasCollaborators() ? events.collaboratorsOn(idsTo(access, item)) : [];
  return [item.owner_id, ...others];
}

function tellWebhooks(
  access: Access,
  { trigger }: EventKind,
  item: ItemRow,
  source: unknown,
  fromFolderId?: number,
): void {
  const { webhooks } = access.store;
  if (trigger === null || !webhooks.hasAny()) return;
  const here = webhooks.on(idsTo(access, item));
  const type = item.kind === kinds.folder ? 'FOLDER' : 'FILE';
  if (item.kind === kinds.web_link) return;
  const before = fromFolderId === undefined ? [] : webhooks.on(idsOfFolder(access, fromFolderId));
  const isHere = new Set(here.map((webhook) => webhook.id));
  const left = before.filter((webhook) => !isHere.has(webhook.id));
  const name = trigger.startsWith('.') ? `${type}${trigger}` : trigger;
  queueDeliveries(access, [...here, ...left], { trigger: name, source });
  if (fromFolderId !== undefined && type === 'FILE') {
    // For a folder that it came into, a file is new.
    const wasThere = new Set(before.map((webhook) => webhook.id));
    const newTo = here.filter(
      (webhook) => webhook.target_type === 'folder' && !wasThere.has(webhook.id),
    );
    queueDeliveries(access, newTo, { trigger: 'FILE.UPLOADED', source });
  }
}

/** The item and every folder above it. */
function idsTo(access: Access, item: ItemRow): number[] {
  return [item.id, ...idsOfFolder(access, item.parent_id)];
}

function idsOfFolder({ view }: Access, folderId: number): number[] {
  return view.path(folderId).map((folder) => folder.id);
}

/** The item in the standard form, as its owner sees it, however little of its path the caller may see. */
function snapshot(access: Access, item: ItemRow): Record<string, unknown> {
  const { store, userId, view } = access;
  const isWhole = view.linkedItemId === undefined && userId === item.owner_id;
  const whole = isWhole
    ? view
    : new View({ store, userId: item.owner_id, downloadUrl: () => view.downloadUrl });
  const shown = representItem(item, 'standard', whole);
  if (isWhole) view.written = { item, standard: shown };
  return shown;
}
