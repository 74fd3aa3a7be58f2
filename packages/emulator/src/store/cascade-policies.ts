import type { Database } from './database.ts';

/** Says that what is put below a folder gets the folder's instance of a template. */
export interface CascadePolicy {
  id: string;
  folderId: number;
  /** Whose policy it is. */
  enterpriseId: number;
  templateId: string;
}

export interface CascadePolicies {
  hasAny(): boolean;
  get(id: string): CascadePolicy | undefined;
  ofFolder(folderId: number): CascadePolicy[];
  /** Throws SQLite's unique violation when the folder has one for the template. */
  insert(policy: CascadePolicy): void;
  delete(id: string): void;
}

const columns =
  'id, folder_id AS folderId, enterprise_id AS enterpriseId, template_id AS templateId';

export function openCascadePolicies(database: Database): CascadePolicies {
  const any = database.prepare<{ id: string }>('SELECT id FROM cascade_policies LIMIT 1');
  const get = database.prepare<CascadePolicy>(
    `SELECT ${columns} FROM cascade_policies WHERE id = ?`,
  );
  const ofFolder = database.prepare<CascadePolicy>(
    `SELECT ${columns} FROM cascade_policies WHERE folder_id = ? ORDER BY template_id`,
  );
  const insert = database.prepare('INSERT INTO cascade_policies VALUES (?, ?, ?, ?)');
  const remove = database.prepare('DELETE FROM cascade_policies WHERE id = ?');
  return {
    hasAny: () => any.get() !== undefined,
    get: (id) => get.get(id),
    ofFolder: (folderId) => ofFolder.all(folderId),
    insert: ({ id, folderId, enterpriseId, templateId }) => {
      insert.run(id, folderId, enterpriseId, templateId);
    },
    delete: (id) => {
      remove.run(id);
    },
  };
}
