import { BoxError } from '../box-error.ts';
import { foldName } from '../names.ts';
import { representItem } from '../represent/item.ts';
import type { View } from '../represent/view.ts';
import { isUniqueViolation } from '../store/database.ts';
import type { ItemRow } from '../store/rows.ts';

/**
 * How an answer shows the item that has the name already: uploads give one object, everything else
 * a list. Clients break on the wrong one.
 */
export type ConflictForm = 'object' | 'array';

/** 409 `item_name_in_use`. */
function nameInUse(existing: ItemRow, form: ConflictForm, view: View): BoxError {
  const mini = representItem(existing, 'mini', view);
  return new BoxError('item_name_in_use', {
    contextInfo: { conflicts: form === 'object' ? mini : [mini] },
  });
}

/** What it takes to look a name up in a folder. */
export type FolderKey = Pick<ItemRow, 'id' | 'owner_id'>;

/** @throws BoxError `item_name_in_use` when another item than `exceptId` has the name in the folder */
export function checkNameIsFree(
  folder: FolderKey,
  name: string,
  form: ConflictForm,
  view: View,
  exceptId?: number,
): void {
  const existing = view.store.items.childNamed(folder.id, folder.owner_id, foldName(name));
  if (existing && existing.id !== exceptId) throw nameInUse(existing, form, view);
}

/**
 * Runs a change that gives an item its name, and turns SQLite's refusal of a second one into
 * Box's. Cheaper than looking first, for names are seldom taken.
 */
export function orNameInUse<T>(
  target: { folder: FolderKey; name: string; form: ConflictForm; view: View },
  change: () => T,
): T {
  try {
    return change();
  } catch (error) {
    if (isUniqueViolation(error)) {
      checkNameIsFree(target.folder, target.name, target.form, target.view);
    }
    throw error;
  }
}
