import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFile, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { generateKey, identitiesFrom, NAME_KEY_FILE, recipientsFrom, seal } from '@boxhaul/seal';
import { download } from '../download/download-tree.ts';
import { sha1Of } from '../hash.ts';
import { openState } from '../state/state.ts';
import { openBox, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import type { DownloadOptions, Remembering, TransferEvent, UploadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import { createSealTemplate, SEAL_TEMPLATE_KEY } from './template.ts';

const key = await generateKey();
const recipients = recipientsFrom([{ text: key.recipient }]);
const identities = identitiesFrom([{ text: key.file }]);
const letter = 'All is well here. '.repeat(100);
const noise = randomBytes(3000).toString('latin1');
const BOTH: UploadOptions['seal'] = { compress: true, recipients };

for (const zip of ['never', 'always'] as const) {
  test(`what was sealed comes back as it was, names and times too (zip: ${zip})`, async (t) => {
    await using box = await openBox();
    const { send, fetch, root, target } = await beginning(t, box);
    const long = `below/${'長い名前'.repeat(20)}.txt`;
    const tree = { 'letter.txt': letter, 'noise.zst': noise, empty: '', [long]: letter };
    await makeTree(root, latin(tree));
    await utimes(join(root, 'letter.txt'), 1_500_000_000, 1_500_000_000);
    await send({ ...BOTH, encryptNames: true });
    const report = await fetch({ identities }, { zip });
    assert.deepEqual(report.failures, []);
    assert.deepEqual(report.skippedBy, { 'name-key': 1 });
    assert.deepEqual(await readTree(target), await readTree(root));
    const again = await fetch({ identities }, { zip });
    assert.deepEqual([again.transferred, again.skippedBy], [0, { 'name-key': 1, same: 4 }]);
    assert.equal(again.calls.downloads, 0);
  });
}

test('a folder below finds the key of its names above', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target, folderId } = await beginning(t, box);
  await makeTree(root, { 'below/letter.txt': letter });
  await send({ ...BOTH, encryptNames: true });
  const items = await Array.fromAsync(box.client.folders.items(folderId));
  const below = items.find(({ type }) => type === 'folder');
  await fetch({ identities }, { folderId: below?.id ?? '' });
  assert.deepEqual(await readTree(target), { 'letter.txt': letter });
});

test('one file that is named is opened, with its encrypted name', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target, folderId } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await send({ ...BOTH, encryptNames: true });
  const items = await Array.fromAsync(box.client.folders.items(folderId));
  const file = items.find(({ name }) => name.endsWith('.zst.age'));
  await fetch({ identities }, { fileId: file?.id ?? '', folderId: undefined });
  assert.deepEqual(await readTree(target), { 'letter.txt': letter });
});

test('names whose key is lost come as they are in Box, and that is said once', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target, folderId } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter, 'below/other.txt': letter });
  await send({ ...BOTH, encryptNames: true });
  const { id } = await box.file(folderId, NAME_KEY_FILE);
  await box.client.files.delete(id);
  const notices: TransferEvent[] = [];
  const onEvent = (event: TransferEvent) => {
    if (event.type === 'notice') notices.push(event);
  };
  const report = await fetch({ identities }, { onEvent });
  assert.deepEqual([report.transferred, report.failed], [2, 0]);
  assert.deepEqual(Object.values(await readTree(target)), [letter, letter]);
  assert.equal(notices.length, 1);
  const [notice] = notices;
  assert.ok(notice?.type === 'notice' && notice.code === 'names-not-opened');
  assert.match(notice.words, /looks like an encrypted name, and there is no boxhaul-names.age/);
});

test('what is only compressed is opened where that is asked for', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target } = await beginning(t, box);
  await makeTree(root, latin({ 'letter.txt': letter, 'noise.bin': noise }));
  await send({ compress: true });
  await fetch({ decompress: true });
  assert.deepEqual(await readTree(target), { 'letter.txt': letter, 'noise.bin': noise });
  await fetch({ identities });
  assert.ok('letter.txt.zst' in (await readTree(target)));
});

