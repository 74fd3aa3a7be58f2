import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { allowedIn, checkCell } from './check-cell.ts';
import type { Column } from './verb.ts';

suite('a cell', () => {
  const table: [kind: Column['kind'], right: [string, unknown][], wrong: string[]][] = [
    [
      'place',
      [
        ['/a b', '/a b'],
        ['123', '123'],
      ],
      ['a/b', 'https://example.com/folder/1', '/a/../b'],
    ],
    [
      'count',
      [
        ['0', 0],
        ['12', 12],
      ],
      ['-1', '1.5', '', 'x', '12345678901'],
    ],
    ['duration', [['90d', 7_776_000_000]], ['90', 'soon', '-1d']],
    [
      'flag',
      [
        ['yes', true],
        ['TRUE', true],
        ['1', true],
        ['no', false],
        ['False', false],
        ['0', false],
      ],
      ['maybe', 'y', '2'],
    ],
    [
      'time',
      [
        ['2030-12-31T18:00:00Z', new Date('2030-12-31T18:00:00Z')],
        ['2030-12-31', new Date('2030-12-31T23:59:59')],
      ],
      ['2030-02-30', '31.12.2030', 'tomorrow', '2030-13-01T00:00:00Z'],
    ],
  ];
  for (const [kind, right, wrong] of table) {
    const column = { kind, words: '' } as Column;
    test(`of the kind ${kind}`, () => {
      for (const [text, value] of right) assert.deepEqual(checkCell(column, text), { value }, text);
      for (const text of wrong) {
        assert.deepEqual(checkCell(column, text), { allowed: allowedIn(column) }, text);
      }
    });
  }

  test('may be one of some words', () => {
    const column = { kind: 'choice', choices: ['open', 'company'], words: '' } as const;
    assert.deepEqual(checkCell(column, 'open'), { value: 'open' });
    assert.deepEqual(checkCell(column, 'Open'), { allowed: 'open, company' });
  });

  test('may be a while from now', () => {
    const before = Date.now();
    const checked = checkCell({ kind: 'time', words: '' }, '30d');
    assert.ok('value' in checked && checked.value instanceof Date);
    const days = (checked.value.getTime() - before) / 86_400_000;
    assert.ok(days >= 30 && days < 30.01, String(days));
  });
});
