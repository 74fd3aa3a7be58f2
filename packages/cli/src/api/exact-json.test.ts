import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseExactly, prettyJson } from './exact-json.ts';

test('numbers are written as they came, however large', () => {
  const text =
    '{"position":1152922976252290886,"size":1.2318237429383e+31,"n":5,"t":"5","list":[1.0,null]}';
  assert.equal(JSON.stringify(parseExactly(text)), text);
  assert.equal(prettyJson('{"a":12345678901234567890}'), '{\n  "a": 12345678901234567890\n}');
});
