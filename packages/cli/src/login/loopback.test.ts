import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type TestContext, test } from 'node:test';
import { CliError } from '../cli-error.ts';
import { listenForRedirect, loopbackUri, type RedirectListener } from './loopback.ts';

const never = new AbortController().signal;

test('takes a free port where the redirect URI names none, and keeps the rest of it', async (t) => {
  const listener = await listening(t, 'http://127.0.0.1/callback?from=box');
  assert.match(listener.redirectUri, /^http:\/\/127\.0\.0\.1:\d+\/callback\?from=box$/);
});

test('hands over the answer, and shows the browser what became of it', async (t) => {
  const listener = await listening(t, 'http://localhost/callback');
  const browser = fetch(`${listener.redirectUri.replace('localhost', '127.0.0.1')}?code=c&state=s`);
  const redirect = await listener.next(never);
  assert.equal(redirect.query.get('code'), 'c');
  await redirect.show({ title: 'Signed in <as> you', text: '"quoted"', succeeded: true });
  const answer = await browser;
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('referrer-policy'), 'no-referrer');
  const page = await answer.text();
  assert.match(page, /Signed in &lt;as&gt; you/);
  assert.match(page, /&quot;quoted&quot;/);
});

test('is not ended by what browsers ask for beside it', async (t) => {
  const listener = await listening(t, 'http://127.0.0.1/callback');
  const icon = await fetch(new URL('/favicon.ico', listener.redirectUri));
  assert.equal(icon.status, 404);
  const asking = get(listener.redirectUri, { path: '//' });
  const [none]: IncomingMessage[] = await once(asking, 'response');
  assert.equal(none?.resume().statusCode, 404, 'an address that is none');
  const browser = fetch(`${listener.redirectUri}?code=c`);
  const redirect = await listener.next(never);
  assert.equal(redirect.query.get('code'), 'c');
  await redirect.show({ title: 'No', text: '', succeeded: false });
  assert.equal((await browser).status, 400);
});

test('stops waiting when it is told to', async (t) => {
  const listener = await listening(t, 'http://127.0.0.1/callback');
  await assert.rejects(listener.next(AbortSignal.abort(new Error('enough'))), /enough/);
  const controller = new AbortController();
  const waiting = listener.next(controller.signal);
  controller.abort(new Error('Ctrl-C'));
  await assert.rejects(waiting, /Ctrl-C/);
});

test('says so when the port is taken', async (t) => {
  const other = createServer();
  await new Promise<void>((listens) => other.listen(0, '127.0.0.1', listens));
  t.after(() => other.close());
  const { port } = other.address() as AddressInfo;
  await assert.rejects(listenForRedirect(`http://127.0.0.1:${port}/callback`), (error: unknown) => {
    assert.ok(error instanceof CliError);
    assert.match(error.message, new RegExp(`port ${port} on this machine is taken`));
    assert.match(error.ways.join(), /--no-browser/);
    return true;
  });
});

test('a redirect URI that leads elsewhere is refused before anything listens', () => {
  for (const uri of [
    'https://127.0.0.1/',
    'http://example.com/',
    'http://127.0.0.1.example.com/',
    'x',
  ]) {
    assert.throws(() => loopbackUri(uri), /not a redirect URI on this machine/, uri);
  }
});

async function listening(t: TestContext, uri: string): Promise<RedirectListener> {
  const listener = await listenForRedirect(uri);
  t.after(() => listener.close());
  return listener;
}
