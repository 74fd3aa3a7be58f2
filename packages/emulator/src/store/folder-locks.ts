import type { Database } from './database.ts';

export interface FolderLockRow {
  id: number;
  folder_id: number;
  created_by: number;
  created_at: number;
}

/** Locks against moving and deleting, one a folder at most. */
export interface FolderLocks {
  add(lock: FolderLockRow): void;
  get(id: number): FolderLockRow | undefined;
  of(folderId: number): FolderLockRow | undefined;
  delete(id: number): void;
}

export function openFolderLocks(database: Database): FolderLocks {
  const insert = database.prepare('INSERT INTO folder_locks VALUES (?, ?, ?, ?)');
  const byId = database.prepare<FolderLockRow>('SELECT * FROM folder_locks WHERE id = ?');
  const byFolder = database.prepare<FolderLockRow>(
    'SELECT * FROM folder_locks WHERE folder_id = ?',
  );
  const remove = database.prepare('DELETE FROM folder_locks WHERE id = ?');
  return {
    add: (lock) => {
      insert.run(lock.id, lock.folder_id, lock.created_by, lock.created_at);
    },
    get: (id) => byId.get(id),
    of: (folderId) => byFolder.get(folderId),
    delete: (id) => {
      remove.run(id);
    },
  };
}
