import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, afterEach, before, beforeEach, suite, test } from 'node:test';
import { type Emulator, type FaultRule, startEmulator } from '@boxhaul/emulator';
import { appAuth } from './auth/app-auth.ts';
import { developerToken } from './auth/developer-token.ts';
import { bodyOf, type RequestBody } from './body.ts';
import { BoxClient } from './client.ts';
import { BoxApiError, BoxAuthError, BoxConnectionError } from './errors.ts';
import type { ExchangeRecord } from './record.ts';
import { type HastyClock, hastyClock } from './testing/hasty-clock.ts';

let box: Emulator;
let clock: HastyClock;
let client: BoxClient;
let records: ExchangeRecord[];

before(async () => {
  box = await startEmulator();
});
after(() => box.close());

beforeEach(async () => {
  box.reset();
  clock = hastyClock(Date.now());
  records = [];
  client = new BoxClient({
    auth: appAuth(await box.appConfig(), { userId: box.adminUserId }),
    baseUrl: box.url,
    env: {},
    clock,
    // Long enough for a busy machine, short enough for answers that never come.
    timeouts: { headersMs: 2_000, bodyIdleMs: 2_000 },
    onExchange: (record) => records.push(record),
  });
  await client.users.me();
  box.resetCounts();
  records.length = 0;
});
afterEach(() => client.close());

const megabyte = Buffer.alloc(1 << 20, 'boxhaul ');
const sha1 = createHash('sha1').update(megabyte).digest('hex');

/** Counts how often it was opened, and never holds more than a piece. */
function countingBody(): RequestBody & { opened: () => number } {
  let opened = 0;
  return {
    sizeBytes: megabyte.byteLength,
    opened: () => opened,
    async *open() {
      opened++;
      for (let offset = 0; offset < megabyte.byteLength; offset += 1 << 16) {
        yield megabyte.subarray(offset, offset + (1 << 16));
      }
    },
  };
}

async function downloaded(id: string): Promise<Buffer> {
  const { body } = await client.files.download(id);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function itemNames(): Promise<string[]> {
  const names: string[] = [];
  for await (const item of client.folders.items('0')) names.push(item.name);
  return names;
}

suite('an expired token', () => {
  test('is renewed once for a hundred requests that meet it', async () => {
    box.expireTokens();
    await Promise.all(Array.from({ length: 100 }, () => client.folders.get('0')));
    assert.equal(box.counts()['POST /oauth2/token'], 1);
  });

  test('that an upload meets is renewed, and the body is sent anew', async () => {
    box.expireTokens();
    const body = countingBody();
    const file = await client.files.upload({ name: 'a.bin', parentId: '0', body });
    assert.equal(file.sha1, sha1);
    assert.deepEqual(await downloaded(file.id), megabyte);
    assert.ok(body.opened() >= 2);
  });

  test('in the middle of a listing or before a download is not noticed', async () => {
    await box.seed({ '/a.txt': 'a', '/b.txt': 'b', '/c.txt': 'c' });
    const names: string[] = [];
    for await (const item of client.folders.items('0', { pageSize: 1 })) {
      box.expireTokens();
      names.push(item.name);
    }
    assert.deepEqual(names, ['a.txt', 'b.txt', 'c.txt']);
  });

  test('that cannot be renewed is asked for as often as other things are, and no more', async () => {
    box.expireTokens();
    box.faults.add({ match: { host: 'oauth' }, action: { status: 500 }, times: 'always' });
    const body = countingBody();
    const uploading = client.files.upload({ name: 'a.bin', parentId: '0', body });
    await assert.rejects(uploading, { status: 500, host: 'oauth', recovery: 'retry' });
    assert.equal(box.counts()['POST /oauth2/token'], 6);
    assert.equal(body.opened(), 1);
  });

  test('of a developer says what to do', async (t) => {
    const developer = new BoxClient({ auth: developerToken('gone'), baseUrl: box.url, env: {} });
    t.after(() => developer.close());
    await assert.rejects(developer.users.me(), (error) => {
      assert.ok(error instanceof BoxAuthError);
      assert.match(error.message, /developer tokens work for an hour.*Make a new one/);
      return true;
    });
    assert.equal(developer.counts().calls, 1);
  });
});

suite('Box’s pace', () => {
  for (const retryAfterDate of [false, true]) {
    test(`is kept when Retry-After is ${retryAfterDate ? 'a date' : 'seconds'}`, async () => {
      box.faults.add({ action: { status: 429, retryAfter: 30, retryAfterDate } });
      const startMs = clock.now();
      await client.folders.get('0');
      const waitedMs = clock.now() - startMs;
      // A date knows whole seconds only.
      assert.ok(waitedMs > 28_000 && waitedMs <= 31_000, `waited ${waitedMs} ms`);
      assert.equal(client.counts().refused, 1);
      assert.equal(client.counts().retried, 1);
    });
  }

  test('is learnt by many requests at once, and none of them fails', async (t) => {
    const limited = await startEmulator({ limits: { callsPerMinute: 20, uploadsPerMinute: 5 } });
    t.after(() => limited.close());
    const waiting = hastyClock(Date.now());
    const polite = new BoxClient({
      auth: developerToken(limited.token),
      baseUrl: limited.url,
      env: {},
      concurrency: 8,
      clock: {
        now: waiting.now,
        // The emulator's minute goes by as the client waits.
        sleep: async (ms, signal) => {
          limited.clock.advance(ms);
          await waiting.sleep(ms, signal);
        },
      },
    });
    t.after(() => polite.close());
    const files = await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        polite.files.upload({ name: `${index}.txt`, parentId: '0', body: bodyOf(`${index}`) }),
      ),
    );
    assert.equal(new Set(files.map((file) => file.id)).size, 30);
  });
});

