import type { Database } from './database.ts';

/** Where contents are kept, by user and by enterprise; those of a user go before the enterprise's. */
export interface StorageAssignments {
  /** The id of the policy that a target (`user_123`, `enterprise_123`) was given. */
  get(target: string): number | undefined;
  put(target: string, policyId: number): void;
  delete(target: string): void;
}

export function openStorageAssignments({ prepare }: Database): StorageAssignments {
  const get = prepare<{ policy_id: number }>(
    'SELECT policy_id FROM storage_assignments WHERE target = ?',
  );
  const put = prepare('INSERT OR REPLACE INTO storage_assignments VALUES (?, ?)');
  const remove = prepare('DELETE FROM storage_assignments WHERE target = ?');
  return {
    get: (target) => get.get(target)?.policy_id,
    put: (target, policyId) => {
      put.run(target, policyId);
    },
    delete: (target) => {
      remove.run(target);
    },
  };
}
