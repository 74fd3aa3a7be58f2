import type { Database } from './database.ts';

export interface FileRequestRow {
  id: number;
  folder_id: number;
  title: string;
  description: string | null;
  status: 'active' | 'inactive';
  is_email_required: 0 | 1;
  is_description_required: 0 | 1;
  expires_at: number | null;
  token: string;
  etag: number;
  created_by: number;
  created_at: number;
  updated_by: number;
  updated_at: number;
}

/** Requests for files, each for one folder. */
export interface FileRequests {
  put(request: FileRequestRow): void;
  get(id: number): FileRequestRow | undefined;
  delete(id: number): void;
}

/** In the order of the table. */
const columns = [
  'id',
  'folder_id',
  'title',
  'description',
  'status',
  'is_email_required',
  'is_description_required',
  'expires_at',
  'token',
  'etag',
  'created_by',
  'created_at',
  'updated_by',
  'updated_at',
] as const satisfies (keyof FileRequestRow)[];

export function openFileRequests(database: Database): FileRequests {
  const put = database.prepare(
    `INSERT OR REPLACE INTO file_requests VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const byId = database.prepare<FileRequestRow>('SELECT * FROM file_requests WHERE id = ?');
  const remove = database.prepare('DELETE FROM file_requests WHERE id = ?');
  return {
    put: (request) => {
      put.run(...columns.map((column) => request[column]));
    },
    get: (id) => byId.get(id),
    delete: (id) => {
      remove.run(id);
    },
  };
}
