import assert from 'node:assert/strict';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, suite, test } from 'node:test';
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { developerToken } from './auth/developer-token.ts';
import { BoxClient } from './client.ts';
import type { ClientOptions } from './options.ts';

suite('proxies from the environment', () => {
  let box: Emulator;
  before(async () => {
    box = await startEmulator({ tls: true });
  });
  after(() => box.close());

  async function whoIs(options: Partial<ClientOptions>): Promise<string> {
    const client = new BoxClient({ auth: developerToken(box.token), maxRetries: 0, ...options });
    try {
      return (await client.users.me()).id;
    } finally {
      await client.close();
    }
  }

  for (const name of ['HTTPS_PROXY', 'https_proxy', 'HTTP_PROXY']) {
    test(`${name} leads to Box itself, through a tunnel`, async () => {
      const { proxyUrl, caCertificate } = box.tls ?? assert.fail();
      const env = { [name]: proxyUrl };
      assert.equal(await whoIs({ env, caCertificates: [caCertificate] }), box.adminUserId);
    });
  }

  test('a certificate that nobody vouches for is refused, with the way out', async () => {
    const env = { HTTPS_PROXY: box.tls?.proxyUrl };
    await assert.rejects(whoIs({ env }), {
      code: 'connect_failed',
      recovery: 'stop',
      message: /NODE_EXTRA_CA_CERTS/,
    });
  });

  test('NO_PROXY leads past it', async () => {
    const env = { HTTPS_PROXY: 'http://127.0.0.1:9', NO_PROXY: 'box.test' };
    // Nobody has this name: had the proxy been asked, its port would have refused.
    await assert.rejects(whoIs({ env, baseUrl: 'https://box.test' }), {
      code: 'connect_failed',
      message: /ENOTFOUND|EAI_AGAIN/,
    });
  });

  test('this machine’s own addresses are never asked of a proxy', async () => {
    const env = { HTTP_PROXY: 'http://127.0.0.1:9', HTTPS_PROXY: 'http://127.0.0.1:9' };
    assert.equal(await whoIs({ env, baseUrl: box.url }), box.adminUserId);
  });

  test('a proxy that refuses is not taken for Box', async () => {
    const { proxyUrl } = box.tls ?? assert.fail();
    const env = { HTTPS_PROXY: proxyUrl };
    await assert.rejects(whoIs({ env, baseUrl: 'https://example.com' }), {
      code: 'connect_failed',
      mayHaveArrived: false,
    });
  });

  test('a proxy that is no address is named, and not repeated: it may hold a password', () => {
    const env = { https_proxy: 'user:PASSWORD@' };
    assert.throws(
      () => new BoxClient({ auth: developerToken('x'), env }),
      (error: Error) => {
        assert.match(error.message, /^https_proxy must be an address/);
        assert.doesNotMatch(String(error.stack), /PASSWORD/);
        return true;
      },
    );
  });

  test('plain HTTP goes through a proxy without a tunnel', async (t) => {
    const hosts: (string | undefined)[] = [];
    const proxy = createServer((request, response) => {
      const { pathname, search, host } = new URL(request.url ?? '');
      hosts.push(host);
      const { port } = new URL(box.url);
      const onward = { host: '127.0.0.1', port, path: pathname + search, headers: request.headers };
      forward(onward, (answer) => answer.pipe(response)).end();
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    t.after(() => proxy.close());
    const { port } = proxy.address() as AddressInfo;
    const env = { http_proxy: `http://127.0.0.1:${port}` };
    assert.equal(await whoIs({ env, baseUrl: 'http://box.test' }), box.adminUserId);
    assert.deepEqual(hosts, ['box.test']);
  });
});
