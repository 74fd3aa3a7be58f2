import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Condition } from '../condition.ts';
import type { FileFacts } from '../file-facts.ts';
import { ConditionError } from './expression.ts';
import { parseCondition } from './parse-condition.ts';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const DAY = 86_400_000;
const path = '2026/reports/Contract.v2.PDF';
const facts: FileFacts = {
  sizeBytes: 20_000_000,
  modifiedMs: NOW - 10 * DAY,
  createdMs: Date.parse('2026-01-31T23:30:00Z'),
  owner: 'Owner@example.com',
  metadata: {
    'enterprise.contract': {
      state: 'signed',
      value: 1500,
      due: '2026-06-30T00:00:00.000Z',
      tags: ['a', 'b c'],
      'sub.key': 'x',
    },
    'global.properties': { note: '2026' },
  },
};

const read = (text: string) => parseCondition(text, { nowMs: NOW });

test('conditions on a file whose facts are known', async () => {
  const table: [string, boolean][] = [
    [
      'size > 10MB and modified < 30d and ext in (pdf, docx) and owner = "owner@example.com" and metadata.enterprise.contract.state = "signed"',
      true,
    ],
    ['size > 20MB', false],
    ['size >= 20MB', true],
    ['size = 20 MB', true],
    ['size in (1, 20000000)', true],
    ['SIZE<=20MB AND NOT size<20MB', true],
    ['size < 19MiB', false],
    ['size > 19MiB', true],
    ['modified > 9d and modified < 2 weeks', true],
    ['modified <= 10d and modified >= 240h', true],
    ['modified >= 2026-03-05T12:00Z and modified <= 2026-03-05T12:00Z', true],
    ['modified = 2026-03-05T12:00:00+00:00', true],
    ['modified > 2026-03-05T12:00Z', false],
    ['modified < "2026-03-05T13:00:01+01:00"', true],
    ['created > 2026-02-02', false],
    ['created >= 2026-01-30 and created < 2026-02-02', true],
    ['name = "Contract.v2.PDF"', true],
    ['name = contract.v2.pdf', false],
    ['name like "*.pdf"', false],
    ['name like "*.{PDF,doc}"', true],
    ["name matches '^Contract\\.v\\d'", true],
    ['name not matches "^x"', true],
    ['path like "2026/**"', true],
    ['path like "2026/*"', false],
    ['path = "2026/reports/Contract.v2.PDF"', true],
    ['ext = pdf', true],
    ['ext = .PDF', true],
    ['ext = v2.pdf', true],
    ['ext = ""', false],
    ['ext like p*', true],
    ['ext not in (doc, txt)', true],
    ['depth = 3', true],
    ['depth < 3 or depth > 3', false],
    ['owner like "*@EXAMPLE.com"', true],
    ['owner != "owner@example.com"', false],
    ['metadata.enterprise.contract.value > 1000', true],
    ['metadata.enterprise.contract.value = 1500', true],
    ['metadata.enterprise.contract.value = "1500"', false],
    ['metadata.enterprise.contract.due < 2026-07-02', true],
    ['metadata.enterprise.contract.due > 2026-07-02', false],
    ['metadata.enterprise.contract.tags = "b c"', true],
    ['metadata.enterprise.contract.tags in (z, a)', true],
    ['metadata.enterprise.contract.tags like "b*"', true],
    ['metadata.enterprise.contract.sub.key = x', true],
    ['metadata.global.properties.note = 2026', true],
    ['metadata.enterprise.other.state = signed', false],
    ['metadata.enterprise.other.state != signed', true],
    ['metadata.enterprise.contract.constructor = x', false],
    ['not (size > 10MB and ext = doc) and (depth = 1 or depth = 3)', true],
    // `and` binds more closely than `or`.
    ['depth = 3 or depth = 1 and size < 1', true],
    ['(depth = 3 or depth = 1) and size < 1', false],
  ];
  for (const [text, expected] of table) {
    assert.equal((await read(text)).judge({ path, facts }), expected, text);
  }
});

test('what a path tells is told without facts; the rest is undecided', async () => {
  const table: [string, boolean | undefined][] = [
    ['ext = pdf', true],
    ['ext = doc and size > 3', false],
    ['ext = pdf and size > 3', undefined],
    ['ext = pdf or size > 3', true],
    ['ext = doc or size > 3', undefined],
    ['not (size > 3)', undefined],
    ['owner != x', undefined],
  ];
  for (const [text, expected] of table) {
    assert.equal((await read(text)).judge({ path }), expected, text);
  }
});

