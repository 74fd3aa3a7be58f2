import type { Database } from './database.ts';
import type { EnterpriseRow, UserKind, UserRole, UserRow } from './rows.ts';

/** What a new user is made of; what is left out gets Box's usual value. */
interface NewUser {
  /** @default the next free id */
  id?: number;
  /** null: a user of another company */
  enterpriseId: number | null;
  name: string;
  login: string;
  /** @default 'user' */
  role?: UserRole;
  /** @default 'managed' */
  kind?: UserKind;
  externalAppUserId?: string | null;
}

/** The people of an emulated Box, and the companies they belong to. */
export interface Users {
  createEnterprise(enterprise: { id?: number; name: string }): EnterpriseRow;
  enterprise(id: number): EnterpriseRow | undefined;
  /** Throws SQLite's unique violation when the login is taken (see `isUniqueViolation`). */
  create(user: NewUser): UserRow;
  get(id: number): UserRow | undefined;
  /** By login, compared without case. */
  findByLogin(login: string): UserRow | undefined;
  findByExternalId(enterpriseId: number, externalAppUserId: string): UserRow | undefined;
  /** Adds to what a user keeps, and to what lies under the root folder (both may be negative). */
  addSpace(id: number, usedBytes: number, underRootBytes: number): void;
}

const storageBytes = { managed: 10_995_116_277_760, service: 10_737_418_240 };

/**
 * @param nowSeconds the emulator's time
 * @param maxUploadBytes the largest file of those who are made from now on
 */
export function openUsers(
  database: Database,
  nowSeconds: () => number,
  maxUploadBytes: number,
): Users {
  const nextId = database.prepare<{ value: number }>(
    'UPDATE sequences SET value = value + 1 WHERE name = ? RETURNING value',
  );
  const take = (name: string): number => {
    const row = nextId.get(name);
    if (!row) throw new Error(`the store has no sequence ${name}`);
    return row.value;
  };
  const insertEnterprise = database.prepare('INSERT INTO enterprises VALUES (?, ?)');
  const enterprise = database.prepare<EnterpriseRow>('SELECT * FROM enterprises WHERE id = ?');
  const insert = database.prepare<UserRow>(
    `INSERT INTO users VALUES (?, ?, ?, ?, ?, ?, 'active', ?, ?, 'en', 'America/Los_Angeles', ?, 0, 0, ?, '', '', '', ?, NULL)
     RETURNING *`,
  );
  const byId = database.prepare<UserRow>('SELECT * FROM users WHERE id = ?');
  const byLogin = database.prepare<UserRow>('SELECT * FROM users WHERE login = ? COLLATE NOCASE');
  const byExternalId = database.prepare<UserRow>(
    'SELECT * FROM users WHERE enterprise_id = ? AND external_app_user_id = ?',
  );
  const addSpace = database.prepare(
    'UPDATE users SET space_used = space_used + ?, root_size = root_size + ? WHERE id = ?',
  );
  return {
    createEnterprise: ({ id = take('enterprise'), name }) => {
      insertEnterprise.run(id, name);
      return { id, name };
    },
    enterprise: (id) => enterprise.get(id),
    create: (user) => {
      const kind = user.kind ?? 'managed';
      const now = nowSeconds();
      const row = insert.get(
        user.id ?? take('user'),
        user.enterpriseId,
        user.name,
        user.login,
        user.role ?? 'user',
        kind,
        now,
        now,
        kind === 'service' ? storageBytes.service : storageBytes.managed,
        maxUploadBytes,
        user.externalAppUserId ?? null,
      );
      if (!row) throw new Error('SQLite gave no row back for a new user');
      return row;
    },
    get: (id) => byId.get(id),
    findByLogin: (login) => byLogin.get(login),
    findByExternalId: (enterpriseId, externalId) => byExternalId.get(enterpriseId, externalId),
    addSpace: (id, usedBytes, underRootBytes) => {
      addSpace.run(usedBytes, underRootBytes, id);
    },
  };
}
