import type { RowPage } from './collaborations.ts';
import type { Database } from './database.ts';

/** A domain that may be worked with (`user_id` is null), or a user for whom that does not hold. */
export interface AllowlistRow {
  id: number;
  enterprise_id: number;
  domain: string | null;
  direction: string | null;
  user_id: number | null;
  created_at: number;
}

/** Which of the two kinds of rows a call is about. */
export type AllowlistKind = 'entry' | 'exempt';

/** With whom an enterprise lets its users collaborate. */
export interface Allowlist {
  /** Gives the row its id. Throws SQLite's unique violation for what is on the list already. */
  add(row: Omit<AllowlistRow, 'id'>): AllowlistRow;
  get(enterpriseId: number, kind: AllowlistKind, id: number): AllowlistRow | undefined;
  page(enterpriseId: number, kind: AllowlistKind, page: RowPage): AllowlistRow[];
  delete(id: number): void;
}

export function openAllowlist({ prepare }: Database, takeId: () => number): Allowlist {
  const insert = prepare('INSERT INTO allowlist VALUES (?, ?, ?, ?, ?, ?)');
  const remove = prepare('DELETE FROM allowlist WHERE id = ?');
  const ofKind = "enterprise_id = ?1 AND (user_id IS NULL) = (?2 = 'entry')";
  const byId = prepare<AllowlistRow>(`SELECT * FROM allowlist WHERE ${ofKind} AND id = ?3`);
  const page = prepare<AllowlistRow>(
    `SELECT * FROM allowlist WHERE ${ofKind} AND id > ?3 ORDER BY id LIMIT ?4`,
  );
  return {
    add: (row) => {
      const id = takeId();
      insert.run(id, row.enterprise_id, row.domain, row.direction, row.user_id, row.created_at);
      return { id, ...row };
    },
    get: (enterpriseId, kind, id) => byId.get(enterpriseId, kind, id),
    page: (enterpriseId, kind, { afterId = 0, limit }) =>
      page.all(enterpriseId, kind, afterId, limit),
    delete: (id) => {
      remove.run(id);
    },
  };
}
