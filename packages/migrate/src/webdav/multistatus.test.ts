import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { readMultistatus } from './multistatus.ts';

const FILE = '<d:getcontentlength>3</d:getcontentlength><d:resourcetype/>';
const FOLDER = '<d:resourcetype><d:collection/></d:resourcetype>';
const OK = 'HTTP/1.1 200 OK';

function list(...responses: readonly string[]): string {
  return `<?xml version="1.0"?>\n<d:multistatus xmlns:d="DAV:">\n${responses.join('\n')}\n</d:multistatus>`;
}

function response(href: string, ...propstats: readonly [string, string][]): string {
  const parts = propstats.map(
    ([prop, status]) =>
      `<d:propstat><d:prop>${prop}</d:prop><d:status>${status}</d:status></d:propstat>`,
  );
  return `<d:response><d:href>${href}</d:href>${parts.join('')}</d:response>`;
}

suite('an answer of a WebDAV server', () => {
  test('that is not whole is none, wherever it ends', () => {
    const whole = list(response('/a/', [FOLDER, OK]), response('/a/b', [FILE, OK]));
    assert.equal(readMultistatus(whole).length, 2);
    for (let end = 0; end < whole.length; end++) {
      assert.throws(() => readMultistatus(whole.slice(0, end)), Error, whole.slice(0, end));
    }
  });

  test('that is something else is none', () => {
    for (const text of ['<html><body>Sign in</body></html>', '{"error": 1}', '<a/>']) {
      assert.throws(() => readMultistatus(text), /is no list|no XML/);
    }
    assert.deepEqual(readMultistatus('<multistatus xmlns="DAV:"/>'), []);
  });

  test('says what it found, in whatever order it says so', () => {
    const none: [string, string] = ['<d:getcontentlength/>', 'HTTP/1.1 404 Not Found'];
    const found = readMultistatus(
      list(
        response('/one', none, [FOLDER, OK]),
        response('/two', [FOLDER, OK], none),
        response('/three', [FILE, 'HTTP/1.1 403 Forbidden']),
        '<d:response><d:href>/four</d:href><d:status>HTTP/1.1 500 Oops</d:status></d:response>',
      ),
    );
    assert.deepEqual(
      found.map(({ names, properties }) => [names[0], properties?.isFolder]),
      [
        ['one', true],
        ['two', true],
        ['three', undefined],
        ['four', undefined],
      ],
    );
  });

  test('has names and properties as they are', () => {
    const props = `${FILE}<d:getetag>&quot;1&amp;2&quot;</d:getetag><d:creationdate>2020</d:creationdate>`;
    const hrefs = [
      '/2%20/007',
      'http://host:80/%26amp;&amp;amp;/',
      '/100%',
      '/%FC',
      '/a%2Fb',
      '/x&#39;',
    ];
    const found = readMultistatus(list(...hrefs.map((href) => response(href, [props, OK]))));
    assert.deepEqual(
      found.map(({ names }) => names),
      [['2 ', '007'], ['&amp;&amp;'], ['100%'], ['\ufffd'], ['a/b'], ["x'"]],
    );
    assert.deepEqual(found[0]?.properties, {
      isFolder: false,
      sizeBytes: 3,
      created: '2020',
      etag: '"1&2"',
    });
  });
});
