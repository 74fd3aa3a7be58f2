import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { type ItemRow, isFile, kinds } from '../store/rows.ts';
import { copyMetadata } from './copy-metadata.ts';
import { createFile, createFolder, createWebLink } from './new-items.ts';
import { recordEvent } from './record-event.ts';
import { checkSpace } from './room.ts';

/**
 * Copies an item into a folder: new ids, the current version only, the content times kept, no
 * shared link. A folder takes along what is below it. To be called inside a transaction.
 *
 * @throws BoxError 403 `storage_limit_exceeded`
 */
export function copyItem(access: Access, source: ItemRow, folder: ItemRow, name: string): ItemRow {
  // A folder's size is that of all below it.
  checkSpace(access, folder.owner_id, source.size);
  // The list first: a folder may be copied into itself.
  const below = source.kind === kinds.folder ? listBelow(access, source) : [];
  const top = copyOne(access, source, folder, name);
  const copies = new Map([[source.id, top]]);
  for (const item of below) {
    const parent = copies.get(item.parent_id);
    if (!parent) throw new BoxError('internal_server_error');
    copies.set(item.id, copyOne(access, item, parent, item.name));
  }
  const copied = access.store.items.get(top.id) ?? top;
  recordEvent(access, 'copy', copied);
  return copied;
}

/** Everything below a folder, each folder before what it holds. */
function listBelow(access: Access, folder: ItemRow): ItemRow[] {
  const found = access.store.items.children(folder.id, folder.owner_id);
  // It grows while it is walked.
  for (const item of found) {
    if (item.kind === kinds.folder) {
      found.push(...access.store.items.children(item.id, item.owner_id));
    }
  }
  return found;
}

function copyOne(access: Access, source: ItemRow, folder: ItemRow, name: string): ItemRow {
  const copy = createCopy(access, source, folder, name);
  copyMetadata(access, source, copy);
  return copy;
}

function createCopy(access: Access, source: ItemRow, folder: ItemRow, name: string): ItemRow {
  const common = { folder, name, description: source.description };
  if (isFile(source)) {
    return createFile(access, {
      ...common,
      contents: { sha1: source.sha1, sizeBytes: source.size },
      contentCreatedAt: source.content_created_at,
      contentModifiedAt: source.content_modified_at,
    });
  }
  if (source.url !== null) return createWebLink(access, { ...common, url: source.url });
  return createFolder(access, { ...common, settings: source.settings });
}
