import { extname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import type { WaitingItem } from '../store/search-index.ts';
import type { Store } from '../store/store.ts';

/** How many items are written at a time; others get their turn between. */
const batchItems = 2000;
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
  const { searchIndex } = store;
  for (;;) {
    const items = searchIndex.waiting(batchItems);
    if (items.length === 0) return;
    const texts = await textsOf(store, items);
    store.transaction(() => {
      // Anew: some may have changed while texts were read.
      for (const item of searchIndex.waiting(batchItems)) index(store, item, texts);
    });
    if (items.length === batchItems) await setImmediate();
  }
}

/** Beginnings of texts by their SHA-1. */
type Texts = ReadonlyMap<string, string>;

async function textsOf(store: Store, items: readonly WaitingItem[]): Promise<Texts> {
  const texts = new Map<string, string>();
  for (const item of items) {
    if (hasText(item) && !texts.has(item.sha1)) {
      texts.set(item.sha1, await beginningOf(store, item));
    }
  }
  return texts;
}

async function beginningOf({ blobs }: Store, item: TextItem): Promise<string> {
  // The file may have been deleted for good in this very moment.
  if (!blobs.has(item.sha1)) return '';
  const bytes = await blobs.read(item.sha1, 0, Math.min(item.size, mostTextBytes));
  return (Buffer.isBuffer(bytes) ? bytes : await buffer(bytes)).toString();
}

type TextItem = WaitingItem & { name: string; sha1: string };

function hasText(item: WaitingItem): item is TextItem {
  return (
    item.sha1 !== null && item.name !== null && textExtensions.has(extname(item.name).toLowerCase())
  );
}

function index({ searchIndex }: Store, item: WaitingItem, texts: Texts): void {
  if (item.name === null) {
    searchIndex.put(item.id, undefined);
    return;
  }
  const text = hasText(item) ? texts.get(item.sha1) : '';
  // It changed while texts were being read: the next turn is its own.
  if (text === undefined) return;
  searchIndex.put(item.id, {
    name: item.name,
    description: item.description,
    file_content: text,
    comments: item.comments ?? '',
    tags: item.tags === null ? '' : (JSON.parse(item.tags) as string[]).join('\n'),
  });
}
