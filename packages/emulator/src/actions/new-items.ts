import type { Access } from '../access/access.ts';
import { foldName } from '../names.ts';
import { type FileRow, type ItemRow, kinds, plainColumns } from '../store/rows.ts';
import { inheritMetadata } from './cascade.ts';
import { type ConflictForm, orNameInUse } from './names-in-use.ts';

/** Contents that are in the store already. */
export interface Contents {
  sha1: string;
  sizeBytes: number;
}

interface NewItem {
  folder: ItemRow;
  name: string;
  description?: string | undefined;
  /** How to show a conflict. @default 'array' */
  form?: ConflictForm;
}

export interface NewFile extends NewItem {
  contents: Contents;
  contentCreatedAt?: number | undefined;
  contentModifiedAt?: number | undefined;
}

/** Makes a file with its first version. To be called inside a transaction. */
export function createFile(access: Access, file: NewFile): FileRow {
  const row = insertFile(access, file);
  access.store.items.addSize(row.parent_id, row.owner_id, row.size, row.size);
  return row;
}

/** As {@link createFile}, but its size is the caller's to add to the folders above and to the owner's space. */
export function insertFile(access: Access, file: NewFile): FileRow {
  const { store } = access;
  const now = store.nowSeconds();
  const id = store.items.takeIds(2);
  const row: FileRow = {
    ...blankItem(access, file, id, now),
    kind: kinds.file,
    size: file.contents.sizeBytes,
    content_created_at: file.contentCreatedAt ?? file.contentModifiedAt ?? now,
    content_modified_at: file.contentModifiedAt ?? now,
    version_id: id + 1,
    version_number: 1,
    version_created_at: now,
    version_by: access.userId,
    sha1: file.contents.sha1,
  };
  insert(access, row, file);
  return row;
}

/** Makes an empty folder. To be called inside a transaction. */
export function createFolder(
  access: Access,
  folder: NewItem & { settings?: string | null },
): ItemRow {
  const id = access.store.items.takeIds(1);
  const row: ItemRow = {
    ...blankItem(access, folder, id, access.store.nowSeconds()),
    settings: folder.settings ?? null,
  };
  insert(access, row, folder);
  return row;
}

/** Makes a web link. To be called inside a transaction. */
export function createWebLink(access: Access, link: NewItem & { url: string }): ItemRow {
  const id = access.store.items.takeIds(1);
  const row: ItemRow = {
    ...blankItem(access, link, id, access.store.nowSeconds()),
    kind: kinds.web_link,
    url: link.url,
  };
  insert(access, row, link);
  return row;
}

function insert(access: Access, row: ItemRow, item: NewItem): void {
  const target = {
    folder: item.folder,
    name: item.name,
    form: item.form ?? 'array',
    view: access.view,
  };
  orNameInUse(target, () => access.store.items.insert(row));
  inheritMetadata(access, row);
}

function blankItem(access: Access, item: NewItem, id: number, now: number): ItemRow {
  return {
    id,
    kind: kinds.folder,
    parent_id: item.folder.id,
    owner_id: item.folder.owner_id,
    name: item.name,
    folded: foldName(item.name),
    description: item.description ?? '',
    size: 0,
    etag: 0,
    sequence_id: 0,
    created_at: now,
    modified_at: now,
    content_created_at: now,
    content_modified_at: now,
    created_by: access.userId,
    modified_by: access.userId,
    ...plainColumns,
  };
}
