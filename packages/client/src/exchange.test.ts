import assert from 'node:assert/strict';
import type { RequestListener } from 'node:http';
import { suite, type TestContext, test } from 'node:test';
import { developerToken } from './auth/developer-token.ts';
import { bodyOf, type RequestBody } from './body.ts';
import { BoxClient } from './client.ts';
import { BoxApiError, BoxConnectionError } from './errors.ts';
import type { ClientOptions } from './options.ts';
import type { ExchangeRecord } from './record.ts';
import type { BoxRequest } from './request.ts';
import { answerJson, type Peer, startPeer } from './testing/peer.ts';

/** A client without retries, and the peer that it talks to. */
async function talking(
  t: TestContext,
  listener: RequestListener,
  options: Partial<ClientOptions> = {},
): Promise<{ client: BoxClient; peer: Peer }> {
  const peer = await startPeer(listener);
  const client = new BoxClient({
    auth: developerToken('TOKEN'),
    baseUrl: peer.url,
    maxRetries: 0,
    env: {},
    ...options,
  });
  t.after(async () => {
    await client.close();
    await peer.close();
  });
  return { client, peer };
}

const get: BoxRequest = { method: 'GET', path: '/users/me' };
const getContent: BoxRequest = { method: 'GET', path: '/files/1/content', answer: 'stream' };

