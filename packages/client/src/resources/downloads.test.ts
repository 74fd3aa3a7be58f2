import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { test } from 'node:test';
import type { FaultAction } from '@boxhaul/emulator';
import { openBox, type TestBox } from '../testing/open-box.ts';
import { startPeer } from '../testing/peer.ts';

const CONTENT = randomBytes(500_000);

async function seeded(box: TestBox, content: Uint8Array | string = CONTENT): Promise<string> {
  const { '/a.bin': file } = await box.emulator.seed({ '/a.bin': content });
  assert.ok(file);
  return file.id;
}

test('a whole file comes as it is, its size told beforehand, for two requests', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  const download = await box.client.files.download(id);
  assert.deepEqual(
    [download.status, download.sizeBytes, download.totalBytes],
    [200, CONTENT.byteLength, CONTENT.byteLength],
  );
  assert.ok((await buffer(download.body)).equals(CONTENT));
  const { calls, downloads } = box.client.counts();
  assert.deepEqual([calls, downloads], [1, 1]);
});

test('an empty file is a download of no bytes', async () => {
  await using box = await openBox();
  const download = await box.client.files.download(await seeded(box, ''));
  assert.equal(download.sizeBytes, 0);
  assert.equal((await buffer(download.body)).byteLength, 0);
});

for (const { range, from, to } of [
  { range: { start: 0, end: 0 }, from: 0, to: 1 },
  { range: { start: 1000, end: 1999 }, from: 1000, to: 2000 },
  { range: { start: 499_999 }, from: 499_999, to: 500_000 },
  { range: { start: 499_000, end: 900_000 }, from: 499_000, to: 500_000 },
]) {
  test(`the range ${JSON.stringify(range)} gives just these bytes`, async () => {
    await using box = await openBox();
    const download = await box.client.files.download(await seeded(box), { range });
    assert.deepEqual(
      [download.status, download.sizeBytes, download.totalBytes],
      [206, to - from, CONTENT.byteLength],
    );
    assert.ok((await buffer(download.body)).equals(CONTENT.subarray(from, to)));
  });
}

test('a file and a range of it come in one piece, where that is asked for', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  const whole = await box.client.files.download(id);
  assert.ok(CONTENT.equals(await whole.bytes()));
  const part = await box.client.files.download(id, { range: { start: 1000, end: 1999 } });
  assert.ok(CONTENT.subarray(1000, 2000).equals(await part.bytes()));
});

test('a range beyond the file is refused', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  await assert.rejects(box.client.files.download(id, { range: { start: 500_000 } }), {
    name: 'BoxApiError',
    recovery: 'skip',
  });
});

const wrongAnswers: readonly { title: string; action: FaultAction }[] = [
  { title: 'the whole file', action: { status: 200, body: 'whole' } },
  {
    title: 'another range',
    action: { status: 206, body: 'abc', headers: { 'content-range': 'bytes 0-2/500000' } },
  },
  {
    title: 'a range that begins earlier',
    action: {
      status: 206,
      body: 'eleven byte',
      headers: { 'content-range': 'bytes 9-19/500000' },
    },
  },
  { title: 'no range', action: { status: 206, body: 'abc' } },
  {
    title: 'fewer bytes than its range',
    action: { status: 206, body: 'abc', headers: { 'content-range': 'bytes 10-19/500000' } },
  },
];

for (const { title, action } of wrongAnswers) {
  test(`a request for a range that is answered with ${title} is an error`, async () => {
    await using box = await openBox({ client: { maxRetries: 0 } });
    const id = await seeded(box);
    box.emulator.faults.add({ match: { host: 'download' }, action });
    await assert.rejects(box.client.files.download(id, { range: { start: 10, end: 19 } }), {
      code: 'unexpected_answer',
    });
  });
}

test('content that is cut off is an error where it ends, never a short file', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  const cut = () =>
    box.emulator.faults.add({
      match: { host: 'download' },
      action: { cut: 'in', afterBytes: 100_000 },
    });
  cut();
  const { body } = await box.client.files.download(id);
  let received = 0;
  await assert.rejects(
    async () => {
      for await (const chunk of body) received += chunk.byteLength;
    },
    { name: 'BoxConnectionError', recovery: 'retry' },
  );
  assert.ok(received <= 100_000);
  cut();
  const inOnePiece = await box.client.files.download(id);
  await assert.rejects(inOnePiece.bytes(), { name: 'BoxConnectionError', recovery: 'retry' });
});

for (const { how, sent } of [
  { how: 'stops before the end of', sent: 'only 8 b' },
  { how: 'runs past the end of', sent: 'more than ten bytes' },
]) {
  test(`an answer of untold length that ${how} its range is an error`, async (t) => {
    const peer = await startPeer((request, response) => {
      if (request.url !== '/content')
        return response.writeHead(302, { location: '/content' }).end();
      response.writeHead(206, { 'content-range': 'bytes 10-19/100' });
      response.write(sent.slice(0, 4));
      return response.end(sent.slice(4));
    });
    t.after(() => peer.close());
    await using box = await openBox({ client: { baseUrl: peer.url } });
    const { body } = await box.client.files.download('1', { range: { start: 10, end: 19 } });
    let received = '';
    await assert.rejects(
      async () => {
        for await (const chunk of body) received += Buffer.from(chunk).toString();
      },
      { code: 'body_truncated', recovery: 'retry' },
    );
    assert.ok(received.length <= 10 && sent.startsWith(received), received);
    const again = await box.client.files.download('1', { range: { start: 10, end: 19 } });
    await assert.rejects(again.bytes(), { code: 'body_truncated', recovery: 'retry' });
  });
}

for (const action of [{ status: 503 }, { cut: 'before' }, { status: 404 }] as const) {
  test(`a download host that answers ${JSON.stringify(action)} is asked again, with a new address`, async () => {
    await using box = await openBox();
    const id = await seeded(box);
    box.emulator.faults.add({ match: { host: 'download' }, action });
    const { body } = await box.client.files.download(id);
    assert.ok((await buffer(body)).equals(CONTENT));
    assert.equal(box.emulator.counts()['GET /files/:id/content'], 2);
  });
}

test('content that Box has not ready is waited for as long as Box asks', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  const path = '/files/:id/content';
  box.emulator.faults.add({ match: { path }, action: { status: 202, retryAfter: 7 }, times: 2 });
  const { body } = await box.client.files.download(id);
  assert.ok((await buffer(body)).equals(CONTENT));
  assert.deepEqual(box.clock.sleeps, [7000, 7000]);
});

test('a page of errors is never taken for the content', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  const action = { status: 403, body: '<html>no</html>' };
  box.emulator.faults.add({ match: { host: 'download' }, action, times: 'always' });
  await assert.rejects(box.client.files.download(id), { name: 'BoxApiError', status: 403 });
});

test('a download that is left or cancelled ends, and the client goes on', async () => {
  await using box = await openBox();
  const id = await seeded(box);
  const left = await box.client.files.download(id);
  for await (const _ of left.body) break;
  const cancelled = await box.client.files.download(id);
  cancelled.cancel();
  cancelled.cancel();
  const { body } = await box.client.files.download(id);
  assert.ok((await buffer(body)).equals(CONTENT));
});
