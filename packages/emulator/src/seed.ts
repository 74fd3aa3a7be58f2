import { Access } from './access.ts';
import { createFile, createFolder } from './actions/new-items.ts';
import { recordEvent } from './actions/record-event.ts';
import type { Box, Caller } from './box.ts';
import { BoxError } from './box-error.ts';
import { foldName } from './names.ts';
import type { ItemRow } from './store/rows.ts';

/** Where things are that were made, by their path. */
export type SeededItems = Record<string, { type: 'file' | 'folder'; id: string }>;

/**
 * Makes files and the folders that they need, as if `caller` had uploaded them, but past all weather, limits and
 * counts. See `Emulator.seed`.
 */
export async function seedTree(
  box: Box,
  caller: Caller,
  tree: Record<string, string | Uint8Array>,
): Promise<SeededItems> {
  // What is made here is not shown, so no URL is needed.
  const access = new Access({ store: box.store, caller, downloadUrl: () => '' });
  const made: SeededItems = {};
  for (const [path, contents] of Object.entries(tree)) {
    const names = path.split('/').filter((name) => name !== '');
    const fileName = path.endsWith('/') ? undefined : names.pop();
    const bytes = Buffer.from(contents);
    const kept = fileName === undefined ? undefined : await keepContents(box, bytes);
    box.store.transaction(() => {
      const folder = ensureFolders(access, names, made);
      if (fileName === undefined || kept === undefined) return;
      const file = createFile(access, { folder, name: fileName, contents: kept });
      recordEvent(access, 'upload', file);
      made[path] = { type: 'file', id: String(file.id) };
    });
  }
  return made;
}

async function keepContents(
  { store }: Box,
  bytes: Buffer,
): Promise<{ sha1: string; sizeBytes: number }> {
  const writer = store.blobs.write();
  await writer.write(bytes);
  const digest = writer.digest();
  await writer.keep();
  return digest;
}

/** The folder that the names lead to, made as far as it is not there. */
function ensureFolders(access: Access, names: readonly string[], made: SeededItems): ItemRow {
  let folder = access.active('folder', '0');
  let path = '';
  for (const name of names) {
    path += `/${name}`;
    const { store, userId } = access;
    const there = store.items.childNamed(folder.id, userId, foldName(name));
    if (there !== undefined && there.kind !== 0) throw new BoxError('item_name_in_use');
    folder = there ?? newFolder(access, folder, name);
    made[path] = { type: 'folder', id: String(folder.id) };
  }
  return folder;
}

function newFolder(access: Access, parent: ItemRow, name: string): ItemRow {
  const folder = createFolder(access, { folder: parent, name });
  recordEvent(access, 'create', folder);
  return folder;
}
