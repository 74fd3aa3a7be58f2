/** Both sides' trees, read a folder at a time, several folders at once, into a bounded queue. */
import { lstat, opendir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BoxClient, BoxItem } from '@boxhaul/client';
import { listingCalls } from '../cost.ts';
import type { IgnoreRules } from '../selection/ignore-rules.ts';
import { Channel } from './channel.ts';
import { readRawNames } from './disk-names.ts';
import { assertFolderInPlace } from './in-place.ts';
import { VisitOrder, type VisitPlace } from './visit-order.ts';

/** What one folder's visit does with what it finds. */
export interface Findings<Folder, Found> {
  /** Hands something on; waits while those who work on it are far behind. */
  found(item: Found): Promise<void>;
  /** Another folder to visit, before all that is known to come behind the one it is in; the latest comes first. */
  enter(folder: Folder): void;
  /** The same for several, which are visited in this order. */
  enterAll(folders: readonly Folder[]): void;
}

/** A walk under way. */
export interface Walk<Found> {
  /** The next thing found; undefined when there will be none. @throws what a visit threw */
  take(): Promise<Found | undefined>;
  /** Resolves when no visit is running any more, however the walk ended. */
  readonly settled: Promise<void>;
}

/** How many found files may wait to be worked on. */
const QUEUE = 512;

/**
 * Visits a tree of folders, up to `concurrency` at once. An error thrown by `visit` ends the walk and is
 * thrown to whoever takes; `ending` ends it quietly; a visit that can go on without a folder reports that as something found.
 */
export function walk<Folder, Found>(
  root: Folder,
  visit: (folder: Folder, findings: Findings<Folder, Found>) => Promise<void>,
  options: { concurrency: number; ending: AbortSignal },
): Walk<Found> {
  const settled = Promise.withResolvers<void>();
  const channel = new Channel<Found>(QUEUE);
  const order = new VisitOrder<Folder>();
  order.add(root);
  let visiting = 0;
  let visits = 0;
  // What one folder holds stays together, as far as it can: so do the writes of its names on a disk.
  const findingsIn = (place: VisitPlace<Folder>, turn: number): Findings<Folder, Found> => ({
    found: (item) => channel.put(item, turn),
    enter(folder) {
      order.add(folder, place);
      startMore();
    },
    enterAll(folders) {
      for (const folder of folders.toReversed()) order.add(folder, place);
      startMore();
    },
  });
  function startMore(): void {
    while (visiting < options.concurrency && !options.ending.aborted) {
      const place = order.take();
      if (place === undefined) break;
      visiting += 1;
      visit(place.folder, findingsIn(place, visits++)).then(
        () => ended(place),
        (error: unknown) => {
          channel.fail(error);
          order.clear();
          ended(place);
        },
      );
    }
  }
  function ended(place: VisitPlace<Folder>): void {
    place.isEnded = true;
    leave();
  }
  function leave(): void {
    visiting -= 1;
    startMore();
    if (visiting > 0) return;
    // A signal that lives on would keep all of this alive.
    options.ending.removeEventListener('abort', close);
    close();
    settled.resolve();
  }
  // Whoever waits for room in the queue must not wait for workers that have gone home.
  function close(): void {
    channel.close();
  }
  options.ending.addEventListener('abort', close, { once: true });
  visiting += 1;
  startMore();
  leave();
  return { take: () => channel.take(), settled: settled.promise };
}

/** The path of a name in a folder, both as results name them; the job's own folder has an empty path. */
export function pathIn(folderPath: string, name: string): string {
  return folderPath === '' ? name : `${folderPath}/${name}`;
}

/** The path of one of several targets. No name is empty, so what is below it is below no other: `label//name`. */
export function topPath(label: string): string {
  return label === '' ? '' : `${label}/`;
}

/** One name in a local folder. Links are not followed. */
export interface DiskEntry {
  readonly name: string;
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'symlink' | 'special-file';
  /** A `.boxhaulignore` says that it takes no part. */
  readonly isIgnored?: boolean;
  /** What such files say of all that is in this folder. */
  readonly ignoring?: IgnoreRules;
}

