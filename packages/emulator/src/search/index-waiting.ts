import { extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { ItemRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

/** How many items are written at a time; others get their turn between. */
const batchItems = 500;
/** Box looks at no more of a text. */
const mostTextBytes = 10_000;
/** Files that are texts. */
const textExtensions = new Set(
  'txt md csv tsv json xml html htm log yaml yml ini css js ts py rb java c h cpp go rs sh sql tex'
    .split(' ')
    .map((extension) => `.${extension}`),
);

/** Brings what search looks through up to date. */
export async function indexWaiting(store: Store): Promise<void> {
  for (;;) {
    const ids = store.searchIndex.waiting(batchItems);
    if (ids.length === 0) return;
    const contents = await textsOf(store, ids);
    store.transaction(() => {
      for (const id of ids) index(store, id, contents);
    });
    await setImmediate();
  }
}

/** Beginnings of texts by their SHA-1. */
type Texts = ReadonlyMap<string, string>;

async function textsOf(store: Store, ids: readonly number[]): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const id of ids) {
    const item = store.items.get(id);
    if (!item || !hasText(item) || texts.has(item.sha1)) continue;
    texts.set(item.sha1, await beginningOf(store, item));
  }
  return texts;
}

async function beginningOf({ blobs }: Store, item: ItemRow & { sha1: string }): Promise<string> {
  // The file may have been deleted for good in this very moment.
  if (!blobs.has(item.sha1)) return '';
  const bytes = await blobs.read(item.sha1, 0, Math.min(item.size, mostTextBytes));
  return (Buffer.isBuffer(bytes) ? bytes : await buffer(bytes)).toString();
}

function hasText(item: ItemRow): item is ItemRow & { sha1: string } {
  return item.sha1 !== null && textExtensions.has(extname(item.folded));
}

function index({ items, searchIndex }: Store, id: number, contents: Texts): void {
  const item = items.get(id);
  if (!item) {
    searchIndex.put(id, undefined);
    return;
  }
  const text = hasText(item) ? contents.get(item.sha1) : '';
  // It changed while its text was being read: the next turn is its own.
  if (text === undefined) return;
  searchIndex.put(id, {
    name: item.name,
    description: item.description,
    file_content: text,
    comments: searchIndex.commentsOn(id),
    tags: item.tags === null ? '' : (JSON.parse(item.tags) as string[]).join('\n'),
  });
}
