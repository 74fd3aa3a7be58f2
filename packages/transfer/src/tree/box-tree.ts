/** A tree in Box as it is, for whoever only looks: each folder listed once, several at a time. */
import { type BoxClient, BoxhaulError, type BoxItem } from '@boxhaul/client';
import { type Reason, reasonOf } from '../reason.ts';
import { type ChoosingInBox, choosingInBox } from '../selection/choosing-in-box.ts';
import { everything, type Filter } from '../selection/filter.ts';
import { type Findings, pathIn, readBoxFolder, walk } from './tree.ts';

/** Through what to walk, and what of it to tell. */
export interface WalkBoxOptions {
  readonly client: BoxClient;
  readonly folderId: string;
  /** Which items are told, and which folders are entered. @default all */
  readonly filter?: Filter;
  /** What is to be known of each item, beside its id, name, etag, size, SHA-1 and when its contents changed. */
  readonly fields?: readonly string[];
  /** How many folders are listed at once. @default 16 */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
}

/** What a walk through a tree comes upon; paths are those below the folder that was named, which is `''` itself. */
export type FoundInBox =
  /** Something that the filter takes. Of folders and web links it can only judge the path. */
  | { readonly type: 'item'; readonly path: string; readonly item: BoxItem }
  /** A folder's end. */
  | {
      readonly type: 'listed';
      readonly path: string;
      readonly id: string;
      /** The folders in it that are walked through as well, in their order. */
      readonly entered: readonly string[];
      /** Why it could not be listed, or not to its end. */
      readonly failed?: Reason;
    };

const CONCURRENCY = 16;

/**
 * Walks through all that a Box folder holds and tells of it as it is found: one listing for each folder, in no order
 * but that a folder's items come before its end, and its end before what the folders in it hold. A folder below that
 * cannot be listed stops nothing: its end says why.
 *
 * @throws {InputError} the filter asks for metadata of the enterprise, and the user belongs to none
 * @throws {BoxApiError} the folder itself cannot be listed
 * @throws {BoxhaulError} with `recovery: 'stop'`, such as a refused sign-in
 * @example
 * ```ts
 * import { filterOf, walkBox } from '@boxhaul/transfer';
 *
 * const filter = filterOf({ extensions: ['txt'] });
 * for await (const found of walkBox({ client, folderId, filter })) {
 *   if (found.type === 'item') console.log(found.path, found.item.id); // report.txt …
 *   else if (found.failed) throw new Error(`${found.path}: ${found.failed.words}`);
 * }
 * ```
 */
export async function* walkBox(
  options: WalkBoxOptions,
): AsyncGenerator<FoundInBox, void, undefined> {
  const { client, folderId, filter = everything, fields = [], concurrency = CONCURRENCY } = options;
  const stop = new AbortController();
  const ending = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  // Nobody counts the calls of a walk beforehand.
  const lister = { client, ending, expect: () => {} };
  const choosing = await choosingInBox(filter, { client, signal: ending });
  const visitor = { lister, filter, choosing, fields: [...fields, ...choosing.fields] };
  const root: Visit = { id: folderId, path: '' };
  const under = walk<Visit, FoundInBox>(
    root,
    (visit, findings) => visitFolder(visit, findings, visitor),
    { concurrency, ending },
  );
  try {
    for (let found = await under.take(); found; found = await under.take()) {
      options.signal?.throwIfAborted();
      yield found;
    }
    options.signal?.throwIfAborted();
  } finally {
    stop.abort();
    await under.settled;
  }
}

interface Visit {
  readonly id: string;
  readonly path: string;
}

interface Visitor {
  readonly lister: Parameters<typeof readBoxFolder>[0];
  readonly filter: Filter;
  readonly choosing: ChoosingInBox;
  readonly fields: readonly string[];
}

async function visitFolder(
  { id, path }: Visit,
  findings: Findings<Visit, FoundInBox>,
  visitor: Visitor,
): Promise<void> {
  const folders: Visit[] = [];
  let failed: Reason | undefined;
  try {
    for await (const item of readBoxFolder(visitor.lister, id, visitor.fields)) {
      const at = pathIn(path, item.name);
      if (visitor.filter.takesFile(at) && visitor.choosing.takes(item, at)) {
        await findings.found({ type: 'item', path: at, item });
      }
      if (item.type === 'folder' && visitor.filter.entersFolder(at)) {
        folders.push({ id: item.id, path: at });
      }
    }
  } catch (error) {
    if (path === '' || endsTheWalk(error, visitor.lister.ending)) throw error;
    failed = reasonOf(error);
  }
  const entered = folders.map((folder) => folder.path);
  await findings.found({ type: 'listed', path, id, entered, ...(failed && { failed }) });
  findings.enterAll(folders);
}

function endsTheWalk(error: unknown, ending: AbortSignal): boolean {
  return ending.aborted || (error instanceof BoxhaulError && error.recovery === 'stop');
}
