import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import {
  formOf,
  generateKey,
  identitiesFrom,
  NAME_KEY_FILE,
  nameCipherFrom,
  open,
  recipientsFrom,
} from '@boxhaul/seal';
import { download } from '../download/download-tree.ts';
import { sha1Of } from '../hash.ts';
import { openState } from '../state/state.ts';
import { openBox, recorder, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import { codes } from '../testing/run.ts';
import type { Remembering, UploadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import { verify } from '../verify/verify.ts';
import { createSealTemplate, SEAL_TEMPLATE_KEY } from './template.ts';

const key = await generateKey();
const recipients = recipientsFrom([{ text: key.recipient }]);
const identities = identitiesFrom([{ text: key.file }]);
const letter = 'All is well here. '.repeat(100);

test('files go compressed where that pays, and encrypted', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  const noise = randomBytes(3000);
  await makeTree(root, { 'letter.txt': letter, 'noise.bin': noise, 'old.zst': noise, empty: '' });
  const report = await run({ compress: true, recipients });
  assert.deepEqual([report.transferred, report.failed], [4, 0]);
  const opened = await openedTree(box, folderId);
  assert.deepEqual(Object.keys(opened), [
    'empty.age',
    'letter.txt.zst.age',
    'noise.bin.age',
    'old.zst.zst.age',
  ]);
  assert.equal(opened['letter.txt.zst.age'], letter);
  assert.equal(opened['old.zst.zst.age'], noise.toString('latin1'));
  assert.equal(report.bytes, letter.length + 6000);
});

test('compressed alone, what does not get smaller is sent as it is', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter, 'noise.bin': randomBytes(3000) });
  await run({ compress: true });
  assert.deepEqual(Object.keys(await box.tree(folderId)), ['letter.txt.zst', 'noise.bin']);
  const again = await run({ compress: true });
  assert.deepEqual([again.transferred, again.skipped, again.failed], [0, 2, 0]);
});

for (const where of ['Box', 'the state'] as const) {
  test(`a rerun finds all the same, by what ${where} knows, and reads and sends nothing`, async (t) => {
    await using box = await openBox();
    const { run, folderId, root, state } = await beginning(t, box);
    if (where === 'Box') await createSealTemplate(box.client);
    await makeTree(root, { 'letter.txt': letter, 'below/noise.bin': randomBytes(3000) });
    await run({ compress: true, recipients });
    const remember = where === 'Box' ? await otherMemory(t) : undefined;
    const before = box.emulator.counts();
    const seals = { compress: true, recipients };
    const report = await run(seals, { ...(remember && { remember }) });
    assert.deepEqual([report.skippedBy, report.failed], [{ same: 2 }, 0]);
    assert.equal(report.calls.calls - report.calls.retried, report.predictedCalls);
    const after = box.emulator.counts();
    assert.equal(after.uploads, before.uploads);
    state.flush();
    const file = (await Array.fromAsync(box.client.folders.items(folderId))).find(
      ({ name }) => name === 'letter.txt.zst.age',
    );
    assert.ok(file);
    const said = await box.client.metadata.list({ type: 'file', id: file.id });
    assert.equal(said[0]?.plainSha1, where === 'Box' ? sha1Of(Buffer.from(letter)) : undefined);
    assert.equal(said[0]?.$template, where === 'Box' ? SEAL_TEMPLATE_KEY : undefined);
  });
}

test('who may send and may not write metadata sends, and knows on this machine what is there', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { run, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter, 'other.txt': letter });
  const code = 'access_denied_insufficient_permissions';
  const match = { path: '/files/*/metadata/**' };
  box.emulator.faults.add({ match, action: { status: 403, code }, times: 'always' });
  const first = await run({ recipients }, { concurrency: 1 });
  assert.deepEqual([first.transferred, first.failures], [2, []]);
  assert.equal(box.emulator.counts()['POST /files/:id/metadata/:id/:id'], 1);
  const again = await run({ recipients });
  assert.deepEqual([again.skippedBy, again.failures], [{ same: 2 }, []]);
});

