import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Agent, ProxyAgent, request } from 'undici';
import { startEmulator } from '../emulator.ts';
import { makeCertificates } from './certificate.ts';

test('the certificate is the authority’s, for the names it was made for', async () => {
  const hosts = ['*.box.com', '127.0.0.1', '::1', 'fe80::1:2'];
  const { authority, server } = await makeCertificates(hosts);
  const ca = new X509Certificate(authority.certificate);
  const leaf = new X509Certificate(server.certificate);
  assert.ok(ca.ca);
  assert.ok(leaf.checkIssued(ca));
  assert.ok(leaf.verify(ca.publicKey));
  assert.ok(ca.verify(ca.publicKey));
  assert.ok(leaf.checkHost('api.box.com'));
  assert.equal(leaf.checkHost('api.example.com'), undefined);
  for (const address of hosts.slice(1)) assert.ok(leaf.checkIP(address), address);
  assert.ok(Date.parse(leaf.validFrom) < Date.now());
});

test('a client that knows only Box’s hosts comes by the proxy, and stays on those hosts', async (t) => {
  const emulator = await startEmulator({ tls: true });
  const { tls } = emulator;
  assert.ok(tls);
  assert.equal(readFileSync(tls.caCertificatePath, 'utf8'), tls.caCertificate);
  const dispatcher = new ProxyAgent({ uri: tls.proxyUrl, requestTls: { ca: tls.caCertificate } });
  t.after(async () => {
    await dispatcher.close();
    await emulator.close();
    assert.ok(!existsSync(tls.caCertificatePath));
  });
  const { '/a.txt': file } = await emulator.seed({ '/a.txt': 'hello' });
  const headers = { authorization: `Bearer ${emulator.token}` };
  const redirect = await request(`https://api.box.com/2.0/files/${file?.id}/content`, {
    dispatcher,
    headers,
  });
  await redirect.body.dump();
  assert.equal(redirect.statusCode, 302);
  const location = String(redirect.headers.location);
  assert.match(location, /^https:\/\/dl\.boxcloud\.com\/d\/1\//);
  const contents = await request(location, { dispatcher });
  assert.equal(await contents.body.text(), 'hello');

  const preflight = await request('https://api.box.com/2.0/files/content', {
    dispatcher,
    method: 'OPTIONS',
    headers,
    body: JSON.stringify({ name: 'b.txt', parent: { id: '0' }, size: 1 }),
  });
  const { upload_url } = (await preflight.body.json()) as { upload_url: string };
  assert.match(upload_url, /^https:\/\/upload\.box\.com\/api\/2\.0\/files\/content/);
});

test('the proxy leads nowhere else, and says so', async (t) => {
  const emulator = await startEmulator({ tls: true });
  const uri = emulator.tls?.proxyUrl ?? '';
  const dispatcher = new ProxyAgent({ uri });
  t.after(async () => {
    await dispatcher.close();
    await emulator.close();
  });
  await assert.rejects(request('https://example.com/', { dispatcher }), /403/);
  const direct = await fetch(uri);
  assert.equal(direct.status, 403);
  assert.match(await direct.text(), /leads to Box's hosts by HTTPS only/);
});

test('the emulator is there by HTTPS itself', async (t) => {
  const emulator = await startEmulator({ tls: true });
  const dispatcher = new Agent({ connect: { ca: emulator.tls?.caCertificate ?? '' } });
  t.after(async () => {
    await dispatcher.close();
    await emulator.close();
  });
  const { statusCode, body } = await request(`${emulator.tls?.apiUrl}/2.0/users/me`, {
    dispatcher,
    headers: { authorization: `Bearer ${emulator.token}` },
  });
  await body.dump();
  assert.equal(statusCode, 200);
});