async function contentOf(client: BoxClient, request = getContent): Promise<Buffer> {
  const { stream } = await client.request(request);
  assert.ok(stream);
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

suite('an answer', () => {
  test('is decoded, and its headers are in lower case', async (t) => {
    const { client } = await talking(t, (_, response) =>
      answerJson(response, 200, { id: '1', size: 1.5e3 }, { 'Box-Request-Id': 'r1' }),
    );
    const { status, data, headers } = await client.request(get);
    assert.equal(status, 200);
    assert.deepEqual(data, { id: '1', size: 1500 });
    assert.equal(headers['box-request-id'], 'r1');
  });

  test('that trickles for ever is an error, and contents that do are not', async (t) => {
    const { client } = await talking(
      t,
      (_, response) => {
        const trickle = setInterval(() => response.write(' '), 10);
        response.on('close', () => clearInterval(trickle));
      },
      { timeouts: { answerMs: 150 } },
    );
    await assert.rejects(client.request(get), { code: 'body_timeout', message: /0\.15 s/ });
    const { stream } = await client.request(getContent);
    let came = 0;
    for await (const chunk of stream ?? []) {
      came += chunk.byteLength;
      if (came > 30) break;
    }
    assert.ok(came > 30);
  });

  test('that is a page in place of JSON is an error', async (t) => {
    const { client } = await talking(t, (_, response) =>
      response.end('<html>log in to Wi-Fi</html>'),
    );
    await assert.rejects(client.request(get), { code: 'unexpected_answer', recovery: 'retry' });
  });

  test('that is cut in the middle of its JSON is an error', async (t) => {
    const { client } = await talking(t, (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"id":', () => response.destroy());
    });
    await assert.rejects(client.request(get), BoxConnectionError);
  });

  test('whose headers never end is an error', async (t) => {
    const { client } = await talking(t, ({ socket }) => {
      socket.write(`HTTP/1.1 200 OK\r\nset-cookie: ${'x'.repeat(100_000)}\r\n`);
    });
    await assert.rejects(client.request(get), { code: 'unexpected_answer', recovery: 'retry' });
  });

  test('of what does not speak TLS says that, in words for people', async (t) => {
    const { peer } = await talking(t, (_, response) => answerJson(response, 200, {}));
    const baseUrl = peer.url.replace('http:', 'https:');
    const auth = developerToken('TOKEN');
    const client = new BoxClient({ auth, baseUrl, maxRetries: 0, env: {} });
    t.after(() => client.close());
    await assert.rejects(client.request(get), {
      code: 'connect_failed',
      mayHaveArrived: false,
      message: 'Box could not be reached (GET /users/me: TLS: wrong version number)',
    });
  });

  test('of 304 is no error', async (t) => {
    const { client } = await talking(t, (_, response) => response.writeHead(304).end());
    assert.equal((await client.request(get)).status, 304);
  });

  test('that never begins is a time-out', async (t) => {
    const { client } = await talking(t, () => undefined, { timeouts: { headersMs: 50 } });
    await assert.rejects(client.request(get), { code: 'headers_timeout', mayHaveArrived: true });
  });
});

suite('a download', () => {
  test('follows the redirect without the token or anything that says who asks', async (t) => {
    const { client, peer } = await talking(t, (request, response) => {
      if (request.url?.startsWith('/d/')) response.end('contents');
      else
        response
          .writeHead(302, { location: `http://${request.headers.host}/d/1/KEY/download` })
          .end();
    });
    const asked = client.asUser('9').withSharedLink('https://app.box.com/s/x', 'PASSWORD');
    const content = await contentOf(asked, { ...getContent, headers: { range: 'bytes=0-' } });
    assert.equal(content.toString(), 'contents');
    const [first, second] = peer.requests;
    assert.equal(first?.headers.authorization, 'Bearer TOKEN');
    assert.equal(first?.headers['as-user'], '9');
    assert.match(String(first?.headers.boxapi), /shared_link_password=PASSWORD/);
    assert.equal(second?.headers.range, 'bytes=0-');
    for (const name of ['authorization', 'as-user', 'boxapi', 'cookie']) {
      assert.equal(second?.headers[name], undefined, name);
    }
  });

  test('refused by the download host is an error, never contents', async (t) => {
    const { client } = await talking(t, (request, response) => {
      if (request.url?.startsWith('/d/')) response.writeHead(403).end('<Error>expired</Error>');
      else
        response
          .writeHead(302, { location: `http://${request.headers.host}/d/1/KEY/download` })
          .end();
    });
    await assert.rejects(client.request(getContent), (error) => {
      assert.ok(error instanceof BoxApiError);
      assert.equal(error.host, 'download');
      assert.equal(error.status, 403);
      assert.doesNotMatch(error.message, /KEY/);
      return true;
    });
  });

  test('that ends early is an error', async (t) => {
    const { client } = await talking(t, (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half', () => response.destroy());
    });
    await assert.rejects(contentOf(client), BoxConnectionError);
  });

  test('whose chunks stop before the last one is an error', async (t) => {
    const { client } = await talking(t, (_, response) => {
      response.writeHead(200, { 'transfer-encoding': 'chunked' });
      response.write('half', () => response.destroy());
    });
    await assert.rejects(contentOf(client), BoxConnectionError);
  });

  test('that stalls is an error', async (t) => {
    const { client } = await talking(
      t,
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half');
      },
      { timeouts: { bodyIdleMs: 50 } },
    );
    await assert.rejects(contentOf(client), { code: 'body_timeout', recovery: 'retry' });
  });

  test('that comes compressed is an error: its bytes are not the file’s', async (t) => {
    const { client } = await talking(t, (_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    );
    await assert.rejects(client.request(getContent), { code: 'unexpected_answer' });
  });

  test('can be cancelled, and left in the middle', async (t) => {
    const { client } = await talking(t, (_, response) => {
      response.writeHead(200, { 'content-length': String(1 << 24) });
      response.end(Buffer.alloc(1 << 24));
    });
    const { stream } = await client.request(getContent);
    stream?.cancel();
    const second = await client.request(getContent);
    for await (const chunk of second.stream ?? []) {
      assert.ok(chunk.byteLength > 0);
      break;
    }
  });

  test('ends soon after an abort, with the reason that was given', async (t) => {
    const { client } = await talking(t, (_, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('half');
    });
    const controller = new AbortController();
    const { stream } = await client.request({ ...getContent, signal: controller.signal });
    const read = (async () => {
      for await (const _ of stream ?? []) controller.abort(new Error('enough'));
    })();
    await assert.rejects(read, /^Error: enough$/);
  });

  test('is not redirected for ever', async (t) => {
    const { client, peer } = await talking(t, (request, response) =>
      response.writeHead(302, { location: `http://${request.headers.host}/again` }).end(),
    );
    await assert.rejects(client.request(getContent), { status: 302 });
    assert.equal(peer.requests.length, 6);
  });
});

suite('an upload', () => {
  const echo: RequestListener = (request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('latin1');
      answerJson(response, 201, { body, length: request.headers['content-length'] });
    });
  };
  const post: BoxRequest = { method: 'POST', host: 'upload', path: '/files/content' };

  function inChunks(...chunks: string[]): RequestBody {
    return {
      sizeBytes: chunks.join('').length,
      async *open() {
        for (const chunk of chunks) yield Buffer.from(chunk, 'latin1');
      },
    };
  }

  for (const [name, body] of [
    ['in memory', bodyOf('contents')],
    ['from a stream', inChunks('con', 'tents')],
  ] as const) {
    test(`sends a body ${name}, with its length`, async (t) => {
      const { client } = await talking(t, echo);
      const progress: number[] = [];
      const onProgress = (sentBytes: number) => progress.push(sentBytes);
      const { data } = await client.request({ ...post, body, onProgress });
      assert.deepEqual(data, { body: 'contents', length: '8' });
      assert.equal(progress.at(-1), 8);
    });
  }

  test('that is large tells its progress step by step, though it is in memory whole', async (t) => {
    const sizeBytes = 5_000_000;
    const { client } = await talking(t, (request, response) => {
      request.resume().on('end', () => answerJson(response, 200, {}));
    });
    const progress: number[] = [];
    const onProgress = (sentBytes: number) => progress.push(sentBytes);
    await client.request({ ...post, body: bodyOf(Buffer.alloc(sizeBytes)), onProgress });
    const steps = progress.map((sentBytes, index) => sentBytes - (progress[index - 1] ?? 0));
    assert.equal(progress.at(-1), sizeBytes);
    assert.ok(Math.max(...steps) < 1_000_000, `the longest step was ${Math.max(...steps)} bytes`);
  });

  test('sends an empty body', async (t) => {
    const { client } = await talking(t, echo);
    const { data } = await client.request({ ...post, body: inChunks() });
    assert.deepEqual(data, { body: '', length: '0' });
  });

  test('whose source cannot be read fails with the source’s error', async (t) => {
    const { client } = await talking(t, echo, { maxRetries: 3 });
    const body: RequestBody = {
      sizeBytes: 10,
      async *open() {
        yield Buffer.from('abc');
        throw new Error('the disk is gone');
      },
    };
    await assert.rejects(
      client.request({ ...post, repeat: 'safe', body }),
      /^Error: the disk is gone/,
    );
  });

  for (const given of ['too few', 'more than were promised']) {
    test(`whose source gives ${given} bytes fails, and starting anew may help`, async (t) => {
      const { client } = await talking(t, echo);
      const body = { ...inChunks('x'.repeat(20)), sizeBytes: given === 'too few' ? 30 : 10 };
      await assert.rejects(client.request({ ...post, body }), {
        code: 'body_length',
        recovery: 'restart',
      });
    });
  }

  test('to a peer that takes nothing more is a time-out', async (t) => {
    const { client } = await talking(t, (request) => request.pause(), {
      timeouts: { headersMs: 50 },
    });
    const body: RequestBody = {
      sizeBytes: 1 << 28,
      async *open() {
        for (let index = 0; index < 1 << 12; index++) yield Buffer.alloc(1 << 16);
      },
    };
    await assert.rejects(client.request({ ...post, body }), { code: 'headers_timeout' });
  });

  test('ends soon after an abort, and closes its source', async (t) => {
    const { client } = await talking(t, (request) => request.pause());
    const controller = new AbortController();
    const closed = Promise.withResolvers<void>();
    const body: RequestBody = {
      sizeBytes: 1 << 28,
      async *open() {
        try {
          for (let index = 0; index < 1 << 12; index++) yield Buffer.alloc(1 << 16);
        } finally {
          closed.resolve();
        }
      },
    };
    const onProgress = () => setImmediate(() => controller.abort(new Error('enough')));
    const sent = client.request({ ...post, body, onProgress, signal: controller.signal });
    await assert.rejects(sent, /^Error: enough$/);
    await closed.promise;
  });

  test('a preflight sends its JSON with OPTIONS, and keeps its connection', async (t) => {
    const sockets = new Set<unknown>();
    const { client } = await talking(t, (request, response) => {
      sockets.add(request.socket);
      echo(request, response);
    });
    const preflight: BoxRequest = { method: 'OPTIONS', path: '/files/content', json: { size: 1 } };
    for (let index = 0; index < 6; index++) {
      const { data } = await client.request(preflight);
      assert.deepEqual(data, { body: '{"size":1}', length: '10' });
    }
    // The next request may come before the last connection knows that it is free.
    assert.ok(sockets.size <= 2, `${sockets.size} connections`);
  });
});

