import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areMoreWorthwhile } from './more-connections.ts';

test('more connections are taken while each is slow and more of them bring more', () => {
  const megabyte = 1_000_000;
  const cases: [rate: number, best: number, connections: number, expected: boolean][] = [
    [50, 0, 1, true],
    [400, 0, 1, false],
    [100, 50, 2, true],
    [57, 50, 2, false],
    [400, 200, 2, true],
    [1300, 800, 4, false],
    [40, 50, 4, false],
  ];
  for (const [rate, best, connections, expected] of cases) {
    const look = { rate: rate * megabyte, best: best * megabyte, connections };
    assert.equal(areMoreWorthwhile(look), expected, JSON.stringify(look));
  }
});
