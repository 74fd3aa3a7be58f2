import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { suite, type TestContext, test } from 'node:test';
import { BoxhaulError, type Clock } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { addressAfter, ping, pingAddress } from './ping.ts';

const address = new URL('https://hc.example/secret-uuid?rid=7');
const end = { startedMs: 0, endedMs: 1, exitCode: 0 } as const;

/** Answers with these statuses, one after the other; nothing for 0. */
async function watcher(t: TestContext, statuses: readonly number[]) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    const status = statuses[asked.length - 1] ?? 200;
    if (status === 0) request.socket.destroy();
    else response.writeHead(status).end('OK');
  }).listen(0, '127.0.0.1');
  t.after(() => server.close());
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const slept: number[] = [];
  const clock: Clock = {
    now: () => 0,
    sleep: async (ms) => {
      slept.push(ms);
    },
  };
  const signal = new AbortController().signal;
  const url = new URL(`http://127.0.0.1:${port}/secret-uuid`);
  const about = { clock, env: {}, signal };
  return { asked, slept, ping: (ending = signal) => ping(url, { ...about, ending }) };
}

suite('a ping', () => {
  test('goes to the address after a success, below it after a failure, and nowhere else', () => {
    assert.equal(addressAfter(end, address)?.href, address.href);
    for (const exitCode of [1, 2, 3] as const) {
      const failed = addressAfter({ ...end, exitCode }, address);
      assert.equal(failed?.href, 'https://hc.example/secret-uuid/fail?rid=7');
    }
    assert.equal(addressAfter({ ...end, exitCode: 130 }, address), undefined);
    const cause = new BoxhaulError('running', { code: 'job_running', recovery: 'stop' });
    const error = new CliError('running', { cause });
    assert.equal(addressAfter({ ...end, exitCode: 1, error }, address), undefined);
  });

  test('is taken', async (t) => {
    const { ping, asked, slept } = await watcher(t, [200]);
    assert.equal(await ping(), undefined);
    assert.deepEqual([asked, slept], [['GET /secret-uuid'], []]);
  });

  test('is tried again where that can help', async (t) => {
    const { ping, asked, slept } = await watcher(t, [503, 0, 200]);
    assert.equal(await ping(), undefined);
    assert.deepEqual([asked.length, slept], [3, [1000, 2000]]);
  });

  test('is not tried again by a process that is to end', async (t) => {
    const { ping, asked, slept } = await watcher(t, [503, 200]);
    assert.equal(await ping(AbortSignal.abort()), 'it answered 503');
    assert.deepEqual([asked.length, slept], [1, []]);
  });

  const failures: [statuses: number[], tries: number, says: string][] = [
    [[404], 1, 'it answered 404'],
    [[301], 1, 'it answered 301'],
    [[500, 500, 500], 3, 'it answered 500'],
    [[0, 0, 0], 3, 'ECONNRESET'],
  ];
  for (const [statuses, tries, says] of failures) {
    test(`that fails says so without the address: ${statuses}`, async (t) => {
      const { ping, asked } = await watcher(t, statuses);
      assert.equal(await ping(), says);
      assert.equal(asked.length, tries);
    });
  }

  test('to what is no web address is refused without showing it', () => {
    for (const text of ['hc-ping.com/secret', 'ftp://secret', '']) {
      assert.throws(
        () => pingAddress(text),
        (error: Error) => !error.message.includes('secret'),
      );
    }
  });
});
