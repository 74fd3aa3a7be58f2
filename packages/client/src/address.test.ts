import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type Address, addressOf, redirectAddress, secretsIn } from './address.ts';
import { resolveConnection } from './options.ts';

const { hosts } = resolveConnection({});

suite('the address of a request', () => {
  const table: [host: 'api' | 'upload' | 'oauth', path: string, expected: string][] = [
    ['api', '/folders/0/items', 'https://api.box.com/2.0/folders/0/items'],
    ['upload', '/files/content', 'https://upload.box.com/api/2.0/files/content'],
    ['oauth', '/token', 'https://api.box.com/oauth2/token'],
  ];
  for (const [host, path, expected] of table) {
    test(`${host}: ${expected}`, () => {
      const { origin, path: sent } = addressOf({ method: 'GET', path, host }, hosts);
      assert.equal(origin + sent, expected);
    });
  }

  test('lies under one base URL, with its path, where there is one', () => {
    const own = resolveConnection({ baseUrl: 'http://127.0.0.1:4010/box/' }).hosts;
    const { origin, path } = addressOf(
      { method: 'POST', path: '/files/content', host: 'upload' },
      own,
    );
    assert.equal(origin + path, 'http://127.0.0.1:4010/box/api/2.0/files/content');
    assert.equal(own.authorizeUrl, 'http://127.0.0.1:4010/box/api/oauth2/authorize');
  });

  test('carries its query, encoded, without what is undefined', () => {
    const query = {
      fields: ['id', 'name'],
      marker: 'a+/=',
      limit: 5,
      usemarker: true,
      x: undefined,
    };
    const { path } = addressOf({ method: 'GET', path: '/folders/0/items', query }, hosts);
    assert.equal(
      path,
      '/2.0/folders/0/items?fields=id,name&marker=a%2B%2F%3D&limit=5&usemarker=true',
    );
  });

  test('may be a whole URL on Box’s own hosts, zone hosts too', () => {
    for (const url of [
      'https://upload.box.com/api/2.0/files/upload_sessions/F1',
      'https://upload-las.app.box.com/fupload-ec2-1/api/2.0/files/upload_sessions/F1',
    ]) {
      const { origin, path } = addressOf({ method: 'PUT', path: url, host: 'upload' }, hosts);
      assert.equal(origin + path, url);
    }
  });

  test('may be on Box’s download hosts only where the request is for them', () => {
    const path = 'https://dl.boxcloud.com/api/2.0/internal_files/1/versions/2/representations/pdf';
    const { origin, host } = addressOf({ method: 'GET', path, host: 'download' }, hosts);
    // A refusal there is one of the token or the item, not of an address that has run out.
    assert.deepEqual([origin, host], ['https://dl.boxcloud.com', 'api']);
    for (const evil of ['https://evilboxcloud.com/1', 'http://dl.boxcloud.com/1']) {
      assert.throws(() => addressOf({ method: 'GET', path: evil, host: 'download' }, hosts), {
        code: 'untrusted_host',
      });
    }
  });

  for (const url of [
    'https://evil.example/2.0/files/1',
    'https://box.com.evil.example/2.0/files/1',
    'https://evilbox.com/2.0/files/1',
    'http://api.box.com/2.0/files/1',
    'https://user:pass@api.box.com/2.0/files/1',
    'https://dl.boxcloud.com/d/1/x/download',
    'files/1',
  ]) {
    test(`is not ${url}: it would get the token`, () => {
      assert.throws(() => addressOf({ method: 'GET', path: url }, hosts), {
        code: 'untrusted_host',
      });
    });
  }

  test('trusts no host of box.com where Box is another', () => {
    const own = resolveConnection({ baseUrl: 'http://127.0.0.1:4010' }).hosts;
    const request = { method: 'GET', path: 'https://upload.box.com/api/2.0/x' } as const;
    assert.throws(() => addressOf(request, own), { code: 'untrusted_host' });
  });

  test('is shown without what could be a key', () => {
    const path = '/files/content?upload_session_id=SECRET&fields=id&access_token=SECRET&b=SECRET';
    const { shown } = addressOf({ method: 'POST', path }, hosts);
    assert.equal(
      shown,
      '/files/content?upload_session_id=[hidden]&fields=id&access_token=[hidden]&b=[hidden]',
    );
  });
});

test('what is searched for is no key: neither hidden itself, nor cut out of what Box says', () => {
  const address = addressOf({ method: 'GET', path: '/search?query=a&type=file&key=a' }, hosts);
  assert.equal(address.shown, '/search?query=a&type=file&key=[hidden]');
  const searched = addressOf({ method: 'GET', path: '/search?query=a&type=file' }, hosts);
  assert.deepEqual(secretsIn(searched), []);
});

suite('a redirect', () => {
  const from: Address = addressOf({ method: 'GET', path: '/files/1/content' }, hosts);

  test('leads to a download host, and shows what was asked for, not the key in its URL', () => {
    const address = redirectAddress('https://dl.boxcloud.com/d/1/KEY/download?x=1', from);
    assert.deepEqual(address, {
      origin: 'https://dl.boxcloud.com',
      path: '/d/1/KEY/download?x=1',
      shown: '/files/1/content',
      host: 'download',
    });
  });

  for (const location of [
    'http://dl.boxcloud.com/d/1/x',
    'ftp://dl.boxcloud.com/d',
    'https://[',
    undefined,
  ]) {
    test(`to ${location} is not followed`, () => {
      assert.equal(redirectAddress(location, from), undefined);
    });
  }
});
