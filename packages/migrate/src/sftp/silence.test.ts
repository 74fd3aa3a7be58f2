/** Servers that let one in, and then give no answer. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { filterOf } from '@boxhaul/transfer';
import { SourceError } from '../source-error.ts';
import { startPasswordServer } from '../testing/password-server.ts';
import { openSftpOrigin } from './sftp-origin.ts';

const live = new AbortController().signal;

async function open(t: TestContext, port: number) {
  const home = await mkdtemp(join(tmpdir(), 'boxhaul-home-'));
  t.after(() => rm(home, { recursive: true }));
  const env = { BOXHAUL_SFTP_PASSWORD: 'open sesame' };
  const address = { kind: 'sftp', host: '127.0.0.1', port, user: 'ann', path: '/' } as const;
  const options = { env, home, acceptNewHostKey: true, silenceMs: 2_000 };
  return openSftpOrigin(address, options, live);
}

suite('an SSH server that gives no answer', { concurrency: true }, () => {
  for (const silent of ['channel', 'REALPATH', 'LSTAT'] as const) {
    test(`at the beginning (${silent}) is told, and not waited for`, async (t) => {
      await using server = await startPasswordServer(
        'open sesame',
        'password',
        (request) => request === silent,
      );
      await assert.rejects(open(t, server.port), (error: unknown) => {
        assert.ok(error instanceof SourceError);
        assert.match(
          error.message,
          /ann@127.0.0.1:\d+\/ cannot be read: the server gave no answer/,
        );
        return true;
      });
      assert.equal(server.asked.at(-1), silent);
    });
  }

  for (const silent of ['OPENDIR', 'READDIR'] as const) {
    test(`to what is in a folder (${silent}) is asked again on another channel`, async (t) => {
      let isSilent = true;
      await using server = await startPasswordServer('open sesame', 'password', (request) => {
        if (request !== silent || !isSilent) return false;
        isSilent = false;
        return true;
      });
      const origin = await open(t, server.port);
      const { entries } = await origin.top({ signal: live, filter: filterOf({}) });
      assert.deepEqual(
        entries.map(({ name, kind }) => `${name} ${kind}`),
        ['folder folder'],
      );
      assert.equal(server.asked.filter((request) => request === 'channel').length, 2);
      await origin.close();
    });
  }
});
