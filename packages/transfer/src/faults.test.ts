import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import type { FaultAction, FaultMatch } from '@boxhaul/emulator';
import { download } from './download/download-tree.ts';
import { IMPATIENT, openBox, type TestBox } from './testing/box.ts';
import { makeTree, readTree, temporaryFolder } from './testing/disk.ts';
import { upload } from './upload/upload-tree.ts';

const SMALL = { 'a.txt': 'small', 'b.bin': 'x'.repeat(300_000) };
const MIDDLE = { 'm.bin': Buffer.alloc(3_000_000, 'middle ').toString('latin1') };

/** What can befall any request. */
const weather: Record<string, FaultAction> = {
  'a cut before': { cut: 'before' },
  'a cut in the body': { cut: 'in' },
  'a cut after the body': { cut: 'after' },
  'a stall': { stall: 'before' },
  '429 with seconds': { status: 429, retryAfter: 1, code: 'rate_limit_exceeded' },
  '429 with a date': { status: 429, retryAfter: 1, retryAfterDate: true },
  'a 500': { status: 500 },
  'a 502 that is no JSON': { status: 502, body: '<html>' },
  'a 503 with Retry-After': { status: 503, retryAfter: 1 },
  'an expired token': { expireToken: true },
};

const wrongBytes: Record<string, FaultAction> = {
  'wrong bytes': { wrongBytes: true },
  'wrong bytes twice': { wrongBytes: true },
};

interface Place {
  tree: Record<string, string>;
  match: FaultMatch;
  faults: Record<string, FaultAction>;
}

const uploads: Record<string, Place> = {
  'listing the target': {
    tree: SMALL,
    match: { path: '/folders/:id/items' },
    faults: { ...weather, ...wrongBytes, 'a stall in the answer': { stall: 'in' } },
  },
  'making a folder': {
    tree: { 'x/y/a': 'a' },
    match: { method: 'POST', path: '/folders' },
    faults: weather,
  },
  'a small upload': {
    tree: SMALL,
    match: { method: 'POST', path: '/files/content' },
    faults: { ...weather, ...wrongBytes },
  },
  'a streamed upload': {
    tree: MIDDLE,
    match: { method: 'POST', path: '/files/content' },
    faults: { ...weather, ...wrongBytes },
  },
};

describe('uploads', { concurrency: 8 }, () => {
  for (const [place, { tree, match, faults }] of Object.entries(uploads)) {
    for (const [what, action] of Object.entries(faults)) {
      test(`upload gets over ${what} at ${place}`, async (t) => {
        await using box = await openBox({}, 'stall' in action ? IMPATIENT : {});
        const disk = await temporaryFolder(t);
        await makeTree(disk, tree);
        const folderId = await box.folder();
        const times = what.endsWith('twice') ? 2 : 1;
        const fault = box.emulator.faults.add({ match, action, times });
        const report = await upload({
          client: box.client,
          sources: [`${disk}/`],
          folderId,
          mode: 'upload',
        });
        assert.deepEqual(report.failures, []);
        assert.equal(report.transferred, Object.keys(tree).length);
        assert.deepEqual(await box.tree(folderId), tree);
        assert.deepEqual(await box.trash(), []);
        assert.equal(fault.hits, times);
      });
    }
  }
});

const downloads: Record<string, Place> = {
  listing: {
    tree: SMALL,
    match: { path: '/folders/:id/items' },
    faults: { ...weather, ...wrongBytes, 'a stall in the answer': { stall: 'in' } },
  },
  'asking for a file': {
    tree: SMALL,
    match: { method: 'GET', path: '/files/:id/content' },
    faults: weather,
  },
  'a small download': {
    tree: SMALL,
    match: { host: 'download' },
    faults: {
      ...weather,
      ...wrongBytes,
      'a stall in the body': { stall: 'in' },
      'a 404 of the download host': { status: 404 },
    },
  },
  'a streamed download': {
    tree: MIDDLE,
    match: { host: 'download' },
    faults: { ...weather, ...wrongBytes, 'a stall in the body': { stall: 'in' } },
  },
};
for (const place of Object.values(downloads)) {
  if (place.match.host === 'download') delete place.faults['an expired token'];
}

describe('downloads', { concurrency: 8 }, () => {
  for (const [place, { tree, match, faults }] of Object.entries(downloads)) {
    for (const [what, action] of Object.entries(faults)) {
      test(`download gets over ${what} at ${place}`, async (t) => {
        await using box = await openBox({}, 'stall' in action ? IMPATIENT : {});
        const disk = await temporaryFolder(t);
        const folderId = await seed(box, disk, tree);
        const times = what.endsWith('twice') ? 2 : 1;
        const fault = box.emulator.faults.add({ match, action, times });
        const directory = join(disk, 'down');
        const report = await download({ client: box.client, folderId, directory });
        assert.deepEqual(report.failures, []);
        assert.equal(report.transferred, Object.keys(tree).length);
        assert.deepEqual(await readTree(directory), tree);
        assert.equal(fault.hits, times);
      });
    }
  }
});

async function seed(box: TestBox, disk: string, tree: Record<string, string>): Promise<string> {
  const folderId = await box.folder();
  const binary = Object.entries(tree).map(([path, text]) => [path, Buffer.from(text, 'latin1')]);
  await makeTree(join(disk, 'up'), Object.fromEntries(binary));
  const sources = [`${disk}/up/`];
  const report = await upload({ client: box.client, sources, folderId, mode: 'upload' });
  assert.deepEqual(report.failures, []);
  return folderId;
}
