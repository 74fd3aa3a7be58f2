/** Who is let in where, and who is believed. */
import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite, type TestContext, test } from 'node:test';
import { SourceError } from '../source-error.ts';
import { startPasswordServer } from '../testing/password-server.ts';
import { openSftpOrigin, type SftpOptions } from './sftp-origin.ts';

const live = new AbortController().signal;

function open(port: number, options: Partial<SftpOptions> & { home: string }) {
  const address = { kind: 'sftp', host: '127.0.0.1', port, user: 'ann', path: '/' } as const;
  return openSftpOrigin(address, { env: {}, ...options }, live);
}

async function newHome(t: TestContext): Promise<string> {
  const home = await mkdtemp(join(tmpdir(), 'boxhaul-home-'));
  t.after(() => rm(home, { recursive: true }));
  return home;
}

/** What refused has to say, with a way out and without the password. */
function refused(words: RegExp, details: RegExp) {
  return (error: unknown) => {
    assert.ok(error instanceof SourceError, String(error));
    assert.match(error.message, words);
    assert.match(error.details.join('\n'), details);
    assert.ok(error.ways.length > 0);
    assert.doesNotMatch(JSON.stringify([error, error.stack, error.cause]), /open sesame/);
    return true;
  };
}

suite('an SSH server', () => {
  for (const way of ['password', 'keyboard-interactive'] as const) {
    test(`lets in who has its password, asked for by ${way}`, async (t) => {
      await using server = await startPasswordServer('open sesame', way);
      const home = await newHome(t);
      const env = { BOXHAUL_SFTP_PASSWORD: 'open sesame' };
      const origin = await open(server.port, { home, env, acceptNewHostKey: true });
      assert.equal(origin.identity[0], `sftp://ann@127.0.0.1:${server.port}/`);
      await origin.close();
      const wrong = open(server.port, { home, env: { BOXHAUL_SFTP_PASSWORD: 'open sesame!' } });
      const said = refused(/does not admit ann@127.0.0.1/, /the password in BOXHAUL_SFTP_PASSWORD/);
      await assert.rejects(wrong, said);
      await assert.rejects(open(server.port, { home }), refused(/not admit/, /nothing to offer/));
    });
  }

  test('that was never met is told nothing, unless new ones are accepted', async (t) => {
    await using server = await startPasswordServer('open sesame', 'password');
    const home = await newHome(t);
    const env = { BOXHAUL_SFTP_PASSWORD: 'open sesame' };
    const place = `\\[127.0.0.1\\]:${server.port}`;
    await assert.rejects(
      open(server.port, { home, env }),
      refused(new RegExp(`^${place} is not a host that this machine knows`), /SHA256:/),
    );
    await (await open(server.port, { home, env, acceptNewHostKey: true })).close();
    assert.match(await readFile(join(home, '.ssh/known_hosts'), 'utf8'), new RegExp(`^${place} `));
    await (await open(server.port, { home, env })).close();
  });

  test('that has another key than before is never believed', async (t) => {
    await using server = await startPasswordServer('open sesame', 'password');
    const home = await newHome(t);
    await mkdir(join(home, '.ssh'));
    const line = `[127.0.0.1]:${server.port} ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABAQ==\n`;
    await writeFile(join(home, '.ssh/known_hosts'), line);
    await assert.rejects(
      open(server.port, { home, acceptNewHostKey: true }),
      refused(/is not the host that this machine knows by that name/, /has another \(ssh-rsa\)/),
    );
  });

  test('is not asked with a key that cannot be opened', async (t) => {
    const home = await newHome(t);
    const keyFile = join(home, 'key');
    await assert.rejects(open(1, { home, keyFile }), refused(/cannot be read/, /ENOENT/));
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: {
        type: 'pkcs1',
        format: 'pem',
        cipher: 'aes-128-cbc',
        passphrase: 'open sesame',
      },
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    await writeFile(keyFile, privateKey);
    await assert.rejects(open(1, { home, keyFile }), refused(/cannot be opened/, /^$/));
    const env = { BOXHAUL_SFTP_PASSPHRASE: 'open sesame!' };
    await assert.rejects(open(1, { home, keyFile, env }), refused(/cannot be opened/, /^$/));
  });

  test('that is not there is named at once', async (t) => {
    const home = await newHome(t);
    await assert.rejects(
      open(1, { home }),
      refused(/^sftp:\/\/ann@127.0.0.1:1\/ cannot be read: .*ECONNREFUSED/, /^$/),
    );
  });
});
