/** What a client does not spend: connections, memory, and time in which parts wait for one another. */
import assert from 'node:assert/strict';
import { createHash, hash } from 'node:crypto';
import { once } from 'node:events';
import { request as forward, type RequestListener } from 'node:http';
import { type TestContext, test } from 'node:test';
import { startEmulator } from '@boxhaul/emulator';
import { developerToken } from './auth/developer-token.ts';
import { bodyOf, type RequestBody } from './body.ts';
import { BoxClient } from './client.ts';
import type { ClientOptions } from './options.ts';
import { hastyClock } from './testing/hasty-clock.ts';
import { answerJson, startPeer } from './testing/peer.ts';

async function talking(
  t: TestContext,
  listener: RequestListener,
  options: Partial<ClientOptions> = {},
) {
  const peer = await startPeer(listener);
  t.after(() => peer.close());
  const auth = developerToken('token');
  const client = new BoxClient({ auth, baseUrl: peer.url, env: {}, ...options });
  t.after(() => client.close());
  return { peer, client };
}

test('connections carry one request after another, refused ones and those with bodies too', async (t) => {
  const { peer, client } = await talking(t, (request, response) => {
    request.resume().once('end', () => {
      const found = !request.url?.includes('missing');
      answerJson(response, found ? 200 : 404, { type: 'folder', id: '7', etag: '0' });
    });
  });
  for (let turn = 0; turn < 10; turn++) {
    await client.folders.get('7');
    await client.folders.update('7', { name: `name ${turn}` });
    await assert.rejects(client.folders.get('missing'), { status: 404 });
  }
  assert.equal(peer.requests.length, 30);
  // A second one: the first is not free again at the very moment that its answer ends.
  assert.ok(peer.connections() <= 2, `${peer.connections()} connections`);
});

test('requests at once open connections for themselves once, not each time', async (t) => {
  const { peer, client } = await talking(t, (_, response) =>
    answerJson(response, 200, { type: 'user', id: '7', login: 'ann@example.com' }),
  );
  for (let turn = 0; turn < 10; turn++) {
    await Promise.all(Array.from({ length: 16 }, () => client.users.me()));
  }
  assert.equal(peer.requests.length, 160);
  assert.ok(peer.connections() <= 2 * 16, `${peer.connections()} connections`);
});

test('a body is read no further than the other side takes it: it is never held whole', async (t) => {
  const { client } = await talking(t, (request) => request.pause(), {
    timeouts: { headersMs: 50 },
    maxRetries: 0,
  });
  const { body, readBytes } = countedBody(1 << 28);
  const upload = client.files.upload({ name: 'big.bin', parentId: '0', body });
  await assert.rejects(upload, { code: 'headers_timeout' });
  // What the two ends' sockets hold, which the kernel decides, and a piece.
  assert.ok(readBytes() < body.sizeBytes / 8, `${readBytes()} bytes were read`);
});

function countedBody(sizeBytes: number): { body: RequestBody; readBytes: () => number } {
  let readBytes = 0;
  return {
    readBytes: () => readBytes,
    body: {
      sizeBytes,
      async *open() {
        for (; readBytes < sizeBytes; readBytes += 1 << 16) yield Buffer.alloc(1 << 16);
      },
    },
  };
}

test('parts travel at once, and the commit that Box answers with 202 is waited out', {
  timeout: 20_000,
}, async (t) => {
  const box = await startEmulator();
  t.after(() => box.close());
  const content = Buffer.alloc(20_971_520, 'a file in parts; ');
  // No part gets through before all are here: a client that sends one after the other stands still.
  const partsAtOnce = 3;
  const allHere = Promise.withResolvers<void>();
  let partsHere = 0;
  const clock = hastyClock();
  const { client } = await talking(
    t,
    async (request, response) => {
      const { method, url, headers } = request;
      if (method === 'PUT' && ++partsHere === partsAtOnce) allHere.resolve();
      if (method === 'PUT') await allHere.promise;
      const onward = forward(new URL(url ?? '', box.url), { method, headers });
      request.pipe(onward);
      const [answer] = await once(onward, 'response');
      response.writeHead(answer.statusCode, answer.headers);
      answer.pipe(response);
    },
    { auth: developerToken(box.token), clock },
  );
  const { uploadSessions } = client;
  const file = { folderId: '0', fileName: 'big.bin', fileSizeBytes: content.byteLength };
  const session = await uploadSessions.create(file);
  assert.equal(session.total_parts, partsAtOnce);
  box.faults.add({ action: { commit202: 3 }, times: 2 });
  const parts = await Promise.all(
    Array.from({ length: session.total_parts }, (_, index) => {
      const offset = index * session.part_size;
      const bytes = content.subarray(offset, offset + session.part_size);
      const sha1 = hash('sha1', bytes);
      const part = { offset, body: bodyOf(bytes), sha1, totalBytes: content.byteLength };
      return uploadSessions.uploadPart(session, part);
    }),
  );
  const sha1 = createHash('sha1').update(content).digest('hex');
  assert.equal((await uploadSessions.commit(session, { parts, sha1 })).sha1, sha1);
  assert.deepEqual(clock.sleeps, [3000, 3000]);
});
