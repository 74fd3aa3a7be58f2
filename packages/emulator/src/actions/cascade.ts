import type { Access } from '../access/access.ts';
import type { CascadePolicy } from '../store/cascade-policies.ts';
import { type ItemRow, kinds } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/**
 * Gives an item that came into a folder, with all that is below it, the metadata that folders above
 * it hand down; what it has already stays. To be called inside a transaction.
 */
export function inheritMetadata(access: Access, item: ItemRow): void {
  const { store, view } = access;
  const policies = store.metadata.cascadePolicies;
  if (!policies.hasAny()) return;
  // The nearest folder first.
  const handedDown = view
    .path(item.parent_id)
    .toReversed()
    .flatMap((folder) => policies.ofFolder(folder.id));
  for (const policy of handedDown) {
    for (const one of withAllBelow(store, item)) handDown(store, policy, one, 'none');
  }
}

/** What to do about an instance that an item has already. */
export type ConflictResolution = 'none' | 'overwrite';

/**
 * Gives everything below a policy's folder the folder's instance. To be called inside a transaction.
 *
 * @returns whether the folder has one
 */
export function applyPolicy(
  store: Store,
  policy: CascadePolicy,
  folder: ItemRow,
  resolution: ConflictResolution,
): boolean {
  if (!store.metadata.instances.get(folder.id, policy.templateId)) return false;
  for (const item of withAllBelow(store, folder)) {
    if (item.id !== folder.id) handDown(store, policy, item, resolution);
  }
  return true;
}

function handDown(
  { metadata: { instances } }: Store,
  { folderId, templateId }: CascadePolicy,
  item: ItemRow,
  resolution: ConflictResolution,
): void {
  const source = instances.get(folderId, templateId);
  if (!source || item.kind === kinds.web_link) return;
  const there = instances.get(item.id, templateId);
  if (!there) instances.insert(item.id, templateId, source.values);
  else if (resolution === 'overwrite') instances.update(there, source.values, there.version + 1);
}

function* withAllBelow(store: Store, top: ItemRow): Generator<ItemRow> {
  const waiting = [top];
  for (let item = waiting.pop(); item; item = waiting.pop()) {
    yield item;
    if (item.kind === kinds.folder) waiting.push(...store.items.children(item.id, item.owner_id));
  }
}
