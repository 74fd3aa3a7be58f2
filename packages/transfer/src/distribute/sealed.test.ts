import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import type { BoxFile } from '@boxhaul/client';
import {
  formOf,
  generateKey,
  identitiesFrom,
  NAME_KEY_FILE,
  nameCipherFrom,
  open,
  recipientsFrom,
} from '@boxhaul/seal';
import { createSealTemplate, SEAL_TEMPLATE_KEY } from '../sealing/template.ts';
import { openState } from '../state/state.ts';
import { openBox, type TestBox } from '../testing/box.ts';
import { countedOrigin } from '../testing/counted-origin.ts';
import { makeTree, temporaryFolder } from '../testing/disk.ts';
import { codes } from '../testing/run.ts';
import type { DistributeOptions, Remembering } from '../transfer.ts';
import { distribute } from './distribute.ts';

const key = await generateKey();
const recipients = recipientsFrom([{ text: key.recipient }]);
const identities = identitiesFrom([{ text: key.file }]);
const letter = 'All is well here. '.repeat(100);
const seal = { compress: true, recipients };

test('each file is read, sealed and sent once, and copied: all targets have the same bytes', async (t) => {
  const { box, disk, targets, send } = await stage(t, 3, 'template');
  const noise = randomBytes(3000).toString('latin1');
  await makeTree(disk, { 'letter.txt': letter, 'deep/noise.bin': Buffer.from(noise, 'latin1') });
  const { origin, asked } = countedOrigin([`${disk}/`]);
  const planned = await send({ dryRun: true });
  const report = await send({ sources: origin });
  assert.deepEqual([report.transferred, report.copied, report.failed], [6, 4, 0]);
  assert.equal(report.bytes, letter.length + noise.length);
  assert.deepEqual(asked.opened, { 'letter.txt': 1, 'noise.bin': 1 });
  assert.deepEqual(taken(box), { sent: 2, versions: 0, copied: 4, said: 2 });
  const all = await Promise.all(targets.map(({ folderId }) => box.tree(folderId)));
  assert.deepEqual(Object.keys(all[0] ?? {}), ['deep/noise.bin.age', 'letter.txt.zst.age']);
  assert.deepEqual([all[1], all[2]], [all[0], all[0]]);
  for (const { folderId } of targets.slice(1)) {
    const opened = await openedTree(box, folderId);
    assert.deepEqual(opened, { 'deep/noise.bin.age': noise, 'letter.txt.zst.age': letter });
  }
  // The template, listings, folders, what is sent, what is said of it, and copies.
  const least = 1 + 3 + 3 + 2 + 2 + 4;
  assert.deepEqual(
    [planned.predictedCalls, report.predictedCalls, report.calls.calls],
    [least, least, least],
  );
});

for (const where of ['template', 'state'] as const) {
  test(`a rerun makes listings only, by what the ${where} says of each copy`, async (t) => {
    const { box, disk, targets, send } = await stage(t, 3, where);
    await makeTree(disk, { 'letter.txt': letter });
    await send({ sources: countedOrigin([`${disk}/`]).origin });
    const remember = where === 'template' ? await memory(t) : undefined;
    const { origin, asked } = countedOrigin([`${disk}/`]);
    const report = await send({ sources: origin, ...(remember && { remember }) });
    assert.deepEqual(report.skippedBy, { same: 3 });
    assert.equal(report.calls.calls, 1 + 3, 'the template and the listings');
    assert.equal(report.predictedCalls, 4);
    assert.equal(taken(box).sent, 1);
    if (where === 'state') assert.deepEqual(asked.bytesRead, {});
    for (const { folderId } of targets) {
      const { id } = await box.file(folderId, 'letter.txt.zst.age');
      const said = await box.client.metadata.list({ type: 'file', id });
      const expected = where === 'template' ? [SEAL_TEMPLATE_KEY] : [];
      assert.deepEqual(
        said.map(({ $template }) => $template),
        expected,
      );
    }
  });
}

