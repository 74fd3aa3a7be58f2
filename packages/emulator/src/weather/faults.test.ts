import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FaultBook, type FaultRule, type RequestTraits, readFaultRule } from './faults.ts';

const status = { status: 503 };
const list: RequestTraits = {
  method: 'GET',
  path: '/folders/0/items',
  host: 'api',
  headers: { 'as-user': '7' },
};

test('which requests a rule is about', () => {
  const cases: [FaultRule['match'], boolean][] = [
    [undefined, true],
    [{ method: 'GET' }, true],
    [{ method: 'get' }, true],
    [{ method: 'POST' }, false],
    [{ path: '/folders/0/items' }, true],
    [{ path: '/folders/:id/items' }, true],
    [{ path: '/folders/*/items' }, true],
    [{ path: '/folders/**' }, true],
    [{ path: '/folders/*' }, false],
    [{ path: '/folders/0' }, false],
    [{ path: '/folders.0.items' }, false],
    [{ host: 'api' }, true],
    [{ host: 'upload' }, false],
    [{ header: { 'As-User': '7' } }, true],
    [{ header: { 'As-User': '8' } }, false],
    [{ method: 'GET', host: 'download' }, false],
  ];
  for (const [match, expected] of cases) {
    const book = new FaultBook(1);
    book.add({ action: status, ...(match && { match }) });
    assert.equal(book.decide(list) !== undefined, expected, JSON.stringify(match));
  }
});

test('how often a rule applies', () => {
  const cases: [Omit<FaultRule, 'action'>, string][] = [
    [{}, 'x.......'],
    [{ times: 3 }, 'xxx.....'],
    [{ times: 'always' }, 'xxxxxxxx'],
    [{ skip: 2 }, '..x.....'],
    [{ every: 3 }, '..x..x..'],
    [{ every: 2, times: 2, skip: 1 }, '..x.x...'],
    [{ probability: 1 }, 'xxxxxxxx'],
    [{ probability: 0 }, '........'],
  ];
  for (const [how, expected] of cases) {
    const book = new FaultBook(1);
    const handle = book.add({ action: status, ...how });
    const seen = Array.from({ length: 8 }, () => (book.decide(list) === undefined ? '.' : 'x'));
    assert.equal(seen.join(''), expected, JSON.stringify(how));
    assert.equal(handle.hits, expected.replaceAll('.', '').length);
  }
});

test('chance is drawn from the seed', () => {
  const draw = (seed: number) => {
    const book = new FaultBook(seed);
    book.add({ action: status, probability: 0.3 });
    return Array.from({ length: 1000 }, () => book.decide(list) !== undefined);
  };
  assert.deepEqual(draw(7), draw(7));
  assert.notDeepEqual(draw(7), draw(8));
  const hits = draw(7).filter(Boolean).length;
  assert.ok(hits > 250 && hits < 350, `${hits}`);
});

test('the first rule that applies decides, and one that is removed is gone', () => {
  const book = new FaultBook(1);
  const first = book.add({ action: { status: 500 }, times: 'always' });
  book.add({ action: { status: 502 }, times: 'always' });
  assert.deepEqual(book.decide(list), { status: 500 });
  first.remove();
  assert.deepEqual(book.decide(list), { status: 502 });
  book.clear();
  assert.equal(book.decide(list), undefined);
  assert.ok(book.isEmpty);
});

test('a rule that makes no sense is refused with the member that is wrong', () => {
  const wrongs: [unknown, RegExp][] = [
    [{}, /action/],
    [{ action: { status: 99 } }, /action/],
    [{ action: { explode: true } }, /action/],
    [{ action: status, times: 0 }, /times/],
    [{ action: status, match: { host: 'mail' } }, /host/],
    [{ action: status, match: { pth: '/x' } }, /pth/],
    ['x', /expected object/],
  ];
  for (const [rule, words] of wrongs) {
    assert.throws(
      () => readFaultRule(rule),
      (error: Error) => error instanceof TypeError && words.test(error.message),
    );
  }
});
