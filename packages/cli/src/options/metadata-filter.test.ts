import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { type MetadataCondition, metadataCondition, metadataFilterOf } from './metadata-filter.ts';

suite('what metadata must hold, as typed', () => {
  const table: [texts: string[], filters: object][] = [
    [['enterprise.c.state=signed'], { state: 'signed' }],
    [['enterprise.c.year=2026'], { year: 2026 }],
    [['enterprise.c.year="2026"'], { year: '2026' }],
    [['enterprise.c.kinds=a, b'], { kinds: ['a', 'b'] }],
    [['enterprise.c.note="a, b"'], { note: 'a, b' }],
    [['enterprise.c.value>=1.5', 'enterprise.c.value<=-2'], { value: { gt: 1.5, lt: -2 } }],
    [['enterprise.c.at>=2026-01-01T00:00:00Z'], { at: { gt: '2026-01-01T00:00:00Z' } }],
    [['enterprise.c.a=x', 'enterprise.c.b<=2'], { a: 'x', b: { lt: 2 } }],
    [['enterprise.c.query=a=b'], { query: 'a=b' }],
  ];
  for (const [texts, filters] of table) {
    test(texts.join(' and '), () => {
      const conditions = texts.reduce<readonly MetadataCondition[]>(
        (previous, text) => metadataCondition(text, previous),
        [],
      );
      assert.deepEqual(metadataFilterOf(conditions), {
        scope: 'enterprise',
        templateKey: 'c',
        filters,
      });
    });
  }

  for (const text of [
    '',
    'c.state=1',
    'enterprise.c.state',
    'mine.c.state=1',
    'enterprise.c.v>=1,2',
  ]) {
    test(`${JSON.stringify(text)} is wrong`, () =>
      assert.throws(() => metadataCondition(text), /Give/));
  }

  test('without conditions there is no filter', () => {
    assert.equal(metadataFilterOf(undefined), undefined);
  });
});
