import { rootFolderId } from '../ids.ts';
import { type Condition, condition } from './condition.ts';

/** Which items a search looks at. */
export interface Reach {
  /** Who searches. */
  userId: number;
  /** The items of others that the user was given. */
  givenIds: readonly number[];
  /** The enterprise whose every item is looked at; `undefined`: what the user sees. */
  enterpriseId?: number | undefined;
  /** The folders to look in, the root folder among them or not; `undefined`: everywhere. */
  withinIds?: readonly number[] | undefined;
  /** The one item with all below it that a token reaches. */
  restrictedTo?: number | undefined;
  trash: 'non_trashed_only' | 'trashed_only' | 'all_items';
}

/**
 * A condition on the item `i`: that its reader sees it, and that it lies where it should. It goes
 * up from the item, so that what it costs depends on how many items are found, not on how many
 * there are.
 */
export function reachCondition(reach: Reach): Condition {
  const { userId, givenIds, enterpriseId, withinIds, restrictedTo, trash } = reach;
  const tests: string[] = [];
  const values: (string | number)[] = [];
  if (enterpriseId === undefined) {
    tests.push('(i.owner_id = ? OR max(id IN (SELECT value FROM json_each(?))))');
    values.push(userId, JSON.stringify(givenIds));
  } else {
    tests.push('i.owner_id IN (SELECT id FROM users WHERE enterprise_id = ?)');
    values.push(enterpriseId);
  }
  if (withinIds !== undefined && !withinIds.includes(rootFolderId)) {
    tests.push('max(id IN (SELECT value FROM json_each(?)) AND (id <> i.id))');
    values.push(JSON.stringify(withinIds));
  }
  if (restrictedTo !== undefined) {
    tests.push('max(id = ?)');
    values.push(restrictedTo);
  }
  if (trash === 'non_trashed_only') tests.push('max(trashed_at) IS NULL');
  // What lies in a trashed folder is not found.
  if (trash === 'trashed_only') tests.push('i.trashed_at IS NOT NULL');
  if (trash === 'all_items') tests.push('(i.trashed_at IS NOT NULL OR max(trashed_at) IS NULL)');
  return condition(
    `(WITH RECURSIVE way(id, parent_id, trashed_at) AS (
        SELECT i.id, i.parent_id, i.trashed_at
        UNION ALL
        SELECT a.id, a.parent_id, a.trashed_at FROM items a JOIN way ON a.id = way.parent_id)
      SELECT ${tests.join(' AND ')} FROM way)`,
    ...values,
  );
}