/** So many names are asked of a folder at once. */
const NAMES_AT_ONCE = 512;

/**
 * What is in a local folder, by name, so that two runs meet the same names in the same order. Of each name as little is
 * kept as there can be: a folder may hold hundreds of thousands.
 * @param path no part of it is a link
 * @throws {TransferFailure} `in-the-way`: one is by now
 */
export async function readDiskFolder(path: string): Promise<DiskEntry[]> {
  const entries: DiskEntry[] = [];
  for await (const entry of await opendir(path, { bufferSize: NAMES_AT_ONCE })) {
    entries.push(new EntryIn(path, entry.name, kindOf(entry)));
  }
  await assertFolderInPlace(path);
  const isRaw = entries.some(({ name }) => name.includes('\ufffd'));
  return (isRaw ? await readRawFolder(path) : entries).sort((one, other) =>
    one.name < other.name ? -1 : 1,
  );
}

async function readRawFolder(path: string): Promise<DiskEntry[]> {
  const entries = await readRawNames(path);
  return entries.map(({ entry, name }) => new EntryIn(path, name, kindOf(entry)));
}

/** Its path is put together when it is asked for. */
class EntryIn implements DiskEntry {
  readonly name: string;
  readonly kind: DiskEntry['kind'];
  readonly #folder: string;

  constructor(folder: string, name: string, kind: DiskEntry['kind']) {
    this.#folder = folder;
    this.name = name;
    this.kind = kind;
  }

  get path(): string {
    return join(this.#folder, this.name);
  }
}

/** What stood somewhere on the disk, and what tells whether it still does. */
export interface SeenOnDisk {
  kind: DiskEntry['kind'];
  sizeBytes: number;
  mode: number;
  ino: number;
  mtimeMs: number;
  ctimeMs: number;
  birthtimeMs: number;
}

/** What stands at this path on the disk, or undefined. A link is a link, wherever it leads. */
export async function lookAt(path: string): Promise<SeenOnDisk | undefined> {
  try {
    const stats = await lstat(path);
    const { size: sizeBytes, mode, ino, mtimeMs, ctimeMs, birthtimeMs } = stats;
    return { kind: kindOf(stats), sizeBytes, mode, ino, mtimeMs, ctimeMs, birthtimeMs };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function kindOf(entry: {
  isFile(): boolean;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}): DiskEntry['kind'] {
  if (entry.isFile()) return 'file';
  if (entry.isDirectory()) return 'folder';
  return entry.isSymbolicLink() ? 'symlink' : 'special-file';
}

/** What a listing has to say about each item, for either direction. */
const LISTED_FIELDS = [
  'type',
  'id',
  'etag',
  'name',
  'size',
  'sha1',
  'file_version',
  'content_modified_at',
];

/** Who reads along when folders in Box are listed. */
export interface Listener {
  /** What listings are to say of each item beside the usual. */
  readonly fields: readonly string[];
  saw(item: BoxItem): void;
}

/** What listing a folder takes of a job. */
interface Lister {
  readonly client: BoxClient;
  readonly ending: AbortSignal;
  expect(calls: number): void;
  /** Wants more of listings than the usual, and hears what they say. */
  readonly listener?: Listener;
  /** What the folder held when this run listed it before, if it did. */
  listed?(folderId: string): Iterable<BoxItem> | undefined;
}

/**
 * Everything directly in a Box folder, page by page.
 * @param moreFields what is to be said of each item beside the usual; a folder that was listed before has only that
 */
export async function* readBoxFolder(
  { client, ending, expect, listed, listener }: Lister,
  folderId: string,
  moreFields: readonly string[] = [],
): AsyncGenerator<BoxItem, void, void> {
  const known = listed?.(folderId);
  if (known) {
    yield* known;
    return;
  }
  let count = 0;
  try {
    for await (const item of client.folders.items(folderId, {
      fields: [...LISTED_FIELDS, ...(listener?.fields ?? []), ...moreFields],
      signal: ending,
    })) {
      count += 1;
      listener?.saw(item);
      yield item;
    }
  } finally {
    expect(listingCalls(count));
  }
}