test('what changed becomes a version, in the form of those before it, and Box is told', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await run({ compress: true, recipients });
  const noise = randomBytes(4000).toString('latin1');
  await makeTree(root, { 'letter.txt': Buffer.from(noise, 'latin1') });
  const report = await run({ compress: true, recipients });
  assert.deepEqual(report.transferredBy, { version: 1 });
  assert.equal(report.calls.calls - report.calls.retried, report.predictedCalls);
  assert.deepEqual(await openedTree(box, folderId), { 'letter.txt.zst.age': noise });
  const again = await run({ compress: true, recipients }, { remember: await otherMemory(t) });
  assert.deepEqual(again.skippedBy, { same: 1 });
});

test('what somebody called .AGE in Box gets a version that is sealed all the same', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await run({ compress: true, recipients });
  const { id } = await box.file(folderId, 'letter.txt.zst.age');
  await box.client.files.update(id, { name: 'LETTER.txt.ZST.AGE' });
  await makeTree(root, { 'letter.txt': `${letter}And well it stays.` });
  const report = await run({ compress: true, recipients });
  assert.deepEqual(report.transferredBy, { version: 1 });
  const { 'LETTER.txt.ZST.AGE': sealed = '', ...others } = await box.tree(folderId);
  assert.ok(sealed.startsWith('age-encryption.org/v1'), sealed.slice(0, 60));
  const bytes = new Blob([Buffer.from(sealed, 'latin1')]).stream();
  const opened = await text(open(bytes, { isCompressed: true, isEncrypted: true }, identities));
  assert.deepEqual([opened, others], [`${letter}And well it stays.`, {}]);
});

test('a version that somebody put on top is not taken for what was sealed', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await run({ recipients });
  const { id } = await box.file(folderId, 'letter.txt.age');
  const other = bodyOf(Buffer.from('something else'));
  await box.client.files.uploadVersion(id, { body: other });
  const report = await run({ recipients });
  assert.equal(report.transferredBy.version, 1);
  assert.equal((await box.file(folderId, 'letter.txt.age')).id, id);
});

test('overwriting puts the sealed file in the place of the old one', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await run({ recipients });
  await makeTree(root, { 'letter.txt': 'another' });
  const report = await run({ recipients }, { mode: 'overwrite' });
  assert.deepEqual(report.transferredBy, { replaced: 1 });
  assert.deepEqual(await openedTree(box, folderId), { 'letter.txt.age': 'another' });
  assert.deepEqual(await box.trash(), ['letter.txt.age']);
});

test('a file that is there in two forms is nobody to overwrite', async (t) => {
  await using box = await openBox();
  const { run, root, folderId } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  for (const name of ['letter.txt.age', 'letter.txt.zst.age']) {
    await box.client.files.upload({ name, parentId: folderId, body: bodyOf(Buffer.from(name)) });
  }
  const report = await run({ recipients });
  assert.equal(report.failures[0]?.reason?.code, 'name-collision');
  assert.match(report.failures[0]?.reason?.words ?? '', /twice, as "letter\.txt\.zst\.age" and/);
});

test('names are encrypted with a key that lies sealed beside them; a rerun finds them', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  const long = `${'長い名前'.repeat(20)}.txt`;
  await makeTree(root, { 'letter.txt': letter, [`below/${long}`]: letter });
  const how = { compress: true, recipients, encryptNames: true };
  const report = await run(how);
  assert.deepEqual([report.transferred, report.failures], [2, []]);
  const tree = await openedTree(box, folderId);
  assert.ok(!Object.keys(tree).join().includes('letter'));
  const cipher = nameCipherFrom(tree[NAME_KEY_FILE] ?? '');
  const names = Object.keys(tree)
    .filter((path) => path !== NAME_KEY_FILE)
    .map((path) => {
      const parts = path.replace(/\.zst\.age$/, '').split('/');
      return parts.map((part) => cipher.decrypt(part)).join('/');
    });
  assert.deepEqual(names.toSorted(), [`below/${long}`, 'letter.txt']);

  assert.deepEqual((await run(how)).skippedBy, { same: 2 });
  const stranger = await otherMemory(t);
  await assert.rejects(run(how, { remember: stranger }), /--identity-file/);
  const withIdentity = await run({ ...how, identities }, { remember: stranger });
  assert.equal(withIdentity.transferredBy.version, 2);
});

