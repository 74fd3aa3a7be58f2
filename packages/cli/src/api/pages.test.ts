import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { BoxRequest } from '@boxhaul/client';
import { nextPage, type Page } from './pages.ts';

suite('the page behind a page', () => {
  const table: [
    words: string,
    page: Page,
    query: BoxRequest['query'],
    next: BoxRequest['query'] | undefined,
  ][] = [
    [
      'is behind its marker',
      { entries: [1], next_marker: 'm' },
      { limit: '2' },
      { limit: '2', marker: 'm' },
    ],
    ['is not there without a marker', { entries: [1], next_marker: '' }, {}, undefined],
    ['is not there with a null one', { entries: [1], next_marker: null, limit: 2 }, {}, undefined],
    [
      'is behind the limit of a short one',
      { entries: [1], offset: 0, limit: 2, total_count: 3 },
      {},
      { offset: '2' },
    ],
    [
      'is not there when all was told',
      { entries: [1], offset: 2, limit: 2, total_count: 3 },
      { offset: '2' },
      undefined,
    ],
    ['is not the same one again', { entries: [], offset: 0, total_count: 3 }, {}, undefined],
    [
      'is behind the position',
      { entries: [1], next_stream_position: '9007199254740993' },
      {},
      { stream_position: '9007199254740993' },
    ],
    [
      'is not there at the same position',
      { entries: [1], next_stream_position: 7 },
      { stream_position: '7' },
      undefined,
    ],
    ['is not there behind no events', { entries: [], next_stream_position: 8 }, {}, undefined],
  ];
  for (const [words, page, query, next] of table) {
    test(words, () => {
      const request: BoxRequest = { method: 'GET', path: '/x', ...(query && { query }) };
      assert.deepEqual(nextPage(request, page)?.query, next);
    });
  }

  test('an answer that is no list has none, and that is said', () => {
    assert.throws(() => nextPage({ method: 'GET', path: '/x' }, { id: '1' }), /is no list/);
  });
});