test('where a template says that copies come without metadata, each copy is told of', async (t) => {
  const { box, disk, send } = await stage(t, 3, 'template');
  const template = { scope: 'enterprise', templateKey: SEAL_TEMPLATE_KEY } as const;
  await box.client.metadataTemplates.update(template, [
    { op: 'editTemplate', data: { copyInstanceOnItemCopy: false } },
  ]);
  await makeTree(disk, { 'letter.txt': letter });
  const planned = await send({ dryRun: true });
  const report = await send();
  assert.equal(taken(box).said, 3);
  assert.equal(planned.predictedCalls, report.calls.calls);
  const again = await send({ remember: await memory(t) });
  assert.deepEqual(again.skippedBy, { same: 3 });
});

test('what one target has sealed is copied to those that lack it, not sealed anew', async (t) => {
  const { box, disk, targets, send } = await stage(t, 3);
  await makeTree(disk, { 'letter.txt': letter });
  await send({ targets: targets.slice(2) });
  const planned = await send({ dryRun: true });
  const report = await send();
  assert.deepEqual([report.copied, report.skipped, report.bytes], [2, 1, 0]);
  assert.equal(planned.predictedCalls, report.calls.calls);
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'letter.txt.zst.age']);
});

test('what is sealed for others is sealed anew for those who are to open it now', async (t) => {
  const { box, disk, targets, send } = await stage(t, 3);
  await makeTree(disk, { 'letter.txt': letter });
  const other = await generateKey();
  const others = recipientsFrom([{ text: other.recipient }]);
  await send({ targets: targets.slice(0, 1), seal: { ...seal, recipients: others } });
  const report = await send();
  assert.deepEqual([report.transferred, report.copied, report.skipped], [2, 1, 1]);
  for (const { folderId } of targets.slice(1)) {
    assert.deepEqual(await openedTree(box, folderId), { 'letter.txt.zst.age': letter });
  }
});

test('a copy takes the name of the form that it has', async (t) => {
  const { box, disk, targets, send } = await stage(t, 2);
  await makeTree(disk, { 'letter.txt': letter });
  await send({ targets: targets.slice(0, 1), seal: { recipients } });
  await send();
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'letter.txt.age']);
});

test('versions are the same sealed file, sent to each target', async (t) => {
  const { box, disk, targets, send } = await stage(t, 3, 'template');
  await makeTree(disk, { 'letter.txt': letter });
  await send();
  await makeTree(disk, { 'letter.txt': 'another' });
  const { origin, asked } = countedOrigin([`${disk}/`]);
  const report = await send({ sources: origin });
  assert.deepEqual(report.transferredBy, { version: 3 });
  assert.equal(report.predictedCalls, report.calls.calls);
  assert.equal(asked.opened['letter.txt'], 1);
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'letter.txt.zst.age']);
  assert.deepEqual((await send()).skippedBy, { same: 3 });
});

test('copies take the place of what is replaced', async (t) => {
  const { box, disk, targets, send } = await stage(t, 3);
  await makeTree(disk, { 'letter.txt': letter });
  await send();
  await makeTree(disk, { 'letter.txt': 'another' });
  const report = await send({ mode: 'overwrite' });
  assert.deepEqual(report.transferredBy, { replaced: 3 });
  assert.equal(report.copied, 2);
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'letter.txt.zst.age']);
});

test('a target that is closed does not hold up the others, and costs one refusal', async (t) => {
  const { box, disk, targets, send } = await stage(t, 2);
  await makeTree(disk, { 'letter.txt': letter, 'note.txt': 'a note' });
  const closed = { label: '/closed', folderId: await readOnlyFolder(box) };
  for (const encryptNames of [false, true]) {
    box.emulator.resetCounts();
    const report = await send({
      targets: [closed, ...targets],
      seal: { ...seal, encryptNames },
      concurrency: 1,
    });
    assert.deepEqual([report.transferred, report.copied], [4, 2]);
    const keys = encryptNames ? 2 : 0;
    assert.equal(taken(box).sent, 2 + keys + 1, 'the last of them is refused');
    const refused = encryptNames ? { '/closed/': 'no-permission' } : {};
    assert.deepEqual(codes(report), {
      ...refused,
      '/closed//letter.txt': 'no-permission',
      '/closed//note.txt': 'no-permission',
    });
  }
});

