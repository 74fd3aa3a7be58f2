import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { type MarkerPage, markerPages, type OffsetPage, offsetPages } from './paging.ts';

async function listed<T>(list: AsyncIterable<T>): Promise<T[]> {
  const entries: T[] = [];
  for await (const entry of list) entries.push(entry);
  return entries;
}

for (const last of [null, undefined, '']) {
  test(`a marker list ends at the marker ${JSON.stringify(last)}`, async () => {
    const pages: Record<string, MarkerPage<number>> = {
      first: { entries: [1, 2], next_marker: 'second' },
      second: { entries: [3], ...(last !== undefined && { next_marker: last }) },
    };
    const asked: (string | undefined)[] = [];
    const all = await listed(
      markerPages(async (marker) => {
        asked.push(marker);
        return pages[marker ?? 'first'] ?? {};
      }),
    );
    assert.deepEqual(all, [1, 2, 3]);
    assert.deepEqual(asked, [undefined, 'second']);
  });
}

test('a marker that comes again ends the list with an error instead of going round for ever', async () => {
  const seen: number[] = [];
  const list = markerPages(async (marker) => ({
    entries: [1],
    next_marker: marker === 'a' ? 'b' : 'a',
  }));
  await assert.rejects(
    async () => {
      for await (const entry of list) seen.push(entry);
    },
    { code: 'paging_loop' },
  );
  assert.equal(seen.length, 3);
});

test('a page is fetched only when the one before is used up', async () => {
  let fetched = 0;
  const list = markerPages(async () => {
    fetched += 1;
    return { entries: [fetched], next_marker: `${fetched}` };
  });
  for await (const entry of list) if (entry === 2) break;
  assert.equal(fetched, 2);
});

test('an offset list gives everything once, however many entries of each page are hidden', async () => {
  const sizes = { limit: fc.integer({ min: 1, max: 9 }), total: fc.integer({ min: 0, max: 60 }) };
  await fc.assert(
    fc.asyncProperty(
      sizes.limit,
      sizes.total,
      fc.infiniteStream(fc.boolean()),
      async (limit, total, hide) => {
        const isHidden = [...hide.take(total)];
        const visible = Array.from({ length: total }, (_, index) => index).filter(
          (index) => !isHidden[index],
        );
        const given = await listed(
          offsetPages(async (offset) => ({
            entries: visible.filter((index) => index >= offset && index < offset + limit),
            total_count: total,
            offset,
            limit,
          })),
        );
        assert.deepEqual(given, visible);
      },
    ),
  );
});

test('an offset list without a total ends at the first empty page', async () => {
  const pages: OffsetPage<string>[] = [
    { entries: ['a', 'b'] },
    { entries: ['c'] },
    { entries: [] },
  ];
  const all = await listed(offsetPages(async () => pages.shift() ?? {}));
  assert.deepEqual(all, ['a', 'b', 'c']);
});

test('an offset list that answers another page than the one asked for is an error', async () => {
  const list = offsetPages(async () => ({ entries: ['a'], offset: 0, limit: 1, total_count: 3 }));
  await assert.rejects(listed(list), { code: 'paging_loop' });
});
