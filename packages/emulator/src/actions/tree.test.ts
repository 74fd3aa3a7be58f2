/** Any sequence of changes to a tree leaves its sums, its names and its contents in order. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { sanitizeName } from '../names.ts';
import { type ItemRow, isFile, kinds, typeOf } from '../store/rows.ts';
import { openStore, type Store } from '../store/store.ts';
import { changeItem } from './change-item.ts';
import { copyItem } from './copy.ts';
import { createFile, createFolder } from './new-items.ts';
import { addVersion } from './new-version.ts';
import { storeContents } from './store-contents.ts';
import { moveToTrash, purge, restoreFromTrash } from './trash.ts';

type Step =
  | { do: 'folder' | 'copy' | 'move'; what: number; where: number; name: string }
  | { do: 'file' | 'version'; what: number; where: number; name: string; contents: string }
  | { do: 'rename' | 'restore'; what: number; where: number; name: string }
  | { do: 'trash' | 'purge'; what: number; where: number; name: string };

const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom(
    ...([
      'folder',
      'copy',
      'move',
      'file',
      'version',
      'rename',
      'restore',
      'trash',
      'purge',
    ] as const),
  ),
  what: fc.nat(50),
  where: fc.nat(50),
  name: fc.constantFrom('a', 'A', 'b', 'c', 'd'),
  contents: fc.constantFrom('', 'x', 'hello', 'something longer'),
}) as fc.Arbitrary<Step>;

function openTree() {
  const store = openStore({ clock: { now: () => 1_700_000_000_000 } });
  const user = store.users.create({ enterpriseId: null, name: 'A', login: 'a@example.com' });
  const caller = {
    userId: String(user.id),
    enterpriseId: '',
    clientId: '',
    tokenHash: '',
    scopes: ['root_readwrite'],
    restrictedTo: undefined,
  };
  return {
    store,
    userId: user.id,
    access: () => new Access({ store, caller, downloadUrl: () => '' }),
  };
}

/** Does one step to whatever its numbers point at; Box's refusals are outcomes like any other. */
function take(tree: ReturnType<typeof openTree>, made: Set<number>, step: Step): void {
  const access = tree.access();
  const { store } = tree;
  const rows = [...made].flatMap((id) => store.items.get(id) ?? []);
  const what = rows[step.what % (rows.length || 1)];
  const folders = rows.filter((row) => row.kind === kinds.folder);
  const folder = () => access.destination(folders[step.where % (folders.length + 1)]?.id ?? 0);
  const change = () => {
    if (step.do === 'folder') return createFolder(access, { folder: folder(), name: step.name });
    if (!what) return undefined;
    const type = typeOf(what.kind);
    if (step.do === 'restore') {
      const asked = { name: step.name, parentId: undefined };
      return restoreFromTrash(access, access.trashed(type, what.id), asked);
    }
    const item = access.changeable(type, what.id);
    if (step.do === 'rename') return changeItem(access, item, { name: step.name });
    if (step.do === 'move') return changeItem(access, item, { parent: { id: folder().id } });
    if (step.do === 'copy') return copyItem(access, item, folder(), sanitizeName(step.name));
    moveToTrash(access, item, step.what % 2 === 0);
    return undefined;
  };
  if (step.do === 'file' || step.do === 'version') {
    upload(access, what, folder, step.name, step.contents, made);
  } else if (step.do === 'purge') {
    if (what) purge(access, () => access.trashed(typeOf(what.kind), what.id));
  } else {
    const item = store.transaction(change);
    if (item) made.add(item.id);
  }
}

function upload(
  access: Access,
  what: ItemRow | undefined,
  folder: () => ItemRow,
  name: string,
  text: string,
  made: Set<number>,
): void {
  const writer = access.store.blobs.write();
  assert.equal(writer.write(Buffer.from(text)), undefined, 'little needs no waiting');
  const contents = writer.digest();
  const item = storeContents(
    access.store,
    contents.sha1,
    () => writer.keep(),
    () => {
      if (!what || !isFile(what)) return createFile(access, { folder: folder(), name, contents });
      return addVersion(access, access.changeableFile(what.id), { contents });
    },
  );
  assert.ok(!(item instanceof Promise), 'small contents are kept at once');
  made.add(item.id);
}

/** Adds up what lies below a folder, checking each folder's own sum and that no name is there twice. */
function sumBelow(store: Store, folderId: number, ownerId: number): number {
  const children = store.items.children(folderId, ownerId);
  const names = new Set(children.map((child) => child.name.toLowerCase()));
  assert.equal(names.size, children.length);
  assert.equal(store.listing.count(folderId, ownerId), children.length);
  let sum = 0;
  for (const child of children) {
    if (child.kind === kinds.folder) {
      const below = sumBelow(store, child.id, ownerId);
      assert.equal(child.size, below, `the size of folder ${child.name}`);
    }
    sum += child.size;
  }
  return sum;
}

test('sums, names and contents stay in order whatever is done to a tree', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const tree = openTree();
      const { store, userId } = tree;
      try {
        const made = new Set<number>();
        for (const each of steps) {
          try {
            take(tree, made, each);
          } catch (error) {
            if (!(error instanceof BoxError) || error.status >= 500) throw error;
          }
        }
        assert.equal(store.users.get(userId)?.root_size, sumBelow(store, 0, userId));
        assert.equal(store.users.get(userId)?.space_used, keptBytes(store));
        for (const { sha1 } of contentsOf(store)) assert.ok(store.blobs.has(sha1));
      } finally {
        store.close();
      }
    }),
    { numRuns: 150 },
  );
});

function contentsOf(store: Store): { sha1: string; size: number }[] {
  const query =
    'SELECT sha1, size FROM items WHERE sha1 IS NOT NULL UNION ALL SELECT sha1, size FROM versions';
  return store.db.prepare(query).all() as { sha1: string; size: number }[];
}

function keptBytes(store: Store): number {
  return contentsOf(store).reduce((sum, { size }) => sum + size, 0);
}