suite('bad weather', () => {
  const weather: [name: string, action: FaultRule['action']][] = [
    ['a 500', { status: 500 }],
    ['a 502 with a page', { status: 502, body: '<html>Bad Gateway</html>' }],
    ['a 503 with Retry-After', { status: 503, retryAfter: 3 }],
    ['a connection cut before the answer', { cut: 'before' }],
    ['a connection cut in the middle', { cut: 'in' }],
    ['a connection cut after the work was done', { cut: 'after', of: 'request' }],
    ['an answer that never comes', { stall: 'before' }],
    ['a token that has expired', { expireToken: true }],
  ];
  for (const [name, action] of weather) {
    test(`${name} is not noticed in a listing`, async () => {
      await box.seed({ '/a.txt': 'a', '/b.txt': 'b' });
      box.faults.add({ match: { path: '/folders/:id/items' }, action });
      assert.deepEqual(await itemNames(), ['a.txt', 'b.txt']);
    });

    test(`${name} is not noticed in an upload, which makes one file with one version`, async () => {
      box.faults.add({ match: { method: 'POST', path: '/files/content' }, action });
      const file = await client.files.upload({
        name: 'a.bin',
        parentId: '0',
        body: countingBody(),
      });
      assert.equal(file.sha1, sha1);
      assert.deepEqual(await itemNames(), ['a.bin']);
      const versions = [];
      for await (const version of client.files.versions(file.id)) versions.push(version);
      assert.deepEqual(versions, []);
    });

    test(`${name} is not noticed in the making of a folder`, async () => {
      box.faults.add({ match: { method: 'POST', path: '/folders' }, action });
      await client.folders.create({ name: 'new', parentId: '0' });
      assert.deepEqual(await itemNames(), ['new']);
    });

    test(`${name} is not noticed before a download`, async () => {
      const { '/a.bin': seeded } = await box.seed({ '/a.bin': megabyte });
      box.faults.add({ match: { path: '/files/:id/content' }, action });
      assert.deepEqual(await downloaded(seeded?.id ?? ''), megabyte);
    });
  }

  test('an answer with a wrong byte in it is asked for again', async () => {
    await box.seed({ '/a.txt': 'a' });
    box.faults.add({ match: { path: '/folders/:id/items' }, action: { wrongBytes: true } });
    assert.deepEqual(await itemNames(), ['a.txt']);
  });

  test('a download host that refuses is asked again with a new URL', async () => {
    const { '/a.bin': seeded } = await box.seed({ '/a.bin': megabyte });
    box.faults.add({ match: { host: 'download' }, action: { status: 403 } });
    assert.deepEqual(await downloaded(seeded?.id ?? ''), megabyte);
    assert.equal(box.counts()['GET /files/:id/content'], 2);
  });

  for (const [name, action] of [
    ['that is cut', { cut: 'in' }],
    ['that stalls', { stall: 'in' }],
  ] as const) {
    test(`contents ${name} are an error for whoever reads them`, async () => {
      const { '/a.bin': seeded } = await box.seed({ '/a.bin': megabyte });
      box.faults.add({ match: { host: 'download' }, action });
      await assert.rejects(downloaded(seeded?.id ?? ''), (error) => {
        assert.ok(error instanceof BoxConnectionError);
        assert.equal(error.recovery, 'retry');
        return true;
      });
    });
  }

  test('that does not end is told of in the end', async () => {
    box.faults.add({ match: { path: '/folders/0' }, action: { status: 500 }, times: 'always' });
    await assert.rejects(client.folders.get('0'), { status: 500, recovery: 'retry' });
    assert.equal(box.counts()['GET /folders/:id'], 6);
  });
});

suite('a client', () => {
  test('acts as another user, and both share their connections and counts', async () => {
    const service = client.asUser(box.adminUserId);
    assert.equal((await service.users.me()).id, box.adminUserId);
    assert.deepEqual(service.counts(), client.counts());
    assert.equal(records.length, 1);
  });

  test('reaches calls that it has no method for', async () => {
    const { data } = await client.request({
      method: 'GET',
      path: '/users/me',
      query: { fields: 'id' },
    });
    assert.equal((data as { id: string }).id, box.adminUserId);
    await assert.rejects(client.request({ method: 'GET', path: '/nonsense' }), BoxApiError);
  });

  test('ends soon after an abort, wherever it waits', async () => {
    const reason = new Error('enough');
    const aborted = (signal: AbortSignal) => ({
      parentId: '0',
      name: 'x',
      body: bodyOf('x'),
      signal,
    });
    box.faults.add({ action: { stall: 'before' }, times: 'always' });
    const controller = new AbortController();
    const { signal } = controller;
    const waiting = [
      client.users.me({ signal }),
      client.files.upload(aborted(signal), { signal }),
      client.folders.create({ name: 'y', parentId: '0' }, { signal }),
      client.files.download('1', { signal }),
    ];
    setImmediate(() => controller.abort(reason));
    for (const { status, reason: why } of (await Promise.allSettled(
      waiting,
    )) as PromiseRejectedResult[]) {
      assert.equal(status, 'rejected');
      assert.equal(why, reason);
    }
    await assert.rejects(client.users.me({ signal }), reason);
  });

  test('that was closed says so', async () => {
    await client.close();
    await assert.rejects(client.users.me(), { code: 'client_closed' });
  });

  test('is recorded with Box’s request ids and clock', async () => {
    await client.request({ method: 'GET', path: '/folders/0', query: { fields: ['id', 'name'] } });
    const [record] = records;
    assert.equal(record?.path, '/folders/0?fields=id,name');
    assert.equal(record?.status, 200);
    assert.ok(record?.requestId);
    assert.ok(Math.abs((record?.serverTimeMs ?? 0) - Date.now()) < 60_000);
  });
});
