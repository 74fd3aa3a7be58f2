/** A run that is to end waits for nothing that takes long, and what it leaves the next run finds. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { BoxClient, type ClientOptions, type Clock, developerToken } from '@boxhaul/client';
import { sha1Of } from './hash.ts';
import { openState } from './state/state.ts';
import { openBox, type TestBox } from './testing/box.ts';
import { temporaryFolder } from './testing/disk.ts';
import { upload } from './upload/upload-tree.ts';

const LARGE = randomBytes(51_000_000);

/** Whoever sleeps on it sleeps for ever, or until something ends it. */
const STANDING_STILL: Clock = {
  now: Date.now,
  sleep: (_, signal) =>
    new Promise((_resolve, reject) => {
      signal?.addEventListener('abort', () => reject(signal.reason), { once: true });
    }),
};

/** Uploads of one file that is kept in mind; the first wait is when the run is told to end. */
async function stage(t: TestContext, box: TestBox, contents: Buffer) {
  const folder = await temporaryFolder(t);
  const path = join(folder, 'file.bin');
  await writeFile(path, contents);
  const state = openState(join(folder, 'state'));
  t.after(() => state.close());
  const remember = { state, account: 'a', title: 'file', command: { argv: [], cwd: '/' } };
  const run = (client: BoxClient, drain?: AbortSignal) =>
    upload({
      client,
      sources: [path],
      folderId: '0',
      mode: 'update',
      remember,
      ...(drain && { drain }),
    });
  const open = (options: Partial<ClientOptions> = {}) => {
    const { token, url: baseUrl } = box.emulator;
    const client = new BoxClient({ auth: developerToken(token), baseUrl, env: {}, ...options });
    t.after(() => client.close());
    return client;
  };
  const client = open();
  return {
    client,
    left() {
      const key = JSON.stringify(['a', path, '0', 'file.bin']);
      const { left } = state.openUploads.claim(key) ?? {};
      state.openUploads.release(key);
      return left?.session ?? assert.fail('no session is kept');
    },
    again: () => run(client),
    async untilItWaits() {
      const end = new AbortController();
      const onWait = () => setImmediate(() => end.abort());
      return await run(open({ clock: STANDING_STILL, onWait }), end.signal);
    },
  };
}

const partsSent = (box: TestBox) => box.emulator.counts()['PUT /files/upload_sessions/:id'] ?? 0;

test('a commit that Box is at work on is left, and the next run commits what is there', async (t) => {
  await using box = await openBox();
  const { client, untilItWaits, again } = await stage(t, box, LARGE);
  const fault = box.emulator.faults.add({ action: { commit202: 1 }, times: 'always' });
  const first = await untilItWaits();
  assert.deepEqual([first.ended, first.left, first.failed], ['interrupted', 1, 0]);
  fault.remove();
  const sent = partsSent(box);
  const second = await again();
  assert.deepEqual([second.ended, second.transferred], ['complete', 1]);
  assert.equal(partsSent(box), sent, 'no part is sent twice');
  const [file] = await Array.fromAsync(client.folders.items('0', { fields: ['sha1'] }));
  assert.ok(file?.type === 'file' && file.sha1 === sha1Of(LARGE));
});

test('one that Box ends meanwhile is found, and nothing is sent', async (t) => {
  await using box = await openBox();
  const { client, left, untilItWaits, again } = await stage(t, box, LARGE);
  const fault = box.emulator.faults.add({ action: { commit202: 600 }, times: 'always' });
  await untilItWaits();
  fault.remove();
  await commitLeft(client, left());
  const sent = partsSent(box);
  const second = await again();
  assert.deepEqual([second.ended, second.skippedBy], ['complete', { same: 1 }]);
  assert.equal(partsSent(box), sent);
});

test('what Box puts off for long is left', async (t) => {
  await using box = await openBox();
  const { untilItWaits, again } = await stage(t, box, Buffer.from('small'));
  const match = { path: '/files/content' };
  box.emulator.faults.add({ match, action: { status: 429, retryAfter: 600 } });
  const first = await untilItWaits();
  assert.deepEqual([first.ended, first.left, first.failed], ['interrupted', 1, 0]);
  assert.equal((await again()).transferred, 1);
});

/** Box comes to the end of its work on the session that is kept. */
async function commitLeft(client: BoxClient, session: { id: string }): Promise<void> {
  const known = await client.uploadSessions.get(session.id);
  const parts = await Array.fromAsync(client.uploadSessions.parts(known));
  await client.uploadSessions.commit(known, { parts, sha1: sha1Of(LARGE) });
}