for (const via of ['auto', 'copy'] as const) {
  test(`where Box refuses to copy, ${via} ${via === 'auto' ? 'sends what was sealed' : 'fails'}`, async (t) => {
    const { box, disk, targets, send } = await stage(t, 3);
    await makeTree(disk, { 'letter.txt': letter });
    box.emulator.faults.add({
      match: { method: 'POST', path: '/files/*/copy' },
      action: { status: 403, code: 'access_denied_insufficient_permissions' },
      times: 'always',
    });
    const report = await send({ via });
    const { transferred, copied, failed } = report;
    assert.deepEqual(
      [transferred, copied, failed],
      via === 'auto' ? [3, undefined, 0] : [1, undefined, 2],
    );
    if (via === 'auto')
      assert.deepEqual(await sealedSha1s(box, targets), [1, 'letter.txt.zst.age']);
  });
}

test('each target has a key of names of its own, and the same sealed contents', async (t) => {
  const { box, disk, targets, send } = await stage(t, 2);
  await makeTree(disk, { 'below/letter.txt': letter });
  const names = { ...seal, encryptNames: true };
  const planned = await send({ seal: names, dryRun: true });
  const report = await send({ seal: names });
  assert.deepEqual([report.transferred, report.copied, report.failures], [2, 1, []]);
  assert.equal(planned.predictedCalls, report.calls.calls);
  for (const { folderId } of targets) {
    const { [NAME_KEY_FILE]: text = '', ...files } = await openedTree(box, folderId);
    const cipher = nameCipherFrom(text);
    const named = Object.entries(files).map(([path, contents]) => {
      const parts = path.replace(/\.zst\.age$/, '').split('/');
      return [parts.map((part) => cipher.decrypt(part)).join('/'), contents];
    });
    assert.deepEqual(named, [['below/letter.txt', letter]]);
  }
  assert.deepEqual((await send({ seal: names })).skippedBy, { same: 2 });
});

test('of a large file nothing stays where it waited, and its copies are proven', async (t) => {
  const { box, disk, targets, send } = await stage(t, 3);
  await makeTree(disk, { 'large.bin': Buffer.alloc(51_000_000, randomBytes(999)) });
  const directory = await temporaryFolder(t);
  const { origin, asked } = countedOrigin([`${disk}/`]);
  const report = await send({ sources: origin, seal: { recipients, directory } });
  assert.deepEqual([report.transferred, report.copied, report.failures], [3, 2, []]);
  assert.equal(asked.bytesRead['large.bin'], 51_000_000);
  assert.deepEqual(await readdir(directory), []);
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'large.bin.age']);
});

test('a large file that could not be sent is not sealed anew by the next run', async (t) => {
  const { box, disk, targets, send } = await stage(t, 2);
  await makeTree(disk, { 'large.bin': Buffer.alloc(51_000_000, randomBytes(999)) });
  const directory = await temporaryFolder(t);
  const fault = box.emulator.faults.add({
    match: { method: 'POST', path: '/files/upload_sessions/*/commit' },
    action: { status: 400, code: 'bad_request' },
    times: 'always',
  });
  const large = { recipients, directory };
  const failed = await send({ sources: countedOrigin([`${disk}/`]).origin, seal: large });
  assert.equal(failed.failed, 2);
  assert.equal((await readdir(directory)).length, 1, 'sealed once for both');
  fault.remove();
  const { origin, asked } = countedOrigin([`${disk}/`]);
  const report = await send({ sources: origin, seal: large });
  assert.deepEqual([report.transferred, report.copied, report.failures], [2, 1, []]);
  assert.deepEqual(asked.bytesRead, {});
  assert.deepEqual(await readdir(directory), []);
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'large.bin.age']);
});

