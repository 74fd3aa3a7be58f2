/** What a run leaves in memory for as long as the process, and its signals, live: nothing. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { download } from './download/download-tree.ts';
import { openBox } from './testing/box.ts';
import { makeTree, temporaryFolder } from './testing/disk.ts';
import { upload } from './upload/upload-tree.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`folder/${n}`, `${n}`]));

test('a process that runs jobs again and again keeps nothing of those that are over', async (t) => {
  await using box = await openBox();
  const { client } = box;
  const disk = await temporaryFolder(t);
  const folderId = await box.folder();
  await makeTree(join(disk, 'up'), files);
  const [drain, signal] = [new AbortController().signal, new AbortController().signal];
  /** Whoever watches a run is held by it as long as it is held. */
  const watched = async (run: (onEvent: () => void) => Promise<unknown>) => {
    const watcher = { events: 0 };
    await run(() => {
      watcher.events += 1;
    });
    assert.ok(watcher.events > 0);
    return new WeakRef(watcher);
  };
  const sources = [join(disk, 'up/')];
  const directory = join(disk, 'down');
  const common = { client, drain, signal };
  const watchers = {
    upload: await watched((onEvent) =>
      upload({ ...common, sources, folderId, mode: 'upload', onEvent }),
    ),
    download: await watched((onEvent) => download({ ...common, folderId, directory, onEvent })),
  };
  await new Promise((resolve) => setImmediate(resolve));
  collectGarbage();
  for (const [name, watcher] of Object.entries(watchers)) {
    assert.equal(watcher.deref(), undefined, `${name} is held`);
  }
});