test('names that differ only by case are two where they are encrypted, and come back as two', async (t) => {
  await using box = await openBox();
  const { run, folderId, root, remember } = await beginning(t, box);
  const tree = { 'A.txt': 'A', 'a.txt': 'a', 'B/x': 'x', 'b/X': 'X' };
  await makeTree(root, tree);
  const how = { recipients, encryptNames: true };
  const report = await run(how);
  assert.deepEqual([report.transferred, report.failures], [4, []]);
  assert.deepEqual((await run(how)).skippedBy, { same: 4 });
  const { client } = box;
  const sides = { sources: [`${root}/`], folderId, seal: how };
  assert.deepEqual(codes(await verify({ client, ...sides, remember })), {});
  const directory = await temporaryFolder(t);
  await download({ client, folderId, directory, open: { identities } });
  assert.deepEqual(await readTree(directory), tree);
});

test('where the key of names is gone, nothing is sent under names of another', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  const how = { recipients, encryptNames: true };
  await run(how);
  const { id } = await box.file(folderId, NAME_KEY_FILE);
  await box.client.files.delete(id);
  const before = await box.tree(folderId);
  await assert.rejects(run(how), /boxhaul-names\.age, which has the key, is not there/);
  assert.deepEqual(await box.tree(folderId), before);
  await box.client.trash.restore({ type: 'file', id });
  assert.deepEqual((await run(how)).skippedBy, { same: 1 });
});

test('a name that would be too long when sealed is refused with words, the others are sent', async (t) => {
  await using box = await openBox();
  const { run, root } = await beginning(t, box);
  await makeTree(root, { ['n'.repeat(250)]: 'long', short: 'short' });
  const report = await run({ compress: true, recipients });
  assert.equal(report.transferred, 1);
  assert.match(report.failures[0]?.reason?.words ?? '', /258 characters/);
});

test('a dry run seals nothing and makes no key', async (t) => {
  await using box = await openBox();
  const { run, folderId, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  const report = await run({ recipients, encryptNames: true }, { dryRun: true });
  assert.equal(report.skippedBy['dry-run'], 1);
  assert.deepEqual(await box.tree(folderId), {});
});

test('nothing stays in the folder where large files wait', async (t) => {
  await using box = await openBox();
  const { run, root, folderId, directory } = await beginning(t, box);
  const large = Buffer.alloc(51_000_000, randomBytes(999));
  await makeTree(root, { 'large.bin': large });
  const { events, onEvent } = recorder();
  const report = await run({ recipients, directory }, { onEvent });
  assert.deepEqual(report.failures, []);
  assert.deepEqual(await readdir(directory), []);
  const { id } = await box.file(folderId, 'large.bin.age');
  const { body } = await box.client.files.download(id);
  const hash = sha1Of(Buffer.concat(await Array.fromAsync(open(body, ENCRYPTED, identities))));
  assert.equal(hash, sha1Of(large));
  const last = events.findLast((event) => event.type === 'progress');
  assert.equal(last?.bytesDone, large.byteLength);
});

test('names for nobody are refused', async (t) => {
  await using box = await openBox();
  const { run } = await beginning(t, box);
  await assert.rejects(run({ encryptNames: true }), /recipients/);
});

const ENCRYPTED = { isCompressed: false, isEncrypted: true };

async function beginning(t: Parameters<typeof temporaryFolder>[0], box: TestBox) {
  const root = await temporaryFolder(t);
  const directory = await temporaryFolder(t);
  const folderId = await box.folder();
  const remember = await otherMemory(t);
  const run = (seal: UploadOptions['seal'], options: Partial<UploadOptions> = {}) =>
    upload({
      client: box.client,
      sources: [`${root}/`],
      folderId,
      mode: 'update',
      remember,
      ...(seal && { seal }),
      ...options,
    });
  return { root, directory, folderId, run, remember, state: remember.state };
}

async function otherMemory(t: Parameters<typeof temporaryFolder>[0]): Promise<Remembering> {
  const state = openState(join(await temporaryFolder(t), 'state'));
  t.after(() => state.close());
  return { state, account: 'ann', title: 'a job', command: { argv: [], cwd: '/' } };
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
