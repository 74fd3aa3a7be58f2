/** A server that takes its time to tell what is in a folder. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { filterOf } from '@boxhaul/transfer';
import { type FarEntry, openFarOrigin } from './far-origin.ts';

test('a slow listing is told of once while it is waited for, a quick one is not', async (t) => {
  t.mock.timers.enable({ apis: ['setTimeout'] });
  const signal = new AbortController().signal;
  let answer = Promise.withResolvers<FarEntry[]>();
  const tree = {
    identity: 'sftp://ann@old',
    look: async (path: string) => ({ name: path, path, kind: 'folder' as const }),
    list: () => answer.promise,
    stream: () => assert.fail('nothing is read'),
    close: async () => undefined,
  };
  const origin = await openFarOrigin(tree, { path: '/a', name: 'a', words: '/a' }, signal);
  const told: string[] = [];
  const emit = ({ words }: { words: string }) => void told.push(words);
  const context = { signal, filter: filterOf({}), emit };
  for (const seconds of [14, 16, 60]) {
    answer = Promise.withResolvers();
    const listing = origin.list({ name: 'a', path: '/a', kind: 'folder' }, context);
    t.mock.timers.tick(seconds * 1000);
    answer.resolve([]);
    await listing;
    assert.equal(told.length, seconds > 15 ? 1 : 0);
  }
  const words = 'sftp://ann@old was asked 15 s ago what is in /a, and has not told all of it yet';
  assert.deepEqual(told, [words]);
});
