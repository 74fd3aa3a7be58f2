import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { isWorthCompressing } from './probe.ts';

const text = Buffer.from(randomBytes(50_000).toString('hex'));

const TABLE: [what: string, beginning: Uint8Array, isWorth: boolean][] = [
  ['text', text, true],
  ['what is compressed', gzipSync(text), false],
  ['random bytes', randomBytes(100_000), false],
  ['nothing', Buffer.alloc(0), false],
  ['a word', Buffer.from('hello'), false],
];

for (const [what, beginning, isWorth] of TABLE) {
  test(`${what} is ${isWorth ? '' : 'not '}worth compressing`, () => {
    assert.equal(isWorthCompressing(beginning), isWorth);
  });
}
