import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { bodyOf } from '@boxhaul/client';
import { generateKey, identitiesFrom, recipientsFrom } from '@boxhaul/seal';
import { download } from '../download/download-tree.ts';
import { openState } from '../state/state.ts';
import { openBox, type TestBox } from '../testing/box.ts';
import { makeTree, readTree, temporaryFolder } from '../testing/disk.ts';
import type { UploadOptions } from '../transfer.ts';
import { upload } from '../upload/upload-tree.ts';
import { type ResealOptions, reseal } from './reseal.ts';
import { createSealTemplate, SEAL_TEMPLATE_KEY } from './template.ts';

const [old, next] = [await generateKey(), await generateKey()];
const recipients = recipientsFrom([{ text: next.recipient }]);
const identities = identitiesFrom([{ text: old.file }]);
const TREE = { 'letter.txt': 'All is well. '.repeat(99), 'below/other.txt': 'short' };

test('files and the key of names are open to the new key, and no more to the old one', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { send, again, fetchWith } = await beginning(t, box);
  await send({ compress: true, encryptNames: true });
  const report = await again();
  assert.deepEqual([report.transferredBy, report.failures], [{ version: 3 }, []]);
  assert.equal(report.calls.calls - report.calls.retried, report.predictedCalls);
  assert.deepEqual(await fetchWith(next.file), TREE);
  await assert.rejects(fetchWith(old.file), /cannot be opened|none of the identities/);
});

test('what is sealed anew is known again: nothing is sent by an upload, nor by another reseal', async (t) => {
  await using box = await openBox();
  const { send, again } = await beginning(t, box);
  await send({ compress: true });
  await again();
  const twice = await again();
  assert.deepEqual([twice.transferred, twice.skippedBy], [0, { same: 2 }]);
  const up = await send({ compress: true, recipients });
  assert.deepEqual([up.transferred, up.skippedBy], [0, { same: 2 }]);
});

test('what others sealed is sealed anew as well, and what cannot be opened is left and told', async (t) => {
  await using box = await openBox();
  const { send, again, folderId, stranger } = await beginning(t, box);
  await send({ compress: true });
  const body = bodyOf(Buffer.from('not age at all'));
  await box.client.files.upload({ name: 'no.age', parentId: folderId, body });
  const report = await again({ remember: await stranger() });
  assert.deepEqual([report.transferred, report.failed], [2, 1]);
  assert.deepEqual(
    report.failures.map(({ path, reason }) => [path, reason?.code]),
    [['no.age', 'not-opened']],
  );
});

test('what Box says of a file is found out anew, since somebody may have written it', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { send, again, folderId, stranger, fetchWith } = await beginning(t, box);
  await send({});
  const { id } = await box.file(folderId, 'letter.txt.age');
  const template = { scope: 'enterprise', templateKey: SEAL_TEMPLATE_KEY } as const;
  const lie = { op: 'add', path: '/plainSha1', value: 'a'.repeat(40) } as const;
  await box.client.metadata.update({ type: 'file', id }, template, [lie]);
  const report = await again({ remember: await stranger() });
  assert.deepEqual([report.transferred, report.failures], [2, []]);
  assert.deepEqual(await fetchWith(next.file), TREE);
});

test('where a run ended before Box was told what is in a file, the next one tells it', async (t) => {
  await using box = await openBox();
  await createSealTemplate(box.client);
  const { send, again, folderId } = await beginning(t, box);
  await send({});
  const of = async () => {
    const { id, sha1 } = await box.file(folderId, 'letter.txt.age');
    const [said] = await box.client.metadata.list({ type: 'file', id });
    return [said?.sealedSha1, sha1];
  };
  const match = { path: '/files/*/metadata/**' };
  box.emulator.faults.add({ match, action: { status: 400 }, times: 'always' });
  assert.equal((await again()).failed, 2);
  box.emulator.faults.clear();
  const [before, sealed] = await of();
  assert.notEqual(before, sealed);
  const report = await again();
  assert.deepEqual([report.skippedBy, report.failures], [{ same: 2 }, []]);
  assert.deepEqual(await of(), [sealed, sealed]);
});

test('a file that somebody changed meanwhile is left as it is', async (t) => {
  await using box = await openBox();
  const { send, again, folderId } = await beginning(t, box);
  await send({});
  const { id } = await box.file(folderId, 'letter.txt.age');
  box.emulator.faults.add({
    match: { method: 'POST', path: '/files/*/content' },
    action: { status: 412, code: 'precondition_failed' },
    times: 'always',
  });
  const report = await again();
  assert.deepEqual([report.transferred, report.failed], [0, 2]);
  assert.equal(report.failures[0]?.reason?.code, 'changed-on-box');
  assert.equal((await box.file(folderId, 'letter.txt.age')).id, id);
});

test('a dry run changes nothing', async (t) => {
  await using box = await openBox();
  const { send, again } = await beginning(t, box);
  await send({});
  const report = await again({ dryRun: true });
  assert.deepEqual([report.transferred, report.skippedBy], [0, { 'dry-run': 2 }]);
});

async function beginning(t: TestContext, box: TestBox) {
  const root = await temporaryFolder(t);
  await makeTree(root, TREE);
  const folderId = await box.folder();
  const stranger = async () => {
    const state = openState(join(await temporaryFolder(t), 'state'));
    t.after(() => state.close());
    return { state, account: 'ann', title: 'a job', command: { argv: [], cwd: '/' } };
  };
  const remember = await stranger();
  const { client } = box;
  const common = { client, folderId, remember };
  return {
    folderId,
    stranger,
    send: (how: NonNullable<UploadOptions['seal']>) => {
      const sealed = { recipients: recipientsFrom([{ text: old.recipient }]), ...how };
      return upload({ ...common, sources: [`${root}/`], mode: 'update', seal: sealed });
    },
    again: (options: Partial<ResealOptions> = {}) =>
      reseal({ ...common, identities, recipients, ...options }),
    /** What comes of it with a key, to a machine that never saw any of it. */
    async fetchWith(file: string) {
      const directory = await temporaryFolder(t);
      const open = { identities: identitiesFrom([{ text: file }]) };
      const report = await download({ client, folderId, directory, open });
      if (report.failed > 0) throw new Error(report.failures[0]?.reason?.words);
      return await readTree(directory);
    },
  };
}
