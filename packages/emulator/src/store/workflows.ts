import type { Database } from './database.ts';

/** Workflows that people start by hand, each for one folder, of one flow with one outcome. They go with the folder. */
export const workflowSchema = `
CREATE TABLE workflows (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL,
  name TEXT NOT NULL,
  flow_id INTEGER NOT NULL,
  outcome_id INTEGER NOT NULL,
  action_type TEXT NOT NULL,
  created_by INTEGER NOT NULL,
  created_at INTEGER NOT NULL
);
CREATE INDEX workflows_by_folder ON workflows (folder_id, id);
CREATE TRIGGER workflows_of_deleted_items AFTER DELETE ON items BEGIN
  DELETE FROM workflows WHERE folder_id = OLD.id;
END;
`;

/** The tables that hold workflows. */
export const workflowTables = ['workflows'];

export interface WorkflowRow {
  id: number;
  folder_id: number;
  name: string;
  flow_id: number;
  outcome_id: number;
  /** What is done with the files, in Box's words: `delete_file`. */
  action_type: string;
  created_by: number;
  created_at: number;
}

export interface Workflows {
  add(workflow: WorkflowRow): void;
  get(id: number): WorkflowRow | undefined;
  /** Those of a folder, by id. */
  ofFolder(folderId: number, page: { limit: number; afterId: number }): WorkflowRow[];
}

/** In the order of the table. */
const columns = [
  'id',
  'folder_id',
  'name',
  'flow_id',
  'outcome_id',
  'action_type',
  'created_by',
  'created_at',
] as const satisfies (keyof WorkflowRow)[];

export function openWorkflows(database: Database): Workflows {
  const insert = database.prepare(
    `INSERT INTO workflows VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const byId = database.prepare<WorkflowRow>('SELECT * FROM workflows WHERE id = ?');
  const ofFolder = database.prepare<WorkflowRow>(
    'SELECT * FROM workflows WHERE folder_id = ? AND id > ? ORDER BY id LIMIT ?',
  );
  return {
    add: (workflow) => {
      insert.run(...columns.map((column) => workflow[column]));
    },
    get: (id) => byId.get(id),
    ofFolder: (folderId, { limit, afterId }) => ofFolder.all(folderId, afterId, limit),
  };
}