suite('a peer', () => {
  test('that is not there is known not to have seen the request', async (t) => {
    const { client, peer } = await talking(t, () => undefined);
    await peer.close();
    await assert.rejects(client.request(get), { code: 'connect_failed', mayHaveArrived: false });
  });

  test('that closes the connection without an answer may have seen it', async (t) => {
    const { client } = await talking(t, (request) => request.socket.destroy());
    await assert.rejects(client.request(get), { code: 'connection_reset', mayHaveArrived: true });
  });

  test('that speaks something else gave no answer', async (t) => {
    const { client } = await talking(t, (request) => request.socket.end('SSH-2.0-OpenSSH\r\n'));
    await assert.rejects(client.request(get), { code: 'unexpected_answer' });
  });
});

test('each exchange is reported, and counted', async (t) => {
  const records: ExchangeRecord[] = [];
  const enough = new AbortController();
  const { client } = await talking(
    t,
    (request, response) => {
      request.resume();
      if (request.url?.startsWith('/d/')) response.end('contents');
      else if (request.url?.endsWith('/content'))
        response.writeHead(302, { location: '/d/1' }).end();
      else answerJson(response, 429, {}, { 'box-request-id': 'r1' });
    },
    {
      onExchange: (record) => {
        records.push(record);
        // Whoever is refused waits and asks again, unless nobody wants the answer any more.
        if (record.status === 429) enough.abort();
      },
    },
  );
  await contentOf(client);
  const post = { method: 'POST', host: 'upload', path: '/x', body: bodyOf('abc') } as const;
  await assert.rejects(client.request({ ...post, signal: enough.signal }), { name: 'AbortError' });
  const shown = records.map(({ host, status, sentBytes }) => [host, status, sentBytes]);
  assert.deepEqual(shown, [
    ['api', 302, 0],
    ['download', 200, 0],
    ['upload', 429, 3],
  ]);
  assert.equal(records[2]?.requestId, 'r1');
  const { calls, uploads, downloads, refused, tokens } = client.counts();
  assert.deepEqual([downloads, tokens], [1, 0]);
  assert.deepEqual([calls, uploads, refused], [2, 1, 1]);
});
