import { rootFolderId } from '../ids.ts';
import { allOf, type Condition, condition } from './condition.ts';
import { kinds } from './rows.ts';

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
 * Conditions on the item `i`: that its reader sees it, and that it lies where it should. They go up from the item,
 * and only where they must, so that what they cost depends on how many items are found, not on how many there are.
 */
export function reachCondition(reach: Reach): Condition {
  return allOf([seen(reach), ...within(reach), ...inTrashOrNot(reach.trash)]);
}

function seen({ userId, givenIds, enterpriseId }: Reach): Condition {
  if (enterpriseId !== undefined) {
    return condition('i.owner_id IN (SELECT id FROM users WHERE enterprise_id = ?)', enterpriseId);
  }
  if (givenIds.length === 0) return condition('i.owner_id = ?', userId);
  const given = onTheWay('max(id IN (SELECT value FROM json_each(?)))', JSON.stringify(givenIds));
  return condition(`i.owner_id = ? OR ${given.sql}`, userId, ...given.values);
}

function within({ withinIds, restrictedTo }: Reach): Condition[] {
  const conditions: Condition[] = [];
  if (withinIds !== undefined && !withinIds.includes(rootFolderId)) {
    const isBelow = 'max(id IN (SELECT value FROM json_each(?)) AND (id <> i.id))';
    conditions.push(onTheWay(isBelow, JSON.stringify(withinIds)));
  }
  if (restrictedTo !== undefined) conditions.push(onTheWay('max(id = ?)', restrictedTo));
  return conditions;
}

function inTrashOrNot(trash: Reach['trash']): Condition[] {
  // What lies in a trashed folder is not found, in the trash or out of it.
  const isOut = `i.trashed_at IS NULL AND
    (NOT EXISTS (SELECT 1 FROM items WHERE trashed_at IS NOT NULL AND kind = ${kinds.folder})
      OR ${onTheWay('max(trashed_at) IS NULL').sql})`;
  if (trash === 'non_trashed_only') return [condition(isOut)];
  if (trash === 'trashed_only') return [condition('i.trashed_at IS NOT NULL')];
  return [condition(`i.trashed_at IS NOT NULL OR (${isOut})`)];
}

/** A test of all that is on the way from the item up to the root folder, itself included. */
function onTheWay(test: string, ...values: (string | number)[]): Condition {
  return condition(
    `(WITH RECURSIVE way(id, parent_id, trashed_at) AS (
        SELECT i.id, i.parent_id, i.trashed_at
        UNION ALL
        SELECT a.id, a.parent_id, a.trashed_at FROM items a JOIN way ON a.id = way.parent_id)
      SELECT ${test} FROM way)`,
    ...values,
  );
}