test('what is wrong is said with the column, before any file is looked at', async () => {
  const table: [string, number, RegExp][] = [
    ['', 1, /^a field .* was expected here$/],
    ['size >', 7, /^a value was expected here$/],
    ['size > 10MB modified < 3d', 13, /^"and", "or" or the end was expected here, not modified$/],
    ['size > 10MB and', 16, /^a field/],
    ['(size > 1', 10, /^"and", "or" or "\)" was expected here$/],
    ['size => 3', 7, /^a value was expected here, not >$/],
    ['ext in pdf', 8, /^"\(" was expected here, not pdf$/],
    ['name = "abc', 8, /has no end: its second " is missing/],
    ['size && 3', 6, /^a comparison \(= .* not &$/],
    ['ext = pdf and sise > 3', 15, /^there is no field sise: is size meant\?$/],
    ['mtime < 3d', 1, /is modified meant/],
    ['colour = red', 1, /it is one of name, path, ext/],
    ['metadata.contract.state = x', 1, /metadata\.<scope>\.<template>\.<field>/],
    ['size > "10MB"', 8, /"10MB" is no size: size is compared with 10MB/],
    ['size > 30d', 8, /30d is no size/],
    ['size like "1*"', 1, /size is no text/],
    ['modified > 10MB', 12, /10MB is no time: .* an age \(30d, 12h\) or a date \(2026-01-31\)/],
    ['modified < 2026-02-30', 12, /2026-02-30 is no time/],
    ['modified = 30d', 12, /never met exactly/],
    ['modified in (30d)', 1, /compare it with =, < or >/],
    ['depth > 1.5', 9, /1\.5 is no whole number/],
    ['name > 3', 1, /name is a text/],
    ['name matches "("', 14, /no regular expression/],
    ['name like "%.pdf"', 11, /like takes globs, where \* stands for anything: "\*\.pdf"/],
    [`${'('.repeat(20_000)}size > 3`, 1, /nested too deeply/],
    ['metadata.global.t.f > high', 23, /neither a number nor a date/],
  ];
  for (const [text, column, message] of table) {
    await assert.rejects(read(text), (error) => {
      assert.ok(error instanceof ConditionError, text);
      assert.equal(error.column, column, text);
      assert.match(error.message, message);
      return true;
    });
  }
});

test('of files on a disk nobody asks for an owner or metadata', async () => {
  const onDisk = (text: string) => parseCondition(text, { side: 'disk' });
  await assert.rejects(onDisk('size > 3 and owner = x'), { column: 14, message: /files in Box/ });
  await assert.rejects(onDisk('metadata.global.a.b = x'), { column: 1 });
  assert.deepEqual([...(await onDisk('size > 3 and ext = a')).fields], ['size', 'ext']);
});

const leaves = [
  'size > 10',
  'size = 20',
  'size in (1, 20)',
  'ext = a',
  'name like "x*"',
  'depth < 2',
  'modified < 5d',
  'created > 2026-01-01',
  'owner = me',
  'metadata.global.t.f != z',
];
const expressions = fc.letrec<{ any: string; joined: string }>((tie) => ({
  any: fc.oneof({ maxDepth: 3 }, fc.constantFrom(...leaves), tie('joined')),
  joined: fc.oneof(
    tie('any').map((part) => `not (${part})`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(${one}) and (${other})`),
    fc.tuple(tie('any'), tie('any')).map(([one, other]) => `(${one}) or (${other})`),
  ),
})).any;
const times = fc.integer({ min: NOW - 100 * DAY, max: NOW });
const files = fc.record({
  path: fc.constantFrom('x.a', 'y.b', 'd/x.b', 'd/e/f'),
  facts: fc.record(
    {
      sizeBytes: fc.constantFrom(0, 1, 10, 11, 20),
      modifiedMs: times,
      createdMs: times,
      owner: fc.constantFrom('me', 'you'),
      metadata: fc.constantFrom({ 'global.t': { f: 'z' } }, { 'global.t': {} }, {}),
    },
    { requiredKeys: ['sizeBytes'] },
  ),
});

test('with facts every condition is decided, and the path alone never decides otherwise', async () => {
  await fc.assert(
    fc.asyncProperty(expressions, files, async (text, file) => {
      const condition = await read(text);
      const verdict = condition.judge(file);
      assert.equal(typeof verdict, 'boolean');
      const early = condition.judge({ path: file.path });
      assert.ok(early === undefined || early === verdict);
    }),
  );
});

test('the laws of logic hold', async () => {
  await fc.assert(
    fc.asyncProperty(expressions, expressions, files, async (one, other, file) => {
      const judged = async (text: string) => (await read(text)).judge(file);
      const [a, b] = [await judged(one), await judged(other)];
      assert.equal(await judged(`not (${one})`), !a);
      assert.equal(await judged(`(${one}) and (${other})`), a && b);
      assert.equal(await judged(`not (not (${one}) and not (${other}))`), a || b);
    }),
  );
});

test('no text makes the parser do anything but read it or say where it is wrong', async () => {
  const words = fc.constantFrom(
    'size',
    '>',
    '(',
    ')',
    'and',
    'not',
    'in',
    '"',
    '10MB',
    ',',
    '\\',
    'é',
    ' ',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(words, { maxLength: 12 }), async (parts) => {
      const text = parts.join(' ');
      const made = await read(text).catch((error: unknown) => error);
      if (made instanceof ConditionError) {
        assert.ok(made.column >= 1 && made.column <= text.length + 1);
      } else {
        assert.equal(typeof (made as Condition).judge, 'function');
      }
    }),
  );
});