test('whoever never sealed it fetches once what Box does not tell, and then knows it', async (t) => {
  await using box = await openBox();
  const { send, fetch, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await send(BOTH);
  const remember = await otherMemory(t);
  const first = await fetch({ identities }, { remember });
  const second = await fetch({ identities }, { remember });
  assert.deepEqual([first.transferred, second.skippedBy], [1, { same: 1 }]);
  const third = await fetch({ identities }, { remember: await otherMemory(t) });
  assert.deepEqual(third.transferredBy, { replaced: 1 });
});

test('where Box tells, nothing that is here is fetched, by whomever', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { send, fetch, root } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await send(BOTH);
  const report = await fetch({ identities }, { directory: root, remember: await otherMemory(t) });
  assert.deepEqual(report.skippedBy, { same: 1 });
});

test('what cannot be opened fails with words and leaves what is here', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target, folderId } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter, 'other.txt': letter });
  await makeTree(target, { 'other.txt': 'what was here' });
  await send(BOTH);
  const stranger = await generateKey();
  const theirs = identitiesFrom([{ text: stranger.file }]);
  const foreign = await fetch({ identities: theirs });
  assert.deepEqual([foreign.transferred, foreign.failed], [0, 2]);
  assert.equal(foreign.failures[0]?.reason?.code, 'not-opened');
  assert.match(foreign.failures[0]?.reason?.words ?? '', /none of the identities opens it/);

  await put(box, folderId, 'broken.txt.age', flipped(await sealedBytes(Buffer.from(letter))));
  await put(box, folderId, 'no.txt.age', Buffer.from('plain'));
  const broken = await fetch({ identities });
  assert.deepEqual([broken.transferred, broken.failed], [2, 2]);
  assert.deepEqual(await readTree(target), { 'letter.txt': letter, 'other.txt': letter });
});

test('two files that would open to one name: one comes, the other fails with words', async (t) => {
  await using box = await openBox();
  const { fetch, target, folderId } = await beginning(t, box);
  await put(box, folderId, 'letter.txt', Buffer.from('plain'));
  await put(box, folderId, 'letter.txt.age', await sealedBytes(Buffer.from(letter)));
  const report = await fetch({ identities });
  assert.deepEqual([report.transferred, report.failures[0]?.reason?.code], [1, 'name-collision']);
  assert.deepEqual(Object.keys(await readTree(target)), ['letter.txt']);
});

test('contents that are not what is known to have been sealed are refused', async (t) => {
  await using box = await openBox();
  const { fetch, target, folderId, remember } = await beginning(t, box);
  const bytes = await sealedBytes(Buffer.from(letter));
  await put(box, folderId, 'letter.txt.age', bytes);
  const other = { sha1: sha1Of(Buffer.from('other')), sizeBytes: 5 };
  remember.state.seals.put(sha1Of(bytes), other, '');
  const report = await fetch({ identities });
  assert.equal(report.failures[0]?.reason?.code, 'wrong-contents');
  assert.deepEqual(await readTree(target), {});
});

test('metadata that is not true is told, and keeps nobody from what is in the file', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target, folderId } = await beginning(t, box);
  const say = await metadataOf(box);
  await makeTree(root, { 'letter.txt': letter });
  await send(BOTH);
  await say(folderId, 'letter.txt.zst.age', 'a'.repeat(40));
  const remember = await otherMemory(t);
  const first = await fetch({ identities }, { remember });
  assert.equal(first.failures[0]?.reason?.code, 'wrong-contents');
  assert.match(first.failures[0]?.reason?.words ?? '', /Box's metadata says aaaa/);
  assert.deepEqual(await readTree(target), {});
  const second = await fetch({ identities }, { remember });
  assert.deepEqual([second.transferred, second.failed], [1, 0]);
  assert.deepEqual(await readTree(target), { 'letter.txt': letter });
});

