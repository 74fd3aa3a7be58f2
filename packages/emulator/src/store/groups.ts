import type { RowPage } from './collaborations.ts';
import type { Database } from './database.ts';

export interface GroupRow {
  id: number;
  enterprise_id: number;
  name: string;
  description: string | null;
  provenance: string | null;
  external_sync_identifier: string | null;
  invitability_level: string;
  member_viewability_level: string;
  created_at: number;
  modified_at: number;
}

export interface MembershipRow {
  id: number;
  group_id: number;
  user_id: number;
  role: 'member' | 'admin';
  /** A JSON object, of group admins. */
  permissions: string | null;
  created_at: number;
  modified_at: number;
}

/** Groups of an enterprise's users, and who is in them. */
export interface Groups {
  /** Gives the row its id. Throws SQLite's unique violation when the enterprise has one of that name. */
  insert(row: Omit<GroupRow, 'id'>): GroupRow;
  get(id: number): GroupRow | undefined;
  /** Throws SQLite's unique violation as `insert` does. */
  update(row: GroupRow): void;
  /** With its memberships. */
  delete(id: number): void;
  /** By name; `prefix` is what names must begin with, whatever their case. */
  page(enterpriseId: number, prefix: string, page: RowPage): GroupRow[];
  count(enterpriseId: number, prefix: string): number;
  /** Gives the row its id. Throws SQLite's unique violation when the user is in the group already. */
  join(row: Omit<MembershipRow, 'id'>): MembershipRow;
  membership(id: number): MembershipRow | undefined;
  membershipOf(groupId: number, userId: number): MembershipRow | undefined;
  updateMembership(row: MembershipRow): void;
  leave(membershipId: number): void;
  leaveAll(userId: number): void;
  members(groupId: number, page: RowPage): MembershipRow[];
  countMembers(groupId: number): number;
  membershipsOf(userId: number, page: RowPage): MembershipRow[];
  countMembershipsOf(userId: number): number;
}

const named = "enterprise_id = ? AND name LIKE ? ESCAPE '\\'";

export function openGroups(database: Database, takeId: () => number): Groups {
  const { prepare } = database;
  const insert = prepare('INSERT INTO groups VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const byId = prepare<GroupRow>('SELECT * FROM groups WHERE id = ?');
  const update = prepare(
    `UPDATE groups SET name = ?, description = ?, provenance = ?, external_sync_identifier = ?,
     invitability_level = ?, member_viewability_level = ?, modified_at = ? WHERE id = ?`,
  );
  const remove = prepare('DELETE FROM groups WHERE id = ?');
  const removeMembers = prepare('DELETE FROM group_memberships WHERE group_id = ?');
  const page = prepare<GroupRow>(
    `SELECT * FROM groups WHERE ${named} ORDER BY name COLLATE NOCASE, id LIMIT ? OFFSET ?`,
  );
  const count = prepare<{ n: number }>(`SELECT count(*) n FROM groups WHERE ${named}`);
  return {
    insert: (row) => {
      const made = { id: takeId(), ...row };
      insert.run(
        made.id,
        row.enterprise_id,
        row.name,
        row.description,
        row.provenance,
        row.external_sync_identifier,
        row.invitability_level,
        row.member_viewability_level,
        row.created_at,
        row.modified_at,
      );
      return made;
    },
    get: (id) => byId.get(id),
    update: (row) => {
      update.run(
        row.name,
        row.description,
        row.provenance,
        row.external_sync_identifier,
        row.invitability_level,
        row.member_viewability_level,
        row.modified_at,
        row.id,
      );
    },
    delete: (id) => {
      removeMembers.run(id);
      remove.run(id);
    },
    page: (enterpriseId, prefix, { limit, offset = 0 }) =>
      page.all(enterpriseId, likePrefix(prefix), limit, offset),
    count: (enterpriseId, prefix) => count.get(enterpriseId, likePrefix(prefix))?.n ?? 0,
    ...openMemberships(database, takeId),
  };
}

type Memberships = Omit<Groups, 'insert' | 'get' | 'update' | 'delete' | 'page' | 'count'>;

function openMemberships({ prepare }: Database, takeId: () => number): Memberships {
  const insert = prepare('INSERT INTO group_memberships VALUES (?, ?, ?, ?, ?, ?, ?)');
  const byId = prepare<MembershipRow>('SELECT * FROM group_memberships WHERE id = ?');
  const byPair = prepare<MembershipRow>(
    'SELECT * FROM group_memberships WHERE group_id = ? AND user_id = ?',
  );
  const update = prepare(
    'UPDATE group_memberships SET role = ?, permissions = ?, modified_at = ? WHERE id = ?',
  );
  const remove = prepare('DELETE FROM group_memberships WHERE id = ?');
  const removeUser = prepare('DELETE FROM group_memberships WHERE user_id = ?');
  const listed = (column: string) =>
    prepare<MembershipRow>(
      `SELECT * FROM group_memberships WHERE ${column} = ? ORDER BY id LIMIT ? OFFSET ?`,
    );
  const counted = (column: string) =>
    prepare<{ n: number }>(`SELECT count(*) n FROM group_memberships WHERE ${column} = ?`);
  const ofGroup = listed('group_id');
  const ofUser = listed('user_id');
  const groupCount = counted('group_id');
  const userCount = counted('user_id');
  return {
    join: (row) => {
      const id = takeId();
      const { group_id, user_id, role, permissions, created_at, modified_at } = row;
      insert.run(id, group_id, user_id, role, permissions, created_at, modified_at);
      return { id, ...row };
    },
    membership: (id) => byId.get(id),
    membershipOf: (groupId, userId) => byPair.get(groupId, userId),
    updateMembership: ({ role, permissions, modified_at, id }) => {
      update.run(role, permissions, modified_at, id);
    },
    leave: (id) => {
      remove.run(id);
    },
    leaveAll: (userId) => {
      removeUser.run(userId);
    },
    members: (groupId, { limit, offset = 0 }) => ofGroup.all(groupId, limit, offset),
    countMembers: (groupId) => groupCount.get(groupId)?.n ?? 0,
    membershipsOf: (userId, { limit, offset = 0 }) => ofUser.all(userId, limit, offset),
    countMembershipsOf: (userId) => userCount.get(userId)?.n ?? 0,
  };
}

/** A pattern for `LIKE … ESCAPE '\'` that fits what begins with `prefix`. */
export function likePrefix(prefix: string): string {
  return `${prefix.replace(/[\\%_]/g, '\\$&')}%`;
}
