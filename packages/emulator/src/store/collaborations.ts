import type { CollaboratorRole } from '../access/roles.ts';
import type { Database } from './database.ts';
import type { ItemRow } from './rows.ts';

export interface CollaborationRow {
  id: number;
  item_id: number;
  user_id: number | null;
  group_id: number | null;
  invite_email: string | null;
  role: CollaboratorRole;
  status: 'accepted' | 'pending' | 'rejected';
  can_view_path: 0 | 1;
  is_access_only: 0 | 1;
  created_by: number;
  created_at: number;
  modified_at: number;
  expires_at: number | null;
  acknowledged_at: number | null;
}

/** What a collaboration gives to one user, directly or through a group. */
export type GrantRow = Pick<
  CollaborationRow,
  'item_id' | 'role' | 'can_view_path' | 'is_access_only'
>;

/** A page of a list: so many rows behind an id, or behind an offset. */
export interface RowPage {
  afterId?: number;
  offset?: number;
  limit: number;
}

/** Whom a collaboration is for. */
export type Collaborator = Pick<CollaborationRow, 'user_id' | 'group_id' | 'invite_email'>;

/** Who works on whose items. */
export interface Collaborations {
  /** Gives the row its id. */
  insert(row: Omit<CollaborationRow, 'id'>): CollaborationRow;
  get(id: number): CollaborationRow | undefined;
  find(itemId: number, collaborator: Collaborator): CollaborationRow | undefined;
  update(row: CollaborationRow): void;
  delete(id: number): void;
  deleteOfItem(itemId: number): void;
  deleteOfGroup(groupId: number): void;
  hasAny(itemId: number): boolean;
  ofItem(itemId: number, page: RowPage): CollaborationRow[];
  countOfItem(itemId: number): number;
  ofGroup(groupId: number, page: RowPage): CollaborationRow[];
  countOfGroup(groupId: number): number;
  /** Invitations that a user has not answered. */
  pendingOf(userId: number, page: RowPage): CollaborationRow[];
  countPendingOf(userId: number): number;
  /** Invitations by mail to someone who had no account. */
  invitationsOf(email: string): CollaborationRow[];
  /** All that a user has been given and has accepted. */
  grantsOf(userId: number): GrantRow[];
  /** The active items that a user has been given directly, in no order that means anything. */
  itemsGivenTo(userId: number): ItemRow[];
}

const columns = [
  'id',
  'item_id',
  'user_id',
  'group_id',
  'invite_email',
  'role',
  'status',
  'can_view_path',
  'is_access_only',
  'created_by',
  'created_at',
  'modified_at',
  'expires_at',
  'acknowledged_at',
] as const satisfies (keyof CollaborationRow)[];

/** @param nowSeconds the emulator's time, by which collaborations expire */
export function openCollaborations(
  database: Database,
  nowSeconds: () => number,
  takeId: () => number,
): Collaborations {
  const { prepare } = database;
  const places = columns.map(() => '?').join(', ');
  const put = prepare(`INSERT OR REPLACE INTO collaborations VALUES (${places})`);
  const all = (where: string) =>
    prepare<CollaborationRow>(`SELECT * FROM collaborations WHERE ${where}`);
  const count = (where: string) =>
    prepare<{ n: number }>(`SELECT count(*) n FROM collaborations WHERE ${where}`);
  const paged = (where: string) => {
    const rows = all(`${where} AND id > ? ORDER BY id LIMIT ? OFFSET ?`);
    return (key: number, { afterId = 0, offset = 0, limit }: RowPage) =>
      rows.all(key, afterId, limit, offset);
  };
  const byId = all('id = ?');
  const byParty = all('item_id = ? AND user_id IS ? AND group_id IS ? AND invite_email IS ?');
  const byEmail = all('invite_email = ? COLLATE NOCASE');
  const itemCount = count('item_id = ?');
  const groupCount = count('group_id = ?');
  const pendingCount = count("user_id = ? AND status = 'pending'");
  const anyOf = prepare<{ id: number }>('SELECT id FROM collaborations WHERE item_id = ? LIMIT 1');
  const remove = prepare('DELETE FROM collaborations WHERE id = ?');
  const removeOfItem = prepare('DELETE FROM collaborations WHERE item_id = ?');
  const removeOfGroup = prepare('DELETE FROM collaborations WHERE group_id = ?');
  const isLive = "c.status = 'accepted' AND (c.expires_at IS NULL OR c.expires_at > ?2)";
  const source = `
    SELECT c.item_id, c.role, c.can_view_path, c.is_access_only
    FROM collaborations c WHERE c.user_id = ?1 AND ${isLive}
    UNION ALL
    SELECT c.item_id, c.role, c.can_view_path, c.is_access_only
    FROM group_memberships m JOIN collaborations c ON c.group_id = m.group_id
    WHERE m.user_id = ?1 AND ${isLive}`;
  const grants = prepare<GrantRow>(source);
  const given = prepare<ItemRow>(
    `SELECT * FROM items WHERE trashed_at IS NULL AND id IN (SELECT item_id FROM (${source}) WHERE is_access_only = 0)`,
  );
  const ofItem = paged('item_id = ?');
  const ofGroup = paged('group_id = ?');
  const pendingOf = paged("user_id = ? AND status = 'pending'");
  const save = (row: CollaborationRow) => put.run(...columns.map((column) => row[column]));
  return {
    insert: (row) => {
      const made = { ...row, id: takeId() };
      save(made);
      return made;
    },
    get: (id) => byId.get(id),
    find: (itemId, { user_id, group_id, invite_email }) =>
      byParty.get(itemId, user_id, group_id, invite_email),
    update: (row) => {
      save(row);
    },
    delete: (id) => {
      remove.run(id);
    },
    deleteOfItem: (itemId) => {
      removeOfItem.run(itemId);
    },
    deleteOfGroup: (groupId) => {
      removeOfGroup.run(groupId);
    },
    hasAny: (itemId) => anyOf.get(itemId) !== undefined,
    ofItem,
    countOfItem: (itemId) => itemCount.get(itemId)?.n ?? 0,
    ofGroup,
    countOfGroup: (groupId) => groupCount.get(groupId)?.n ?? 0,
    pendingOf,
    countPendingOf: (userId) => pendingCount.get(userId)?.n ?? 0,
    invitationsOf: (email) => byEmail.all(email),
    grantsOf: (userId) => grants.all(userId, nowSeconds()),
    itemsGivenTo: (userId) => given.all(userId, nowSeconds()),
  };
}