test('nothing is remembered: the copies are the same all the same', async (t) => {
  const { box, disk, targets } = await stage(t, 3);
  await makeTree(disk, { 'letter.txt': letter });
  const { client } = box;
  const sources = [`${disk}/`];
  const report = await distribute({ client, sources, targets, mode: 'update', seal });
  assert.deepEqual([report.transferred, report.copied], [3, 2]);
  assert.deepEqual(await sealedSha1s(box, targets), [1, 'letter.txt.zst.age']);
});

/** Folders `/t1`, `/t2`, … and what sends to them, remembered by one state. */
async function stage(t: TestContext, count: number, saysWhere: 'template' | 'state' = 'state') {
  const box = await openBox();
  t.after(() => box[Symbol.asyncDispose]());
  if (saysWhere === 'template') await createSealTemplate(box.client);
  const disk = await temporaryFolder(t);
  const targets: { label: string; folderId: string }[] = [];
  for (let n = 1; n <= count; n++) {
    targets.push({ label: `/t${n}`, folderId: await box.folder(`t${n}`) });
  }
  const remember = await memory(t);
  box.emulator.resetCounts();
  const { client } = box;
  const sources = [`${disk}/`];
  const send = (more: Partial<DistributeOptions> = {}) =>
    distribute({ client, sources, targets, mode: 'update', seal, remember, ...more });
  return { box, disk, targets, send };
}

async function memory(t: TestContext): Promise<Remembering> {
  const state = openState(join(await temporaryFolder(t), 'state'));
  t.after(() => state.close());
  return { state, account: 'ann', title: 'a job', command: { argv: [], cwd: '/' } };
}

/** A folder of somebody else, which the account of the tests may read. */
async function readOnlyFolder(box: TestBox): Promise<string> {
  const { id: userId } = await box.client.users.create({ name: 'Owner' });
  const owner = box.client.asUser(userId);
  const { id } = await owner.folders.create({ name: 'theirs', parentId: '0' });
  const item = { type: 'folder', id } as const;
  const viewer = box.emulator.serviceAccountUserId;
  await owner.collaborations.create({ item, userId: viewer, role: 'viewer' });
  return id;
}

function taken(box: TestBox) {
  const counts = box.emulator.counts();
  const said = Object.entries(counts).filter(([call]) => /^POST \/files\/:id\/metadata/.test(call));
  return {
    sent: counts['POST /files/content'] ?? 0,
    versions: counts['POST /files/:id/content'] ?? 0,
    copied: counts['POST /files/:id/copy'] ?? 0,
    said: said.reduce((sum, [, count]) => sum + count, 0),
  };
}

/** How many sealings the one file of each target is of, and what it is called. */
async function sealedSha1s(
  box: TestBox,
  targets: readonly { folderId: string }[],
): Promise<unknown[]> {
  const fields = ['name', 'sha1'];
  const files: BoxFile[] = [];
  for (const { folderId } of targets) {
    for await (const item of box.client.folders.items(folderId, { fields })) {
      if (item.type === 'file') files.push(item);
    }
  }
  assert.equal(files.length, targets.length);
  const names = new Set(files.map(({ name }) => name));
  return [new Set(files.map(({ sha1 }) => sha1)).size, ...names];
}

/** What is in a folder, opened. */
async function openedTree(box: TestBox, folderId: string): Promise<Record<string, string>> {
  const tree: Record<string, string> = {};
  for (const [path, content] of Object.entries(await box.tree(folderId))) {
    const { form } = formOf(path, { isCompressed: true, isEncrypted: true });
    const bytes = Buffer.from(content, 'latin1');
    const opened = await Array.fromAsync(open(new Blob([bytes]).stream(), form, identities));
    tree[path] = Buffer.concat(opened).toString('latin1');
  }
  return tree;
}
