import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UserMap } from './user-map.ts';

const users = new UserMap([
  { from: '*', to: 'rest-*' },
  { from: '*@old.example', to: '*@new.example' },
  { from: 'x-*@old.example', to: '*@x.example' },
  { from: 'Ann@old.example', to: 'ann.smith@new.example' },
  { from: 'gone@old.example', to: '' },
]);

const CASES: [login: string, words: string, found: string][] = [
  ['ann@OLD.example', 'a whole login, without regard to case', 'ann.smith@new.example'],
  ['bob@old.example', 'a domain', 'bob@new.example'],
  ['x-bob@old.example', 'the longest pattern', 'bob@x.example'],
  ['a@b', 'the rest', 'rest-a@b'],
  ['gone@old.example', 'one who is left out', ''],
];

for (const [login, words, found] of CASES) {
  test(`a login is mapped by ${words}`, () => assert.equal(users.find(login), found));
}

test('a login that is in no map is not guessed', () => {
  assert.equal(new UserMap([{ from: '*@a', to: '*@b' }]).find('x@c'), undefined);
});

test('another map has another fingerprint, and the same one the same', () => {
  const one = new UserMap([{ from: 'a', to: 'b' }]);
  const same = new UserMap([{ from: 'A', to: 'b' }]);
  const other = new UserMap([{ from: 'a', to: 'c' }]);
  assert.equal(one.fingerprint, same.fingerprint);
  assert.notEqual(one.fingerprint, other.fingerprint);
});
