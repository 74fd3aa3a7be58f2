import type { Access } from '../access/access.ts';
import type { ItemRow } from '../store/rows.ts';

/**
 * Makes all that lies below an item another user's, when the item itself becomes so: a tree has
 * one owner throughout. To be called inside a transaction, whether the owner changes or not.
 *
 * @returns how many bytes of space go along, which are the caller's to move; 0: nobody's change
 */
export function giveBelow({ store }: Access, item: ItemRow, ownerId: number): number {
  if (item.owner_id === ownerId) return 0;
  return store.ownership.give(item.id, item.owner_id, ownerId);
}
