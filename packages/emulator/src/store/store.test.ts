import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { Worker } from 'node:worker_threads';
import { startEmulator } from '../emulator.ts';
import { boxCalls } from '../testing/box-calls.ts';

function folderFor(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'emulator-test-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const sha1 = (contents: Buffer) => createHash('sha1').update(contents).digest('hex');
const blobPath = (dataDir: string, sha: string) => join(dataDir, 'blobs', sha.slice(0, 2), sha);

test('a folder that is opened again has everything: trees, versions, trash, links, contents, ids', async (t) => {
  const dataDir = folderFor(t);
  const before = await boxCalls(t, { dataDir });
  const folder = await before.folder('f');
  const file = await before.file('a.txt', 'one', folder);
  await before.upload(`/files/${file.id}/content`, {}, 'two');
  const { json } = await before.call('PUT', `/folders/${folder}`, { json: { shared_link: {} } });
  const trashed = await before.file('trashed', 'x');
  await before.call('DELETE', `/files/${trashed.id}`);
  await before.emulator.close();

  const box = await boxCalls(t, { dataDir });
  assert.equal(box.emulator.token, before.emulator.token);
  assert.equal((await box.contents(file.id)).toString(), 'two');
  assert.equal((await box.contents(file.id, `?version=${file.file_version.id}`)).toString(), 'one');
  assert.equal((await box.get(`/files/${trashed.id}`)).json.item_status, 'trashed');
  const link = { headers: { boxapi: `shared_link=${json.shared_link.url}` } };
  assert.equal((await box.get('/shared_items', link)).json.id, folder);
  assert.ok(BigInt(await box.folder('new')) > BigInt(trashed.id));
});

test('two emulators on one folder see each other at once, and keep names unique between them', async (t) => {
  const dataDir = folderFor(t);
  const [one, two] = [await boxCalls(t, { dataDir }), await boxCalls(t, { dataDir })];
  assert.equal(one.emulator.token, two.emulator.token);
  const file = await one.file('a', 'by one');
  assert.equal((await two.contents(file.id)).toString(), 'by one');
  const { headers } = await one.get(`/files/${file.id}/content`);
  const path = new URL(String(headers.location)).pathname;
  assert.equal((await two.call('GET', `${two.emulator.url}${path}`)).bytes.toString(), 'by one');
  const answers = await Promise.all(
    [one, two, one, two].map((box) =>
      box.upload('/files/content', { name: 'b', parent: { id: '0' } }, 'b'),
    ),
  );
  assert.deepEqual(answers.map((answer) => answer.status).sort(), [201, 409, 409, 409]);
});

test('many may open a new folder at the same moment', async (t) => {
  const folder = folderFor(t);
  const dataDirs = Array.from({ length: 20 }, (_, n) => join(folder, `${n}`));
  const workers = 2;
  const gate = new Int32Array(new SharedArrayBuffer(4));
  const exits = Array.from({ length: workers }, async () => {
    const url = new URL('../testing/opening-worker.ts', import.meta.url);
    const worker = new Worker(url, { workerData: { dataDirs, gate, workers } });
    const [code] = await once(worker, 'exit'); // rejects with the worker's error
    assert.equal(code, 0);
  });
  await Promise.all(exits);
});

test('equal contents are kept once, and leave the disk with the last file that has them', async (t) => {
  const dataDir = folderFor(t);
  const box = await boxCalls(t, { dataDir });
  const contents = Buffer.alloc(3_000_000, 'same ');
  const files = [await box.file('a', contents), await box.file('b', contents)];
  const path = blobPath(dataDir, sha1(contents));
  for (const [index, file] of files.entries()) {
    assert.ok(existsSync(path));
    await box.call('DELETE', `/files/${file.id}`);
    await box.call('DELETE', `/files/${file.id}/trash`);
    assert.equal(existsSync(path), index === 0);
  }
  assert.deepEqual(readdirSync(join(dataDir, 'incoming')), []);
});

test('an upload that is refused leaves no file behind', async (t) => {
  const dataDir = folderFor(t);
  const box = await boxCalls(t, { dataDir });
  await box.file('a', 'a');
  const contents = Buffer.alloc(3_000_000, 'refused');
  const answers = await Promise.all([
    box.upload('/files/content', { name: 'A', parent: { id: '0' } }, contents),
    box.upload('/files/content', { name: 'x/', parent: { id: '0' } }, contents),
    box.upload('/files/content', { name: 'x', parent: { id: '12345' } }, contents),
  ]);
  assert.deepEqual(
    answers.map((answer) => answer.status),
    [409, 400, 404],
  );
  const racers = Array.from({ length: 5 }, (_, n) => Buffer.alloc(10_000, n));
  const raced = await Promise.all(
    racers.map((bytes) => box.upload('/files/content', { name: 'b', parent: { id: '0' } }, bytes)),
  );
  for (const [n, bytes] of racers.entries()) {
    assert.equal(existsSync(blobPath(dataDir, sha1(bytes))), raced[n]?.status === 201);
  }
  assert.deepEqual(readdirSync(join(dataDir, 'incoming')), []);
  assert.equal(existsSync(blobPath(dataDir, sha1(contents))), false);
});

test('in memory, large contents wait in a private folder that goes with the emulator', async (t) => {
  const temporary = folderFor(t);
  const usual = process.env.TMPDIR;
  process.env.TMPDIR = temporary;
  t.after(() => {
    if (usual === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = usual;
  });
  const emulator = await startEmulator();
  t.after(() => emulator.close());
  await emulator.seed({ '/small': 'x' });
  assert.deepEqual(readdirSync(temporary), []);
  await emulator.seed({ '/large': Buffer.alloc(5_000_000) });
  assert.equal(readdirSync(temporary).length, 1);
  await emulator.close();
  assert.deepEqual(readdirSync(temporary), []);
});

test('a process killed while it takes uploads loses nothing that it acknowledged', async (t) => {
  const dataDir = folderFor(t);
  const acknowledged = new Map<string, string>();
  for (const round of [1, 2, 3]) {
    const child = fork(new URL('../testing/killed-emulator.ts', import.meta.url), [dataDir]);
    const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token: string }];
    const upload = async (name: string, contents: Buffer) => {
      const form = new FormData();
      form.set('attributes', JSON.stringify({ name, parent: { id: '0' } }));
      form.set('file', new Blob([new Uint8Array(contents)]), 'x');
      const response = await fetch(`${url}/2.0/files/content`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}` },
        body: form,
      });
      if (response.status === 201) acknowledged.set(name, sha1(contents));
    };
    const line = async (lane: number) => {
      for (let n = 0; n < 1000; n++) {
        const contents = Buffer.alloc(1 + ((n * 77_777) % 2_000_000), `${round} ${lane} ${n}`);
        await upload(`${round}-${lane}-${n}`, contents);
        if (acknowledged.size >= round * 15) child.kill('SIGKILL');
      }
    };
    await Promise.allSettled([line(1), line(2), line(3), once(child, 'exit')]);
  }
  assert.ok(acknowledged.size >= 45);
  const box = await boxCalls(t, { dataDir });
  const { json } = await box.get('/folders/0/items?limit=1000');
  const listed = new Map<string, string>(
    json.entries.map((entry: { name: string; sha1: string }) => [entry.name, entry.sha1]),
  );
  for (const [name, sha] of acknowledged) assert.equal(listed.get(name), sha, name);
  for (const entry of json.entries) {
    assert.equal(sha1(await box.contents(entry.id)), entry.sha1, entry.name);
  }
});

test('parts of a session survive a kill; the session goes on where it was', async (t) => {
  const dataDir = folderFor(t);
  const contents = Buffer.alloc(20_000_000, 'in parts ');
  const digest = (bytes: Buffer) => `sha=${createHash('sha1').update(bytes).digest('base64')}`;
  const child = fork(new URL('../testing/killed-emulator.ts', import.meta.url), [dataDir]);
  const [{ url, token }] = (await once(child, 'message')) as [{ url: string; token: string }];
  const send = async (base: string, session: { id: string; part_size: number }, offset: number) => {
    const bytes = contents.subarray(offset, offset + session.part_size);
    const range = `bytes ${offset}-${offset + bytes.length - 1}/${contents.length}`;
    const response = await fetch(`${base}/api/2.0/files/upload_sessions/${session.id}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/octet-stream',
        'content-range': range,
        digest: digest(bytes),
      },
      body: new Uint8Array(bytes),
    });
    assert.equal(response.status, 200);
  };
  const created = await fetch(`${url}/2.0/files/upload_sessions`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ folder_id: '0', file_name: 'big', file_size: contents.length }),
  });
  const session = (await created.json()) as { id: string; part_size: number };
  await send(url, session, session.part_size);
  await send(url, session, 0);
  child.kill('SIGKILL');
  await once(child, 'exit');

  const box = await boxCalls(t, { dataDir });
  const path = `/files/upload_sessions/${session.id}`;
  assert.equal((await box.get(path)).json.num_parts_processed, 2);
  await send(box.emulator.url, session, 2 * session.part_size);
  const { entries: parts } = (await box.get(`${path}/parts`)).json;
  const commit = await box.call('POST', `${path}/commit`, {
    json: { parts },
    headers: { digest: digest(contents) },
  });
  assert.equal(commit.status, 201);
  assert.ok((await box.contents(commit.json.entries[0].id)).equals(contents));
  assert.deepEqual(readdirSync(join(dataDir, 'incoming')), []);
});
