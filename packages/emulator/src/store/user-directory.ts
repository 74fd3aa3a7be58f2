import type { RowPage } from './collaborations.ts';
import type { Database } from './database.ts';
import { likePrefix } from './groups.ts';
import type { UserRow } from './rows.ts';

/** Which users to list: an enterprise's own, others by their exact login, or both. */
export interface UserFilter {
  enterpriseId: number;
  type: 'all' | 'managed' | 'external';
  /** What a name or login begins with; '' for all of the enterprise's own. */
  term: string;
  externalAppUserId?: string | undefined;
}

/** What an administrator may change of a user. */
export type UserChanges = Partial<
  Pick<
    UserRow,
    | 'enterprise_id'
    | 'name'
    | 'login'
    | 'role'
    | 'kind'
    | 'status'
    | 'language'
    | 'timezone'
    | 'space_amount'
    | 'job_title'
    | 'phone'
    | 'address'
    | 'external_app_user_id'
    | 'settings'
  >
>;

export interface EmailAliasRow {
  id: number;
  user_id: number;
  email: string;
}

interface AvatarRow {
  /** Its Content-Type. */
  type: string;
  image: Uint8Array;
}

/** Users as an enterprise manages them; service accounts are not listed. */
export interface UserDirectory {
  page(filter: UserFilter, page: RowPage): UserRow[];
  count(filter: UserFilter): number;
  /** Throws SQLite's unique violation when the login is another's. */
  update(user: UserRow, changes: UserChanges): UserRow;
  /** With all that is kept about the user, but for contents. */
  delete(userId: number): void;
  /** Gives the row its id. Throws SQLite's unique violation when the address is taken. */
  addAlias(userId: number, email: string): EmailAliasRow;
  aliases(userId: number): EmailAliasRow[];
  /** Whether there was one. */
  deleteAlias(userId: number, id: number): boolean;
  avatar(userId: number): AvatarRow | undefined;
  putAvatar(userId: number, avatar: AvatarRow): void;
  /** Whether there was one. */
  deleteAvatar(userId: number): boolean;
}

const isOwn = `?1 IN ('all', 'managed') AND enterprise_id = ?2 AND kind <> 'service'
  AND (name LIKE ?3 ESCAPE '\\' OR login LIKE ?3 ESCAPE '\\')`;
const isOther = `?1 IN ('all', 'external') AND enterprise_id IS NOT ?2
  AND login = ?4 COLLATE NOCASE`;
const filtered = `((${isOwn}) OR (${isOther})) AND (?5 IS NULL OR external_app_user_id = ?5)`;

/** The tables that have rows of a user, which go with the user. */
const belongings = [
  'collaborations',
  'group_memberships',
  'email_aliases',
  'avatars',
  'invites',
  'allowlist',
  'terms_answers',
] as const;

/** @param nowSeconds the emulator's time */
export function openUserDirectory(
  { prepare }: Database,
  nowSeconds: () => number,
  takeId: () => number,
): UserDirectory {
  const page = prepare<UserRow>(
    `SELECT * FROM users WHERE ${filtered} AND id > ?6 ORDER BY id LIMIT ?7 OFFSET ?8`,
  );
  const count = prepare<{ n: number }>(`SELECT count(*) n FROM users WHERE ${filtered}`);
  const update = prepare(
    `UPDATE users SET enterprise_id = ?, name = ?, login = ?, role = ?, kind = ?, status = ?,
     language = ?, timezone = ?, space_amount = ?, job_title = ?, phone = ?, address = ?,
     external_app_user_id = ?, settings = ?, modified_at = ? WHERE id = ?`,
  );
  const removals = [
    ...belongings.map((table) => prepare(`DELETE FROM ${table} WHERE user_id = ?`)),
    prepare("DELETE FROM storage_assignments WHERE target = 'user_' || ?"),
    prepare('DELETE FROM users WHERE id = ?'),
  ];
  const values = ({ type, enterpriseId, term, externalAppUserId }: UserFilter) =>
    [type, enterpriseId, likePrefix(term), term, externalAppUserId ?? null] as const;
  return {
    page: (filter, { afterId = 0, offset = 0, limit }) =>
      page.all(...values(filter), afterId, limit, offset),
    count: (filter) => count.get(...values(filter))?.n ?? 0,
    update: (user, changes) => {
      const row = { ...user, ...changes, modified_at: nowSeconds() };
      update.run(
        row.enterprise_id,
        row.name,
        row.login,
        row.role,
        row.kind,
        row.status,
        row.language,
        row.timezone,
        row.space_amount,
        row.job_title,
        row.phone,
        row.address,
        row.external_app_user_id,
        row.settings,
        row.modified_at,
        row.id,
      );
      return row;
    },
    delete: (userId) => {
      for (const removal of removals) removal.run(userId);
    },
    ...openAddresses(prepare, takeId),
    ...openAvatars(prepare),
  };
}

function openAddresses(
  prepare: Database['prepare'],
  takeId: () => number,
): Pick<UserDirectory, 'addAlias' | 'aliases' | 'deleteAlias'> {
  const insert = prepare('INSERT INTO email_aliases VALUES (?, ?, ?)');
  const list = prepare<EmailAliasRow>('SELECT * FROM email_aliases WHERE user_id = ? ORDER BY id');
  const remove = prepare('DELETE FROM email_aliases WHERE user_id = ? AND id = ?');
  return {
    addAlias: (user_id, email) => {
      const id = takeId();
      insert.run(id, user_id, email);
      return { id, user_id, email };
    },
    aliases: (userId) => list.all(userId),
    deleteAlias: (userId, id) => remove.run(userId, id) > 0,
  };
}

function openAvatars(
  prepare: Database['prepare'],
): Pick<UserDirectory, 'avatar' | 'putAvatar' | 'deleteAvatar'> {
  const get = prepare<AvatarRow>('SELECT type, image FROM avatars WHERE user_id = ?');
  const put = prepare('INSERT OR REPLACE INTO avatars VALUES (?, ?, ?)');
  const remove = prepare('DELETE FROM avatars WHERE user_id = ?');
  return {
    avatar: (userId) => get.get(userId),
    putAvatar: (userId, { type, image }) => {
      put.run(userId, type, image);
    },
    deleteAvatar: (userId) => remove.run(userId) > 0,
  };
}