test('metadata is believed as it is now, not as it was', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, folderId } = await beginning(t, box);
  const say = await metadataOf(box);
  await makeTree(root, { 'letter.txt': letter });
  await send(BOTH);
  await say(folderId, 'letter.txt.zst.age', 'a'.repeat(40));
  const here = { directory: root, remember: await otherMemory(t) };
  const first = await fetch({ identities }, { ...here, dryRun: true });
  assert.deepEqual(first.skippedBy, { 'dry-run': 1 });
  await say(folderId, 'letter.txt.zst.age', sha1Of(Buffer.from(letter)));
  const second = await fetch({ identities }, here);
  assert.deepEqual(second.skippedBy, { same: 1 });
});

test('a large file comes in ranges, and is opened', async (t) => {
  await using box = await openBox();
  const { fetch, target, folderId } = await beginning(t, box);
  const large = Buffer.alloc(34 * 1024 * 1024, randomBytes(999));
  await put(box, folderId, 'large.bin.age', await sealedBytes(large));
  const report = await fetch({ identities });
  assert.deepEqual(report.failures, []);
  assert.equal(sha1Of(await readFile(join(target, 'large.bin'))), sha1Of(large));
  assert.deepEqual(Object.keys(await readTree(target)), ['large.bin']);
});

test('a dry run opens nothing', async (t) => {
  await using box = await openBox();
  const { send, fetch, root, target } = await beginning(t, box);
  await makeTree(root, { 'letter.txt': letter });
  await send(BOTH);
  const report = await fetch({ identities }, { dryRun: true });
  assert.deepEqual(report.skippedBy, { 'dry-run': 1 });
  assert.deepEqual(await readTree(target), {});
});

async function beginning(t: Parameters<typeof temporaryFolder>[0], box: TestBox) {
  const root = await temporaryFolder(t);
  const target = await temporaryFolder(t);
  const folderId = await box.folder();
  const remember = await otherMemory(t);
  const { client } = box;
  const send = (how: UploadOptions['seal']) =>
    upload({
      client,
      sources: [`${root}/`],
      folderId,
      mode: 'update',
      remember,
      ...(how && { seal: how }),
    });
  const fetch = (
    open: NonNullable<DownloadOptions['open']>,
    {
      folderId: other = folderId,
      ...options
    }: Partial<Omit<DownloadOptions, 'folderId'>> & {
      folderId?: string | undefined;
    } = {},
  ) =>
    download({
      client,
      directory: target,
      remember,
      open,
      ...(options.fileId === undefined && { folderId: other }),
      ...options,
    });
  return { root, target, folderId, send, fetch, remember };
}

async function otherMemory(t: Parameters<typeof temporaryFolder>[0]): Promise<Remembering> {
  const state = openState(join(await temporaryFolder(t), 'state'));
  t.after(() => state.close());
  return { state, account: 'ann', title: 'a job', command: { argv: [], cwd: '/' } };
}

/** Has Box keep what sealed files hold, and lets somebody write there what SHA-1 one holds. */
async function metadataOf(box: TestBox) {
  await createSealTemplate(box.client);
  const template = { scope: 'enterprise', templateKey: SEAL_TEMPLATE_KEY } as const;
  return async (folderId: string, name: string, value: string) => {
    const { id } = await box.file(folderId, name);
    const step = { op: 'add', path: '/plainSha1', value } as const;
    await box.client.metadata.update({ type: 'file', id }, template, [step]);
  };
}

async function put(box: TestBox, parentId: string, name: string, bytes: Buffer): Promise<void> {
  await box.client.files.upload({ name, parentId, body: bodyOf(bytes), sha1: sha1Of(bytes) });
}

async function sealedBytes(plain: Buffer): Promise<Buffer> {
  const form = { isCompressed: false, isEncrypted: true };
  return Buffer.concat(
    await Array.fromAsync(seal(new Blob([Uint8Array.from(plain)]).stream(), form, recipients)),
  );
}

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt8(copy.readUInt8(copy.length - 20) ^ 4, copy.length - 20);
  return copy;
}

function latin(tree: Record<string, string>): Record<string, Buffer> {
  return Object.fromEntries(
    Object.entries(tree).map(([path, text]) => [path, Buffer.from(text, 'latin1')]),
  );
}
