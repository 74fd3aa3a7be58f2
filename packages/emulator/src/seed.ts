import { setImmediate } from 'node:timers/promises';
import { Access } from './access/access.ts';
import { type Contents, createFolder, insertFile } from './actions/new-items.ts';
import { recordInShort } from './actions/record-event.ts';
import type { Box, Caller } from './box.ts';
import { BoxError } from './box-error.ts';
import { foldName } from './names.ts';
import { type ItemRow, kinds } from './store/rows.ts';
import type { Store } from './store/store.ts';

/** Where things are that were made, by their path. */
export type SeededItems = Record<string, { type: 'file' | 'folder'; id: string }>;

/** How many paths are made in one transaction; others get their turn between. */
const batchPaths = 5000;

/** A path with what is to be there; without contents it is a folder. */
interface Plan {
  path: string;
  contents: Contents | undefined;
}

/**
 * Makes files and the folders that they need, as if `caller` had uploaded them, but past all weather, limits and
 * counts. See `Emulator.seed`.
 */
export async function seedTree(
  box: Box,
  caller: Caller,
  tree: Record<string, string | Uint8Array>,
): Promise<SeededItems> {
  const made: SeededItems = {};
  const paths = Object.keys(tree);
  const keep = keeper(box.store);
  for (let start = 0; start < paths.length; start += batchPaths) {
    if (start > 0) await setImmediate();
    const plans: Plan[] = [];
    for (const path of paths.slice(start, start + batchPaths)) {
      const isFile = !path.endsWith('/');
      plans.push({ path, contents: isFile ? await keep(tree[path] ?? '') : undefined });
    }
    // What is made here is not shown, so no URL is needed.
    const access = new Access({ store: box.store, caller, downloadUrl: () => '' });
    box.store.transaction(() => new Sower(access, made).make(plans));
  }
  return made;
}

/** Keeps contents, the same ones once. */
function keeper({ blobs }: Store): (contents: string | Uint8Array) => Promise<Contents> {
  const kept = new Set<string>();
  return async (contents) => {
    const writer = blobs.write();
    await writer.write(Buffer.from(contents));
    const digest = writer.digest();
    if (kept.has(digest.sha1)) await writer.discard();
    else await writer.keep();
    kept.add(digest.sha1);
    return digest;
  };
}

/** Makes one batch: looks each folder up once, and adds up what comes into it. */
class Sower {
  readonly #access: Access;
  readonly #made: SeededItems;
  readonly #root: ItemRow;
  readonly #folders = new Map<string, ItemRow>();
  readonly #newBytes = new Map<ItemRow, number>();

  constructor(access: Access, made: SeededItems) {
    this.#access = access;
    this.#made = made;
    this.#root = access.active('folder', '0');
  }

  make(plans: readonly Plan[]): void {
    for (const { path, contents } of plans) {
      const names = path.split('/').filter((name) => name !== '');
      if (contents === undefined) this.#folder(names);
      else this.#file(path, names, contents);
    }
    for (const [{ id, owner_id: ownerId }, bytes] of this.#newBytes) {
      this.#access.store.items.addSize(id, ownerId, bytes, bytes);
    }
  }

  #file(path: string, names: readonly string[], contents: Contents): void {
    // The last file with the same contents may have been deleted for good meanwhile.
    if (!this.#access.store.blobs.has(contents.sha1)) throw new BoxError('unavailable');
    const folder = this.#folder(names.slice(0, -1));
    const file = insertFile(this.#access, { folder, name: names.at(-1) ?? '', contents });
    this.#newBytes.set(folder, (this.#newBytes.get(folder) ?? 0) + contents.sizeBytes);
    recordInShort(this.#access, 'upload', file);
    this.#made[path] = { type: 'file', id: String(file.id) };
  }

  /** The folder that the names lead to, made as far as it is not there. */
  #folder(names: readonly string[]): ItemRow {
    const name = names.at(-1);
    if (name === undefined) return this.#root;
    const path = `/${names.join('/')}`;
    const known = this.#folders.get(path);
    if (known !== undefined) return known;
    const parent = this.#folder(names.slice(0, -1));
    const { store, userId } = this.#access;
    const there = store.items.childNamed(parent.id, userId, foldName(name));
    if (there !== undefined && there.kind !== kinds.folder) throw new BoxError('item_name_in_use');
    const folder = there ?? this.#newFolder(parent, name);
    this.#folders.set(path, folder);
    this.#made[path] = { type: 'folder', id: String(folder.id) };
    return folder;
  }

  #newFolder(parent: ItemRow, name: string): ItemRow {
    const folder = createFolder(this.#access, { folder: parent, name });
    recordInShort(this.#access, 'create', folder);
    return folder;
  }
}
