/** What no client should send: values, texts and bodies that are not what they should be. */
import fc from 'fast-check';

const SCALARS: readonly unknown[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  1e308,
  -1e-7,
  2 ** 53,
  9_007_199_254_740_993n.toString(),
  '',
  ' ',
  '0',
  '-1',
  'null',
  'now',
  'NaN',
  '../../etc/passwd',
  '%00',
  'a\u0000b',
  '\ud800',
  '\u202egpj.exe',
  'İıſK\u0301',
  "'; DROP TABLE items; --",
  '{"id":"0"}',
  'x'.repeat(300),
  'y'.repeat(70_000),
  '9'.repeat(400),
  '2026-02-30T25:61:61Z',
  '+275760-09-13T00:00:00.001Z',
  '9999-12-31T23:59:59-23:59',
  '0001-01-01',
  'Infinity',
  [],
  {},
  [[]],
  [null],
  { id: null },
  { id: {} },
  { type: [], id: ['0'] },
  { __proto__: null, constructor: 'x', toString: 1, length: -1 },
];

/** A JSON value that is most likely wrong. */
export const junkValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...SCALARS) },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }) },
  { weight: 1, arbitrary: fc.integer({ min: 1, max: 4000 }).map(nested) },
);

function nested(depth: number): unknown {
  let value: unknown = 'deep';
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { id: value };
  return value;
}

/** A text for a query, a path or a member's name. */
export const junkText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...SCALARS.filter((value) => typeof value === 'string')),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
  fc.constantFrom('true', 'False', 'id,name,size', 'metadata.global.properties', '[]', '1,2,,3'),
  fc.integer().map(String),
);

/** Text that HTTP lets into a header. */
export const junkHeader: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '*',
    '"',
    '""',
    'W/"1"',
    '0',
    '-1',
    'bytes=',
    'bytes=5-2',
    'bytes=-0',
    'bytes=0-0,2-3',
    'bytes=99999999999999999999-',
    'bytes 0-0/0',
    'bytes 5-1/3',
    'bytes 0-8388607/20000000',
    'sha=',
    'sha=AAAAAAAAAAAAAAAAAAAAAAAAAAA=',
    'sha=AAAA=,md5=xx',
    'md5=',
    'shared_link=',
    'shared_link=https://app.box.com/s/x&shared_link_password=%',
    'a'.repeat(8000),
    '\u00e9\u00ff',
    '[jpg?dimensions=0x0][mp4][',
    'on',
    'Basic Og==',
    '127.0.0.1, 10.0.0.1',
    'evil.example:99999',
  ),
  fc.string({ maxLength: 30 }).map((text) => text.replace(/[^\x20-\x7e]/g, '').trim()),
);

/** A body for any content type at all. */
export const junkBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    'null',
    '[]',
    '""',
    '1e999',
    '{"a":1,}',
    '\ufeff{}',
    '{"__proto__":{"x":1}}',
    '--x\r\n\r\n',
    '--x\r\nContent-Disposition: form-data; name="attributes"\r\n\r\n{}\r\n--x--\r\n',
    '--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nbytes\r\n--x--\r\n',
    '--x\r\nContent-Disposition: form-data; name="attributes"\r\n\r\n{"name":"a","parent":{"id":"0"}}\r\n--x\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nby',
    '--x\r\nContent-Disposition: form-data\r\n\r\nx\r\n--x--\r\n',
    'grant_type=&assertion=%zz',
    `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  ),
  fc.json(),
  fc.string({ unit: 'binary', maxLength: 200 }),
);

/** Content types, right and wrong. */
export const junkType: fc.Arbitrary<string> = fc.constantFrom(
  'application/json',
  'application/json-patch+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=x',
  'multipart/form-data; boundary=',
  `multipart/form-data; boundary=${'b'.repeat(300)}`,
  'application/octet-stream',
  'text/plain; charset=utf-16',
  'application/json; charset=nonsense',
  ';;;',
  '/',
);
