/** Whatever moves between users, each tree has one owner and each user's sums are right. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { rootFolderId } from '../ids.ts';
import type { CollaborationRow } from '../store/collaborations.ts';
import { type ItemRow, isFile, kinds, typeOf } from '../store/rows.ts';
import { openStore, type Store } from '../store/store.ts';
import { changeItem } from './change-item.ts';
import { collaborate } from './collaborate.ts';
import { handOver } from './hand-over.ts';
import { createFile, createFolder } from './new-items.ts';
import { addVersion } from './new-version.ts';
import { moveToTrash, purge, restoreFromTrash } from './trash.ts';

const deeds = ['folder', 'file', 'version', 'move', 'trash', 'restore', 'purge', 'owner'] as const;

const step = fc.record({
  do: fc.constantFrom(...deeds),
  who: fc.nat(1),
  what: fc.nat(30),
  where: fc.nat(30),
});

type Step = { do: (typeof deeds)[number]; who: number; what: number; where: number };

/** Two colleagues who have given each other a folder. */
function openPair() {
  const store = openStore({ clock: { now: () => 1_700_000_000_000 } });
  const { id: enterpriseId } = store.users.createEnterprise({ name: 'E' });
  const ids = ['a', 'b'].map(
    (name) => store.users.create({ enterpriseId, name, login: `${name}@example.test` }).id,
  );
  const access = (who: number) =>
    new Access({
      store,
      caller: {
        userId: String(ids[who]),
        clientId: '',
        enterpriseId: '',
        tokenHash: '',
        scopes: ['root_readwrite'],
        restrictedTo: undefined,
      },
      downloadUrl: () => '',
    });
  const made: number[] = [];
  for (const who of [0, 1]) {
    const by = access(who);
    const name = `of ${who}`;
    const folder = createFolder(by, { folder: by.destination(rootFolderId), name });
    made.push(folder.id);
    const item = { type: 'folder', id: String(folder.id) };
    collaborate(by, { item, accessible_by: { type: 'user', id: ids[1 - who] }, role: 'editor' });
  }
  return { store, ids, access, made };
}

function take({ store, access, made }: ReturnType<typeof openPair>, step: Step): void {
  const by = access(step.who);
  const rows = made.flatMap((id) => store.items.get(id) ?? []);
  const what = rows[step.what % rows.length];
  const folders = rows.filter((row) => row.kind === kinds.folder);
  const folder = () => by.destination(folders[step.where % (folders.length + 1)]?.id ?? 0);
  const name = `${step.do} ${made.length}`;
  const contents = { sha1: name, sizeBytes: step.where + 1 };
  if (step.do === 'folder') made.push(createFolder(by, { folder: folder(), name }).id);
  if (step.do === 'file') made.push(createFile(by, { folder: folder(), name, contents }).id);
  if (!what) return;
  const type = typeOf(what.kind);
  if (step.do === 'version') addVersion(by, by.changeableFile(what.id, 'version'), { contents });
  if (step.do === 'move') {
    changeItem(by, by.changeable(type, what.id, 'delete'), { parent: { id: folder().id } });
  }
  if (step.do === 'trash') moveToTrash(by, by.changeable(type, what.id, 'delete'), true);
  if (step.do === 'restore') {
    const asked = { name: undefined, parentId: undefined };
    restoreFromTrash(by, by.trashed(type, what.id), asked);
  }
  if (step.do === 'purge') purge(by, () => by.trashed(type, what.id));
  const row = collaborationOn(store, what);
  if (step.do === 'owner' && row) handOver(by, row);
}

function collaborationOn(store: Store, item: ItemRow): CollaborationRow | undefined {
  return store.collaborations.ofItem(item.id, { limit: 1 })[0];
}

function checkSums({ store, ids, made }: ReturnType<typeof openPair>): void {
  const rows = made.flatMap((id) => store.items.get(id) ?? []);
  for (const owner of ids) {
    const own = rows.filter((row) => row.owner_id === owner);
    const kept = own.filter(isFile).map((file) => bytesKept(store, file.id, file.size));
    const inRoot = own.filter((row) => row.parent_id === 0 && row.trashed_at === null);
    const user = store.users.get(owner);
    assert.equal(user?.space_used, sum(kept), 'space');
    assert.equal(user?.root_size, sum(inRoot.map((row) => row.size)), 'root');
  }
  for (const owner of ids) {
    for (const folder of [0, ...made]) {
      const { length } = store.items.children(folder, owner);
      assert.equal(store.listing.count(folder, owner), length, 'count');
    }
  }
  for (const row of rows.filter((one) => one.trashed_at === null && one.parent_id !== 0)) {
    const parent = store.items.get(row.parent_id);
    if (parent) assert.equal(row.owner_id, parent.owner_id, 'one owner');
  }
}

function bytesKept(store: Store, fileId: number, size: number): number {
  return size + sum(store.versions.page(fileId, 0, 1000).map((version) => version.size));
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

test('sums and owners stay right whatever two users do to each other’s folders', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
      const pair = openPair();
      try {
        for (const one of steps) {
          try {
            pair.store.transaction(() => take(pair, one));
          } catch (error) {
            if (!(error instanceof BoxError)) throw error;
          }
        }
        checkSums(pair);
      } finally {
        pair.store.close();
      }
    }),
    { numRuns: 60 },
  );
});
