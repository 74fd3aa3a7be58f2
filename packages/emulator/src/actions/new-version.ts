import type { Access } from '../access/access.ts';
import { foldName } from '../names.ts';
import type { FileRow } from '../store/rows.ts';
import { orNameInUse } from './names-in-use.ts';
import type { Contents } from './new-items.ts';

export interface NewVersion {
  contents: Contents;
  /** Renames the file as well. */
  name?: string | undefined;
  contentModifiedAt?: number | undefined;
  description?: string | undefined;
}

/**
 * Puts new contents in place of a file's current ones, which become a past version; the file's id
 * stays, the version's is new. To be called inside a transaction.
 *
 * @returns the file as it is now
 */
export function addVersion(access: Access, file: FileRow, version: NewVersion): FileRow {
  const { store } = access;
  const now = store.nowSeconds();
  const name = version.name ?? file.name;
  store.versions.keepCurrent(file);
  const changes = {
    name,
    folded: foldName(name),
    description: version.description ?? file.description,
    size: version.contents.sizeBytes,
    sha1: version.contents.sha1,
    etag: file.etag + 1,
    sequence_id: file.sequence_id + 1,
    modified_at: now,
    modified_by: access.userId,
    content_modified_at: version.contentModifiedAt ?? now,
    version_id: store.items.takeIds(1),
    version_number: file.version_number + 1,
    version_created_at: now,
    version_by: access.userId,
  };
  const folder = { id: file.parent_id, owner_id: file.owner_id };
  orNameInUse({ folder, name, form: 'object', view: access.view }, () =>
    store.items.update(file.id, changes),
  );
  const grownBytes = changes.size - file.size;
  store.items.addSize(file.parent_id, file.owner_id, grownBytes, changes.size);
  return { ...file, ...changes };
}
