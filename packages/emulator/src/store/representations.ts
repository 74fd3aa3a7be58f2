import type { Database } from './database.ts';

/** Which representations of versions have been made. */
export interface Representations {
  isMade(versionId: number, name: string): boolean;
  make(versionId: number, name: string): void;
}

export function openRepresentations(database: Database): Representations {
  const find = database.prepare<{ name: string }>(
    'SELECT name FROM representations WHERE version_id = ? AND name = ?',
  );
  const insert = database.prepare('INSERT OR IGNORE INTO representations VALUES (?, ?)');
  return {
    isMade: (versionId, name) => find.get(versionId, name) !== undefined,
    make: (versionId, name) => {
      insert.run(versionId, name);
    },
  };
}
