/** One archive from Box: asked for, fetched, unpacked, and every file in it proven before it has its name. */
import { BoxApiError, BoxhaulError } from '@boxhaul/client';
import type { DiskFolder } from '../download/disk-folder.ts';
import { landWanted, type WantedFile } from '../download/download.ts';
import { sha1Of } from '../hash.ts';
import type { JobContext } from '../job.ts';
import { runAll } from '../local-runner.ts';
import { isDiskError } from '../reason.ts';
import { Slots } from '../slots.ts';
import { type ArchiveEntry, Spool } from './archive.ts';
import { Arrival } from './arrival.ts';
import type { ArchiveEnd } from './choosing.ts';
import { Expected } from './expected.ts';

/** What an archive came to. Files that arrived are settled. */
export interface Haul {
  readonly end: ArchiveEnd;
  readonly missing: readonly WantedFile[];
}

/**
 * Fetches files as one archive, and tells the context of each that ended.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function haul(files: readonly WantedFile[], context: JobContext): Promise<Haul> {
  const done = new Set<WantedFile>();
  const arrival = new Arrival(files, context);
  const onEnd = (wanted: WantedFile) => {
    done.add(wanted);
    arrival.gave(wanted);
  };
  let end: ArchiveEnd = 'whole';
  try {
    await fetchAndUnpack(files, context, arrival, onEnd);
  } catch (error) {
    if (error instanceof BoxhaulError && error.recovery === 'stop') throw error;
    end = endOf(error);
  } finally {
    arrival.over();
  }
  return { end, missing: files.filter((wanted) => !done.has(wanted)) };
}

function endOf(error: unknown): ArchiveEnd {
  if (isDiskError(error)) return 'disk';
  const isRefusal = error instanceof BoxApiError && error.method === 'POST';
  return isRefusal && error.status < 500 && error.status !== 429 ? 'refused' : 'broken';
}

async function fetchAndUnpack(
  files: readonly WantedFile[],
  context: JobContext,
  arrival: Arrival,
  onEnd: (wanted: WantedFile) => void,
): Promise<void> {
  const [first] = files;
  if (!first) return;
  const { client, signal } = context;
  await using spool = await Spool.in([first.item.folder, ...otherFolders(files)]);
  const items = files.map(({ item }) => ({ type: 'file', id: item.file.id }) as const);
  const { zip, body, cancel } = await client.zipDownloads.download({ items }, { signal });
  try {
    await spool.fill(body, mostBytesOf(files), (bytes) => arrival.came(bytes));
  } catch (error) {
    cancel();
    throw error;
  }
  arrival.isWhole();
  await unpack(spool, new Expected(files, zip.name_conflicts ?? []), context, onEnd);
}

/** One folder that takes no files is no reason to fetch those of all others singly. */
function otherFolders(files: readonly WantedFile[]): DiskFolder[] {
  return [...new Set(files.map(({ item }) => item.folder))].slice(1, 10);
}

/** How long an archive of these files may be: what cannot be packed grows a little, and each has its heads. */
function mostBytesOf(files: readonly WantedFile[]): number {
  const bytes = files.reduce((sum, { item }) => sum + item.file.sizeBytes, 0);
  return bytes * 1.01 + files.length * 4096 + 65_536;
}

/** So many entries are in memory, and on their way to the disk, at once. */
const UNPACKED_AT_ONCE = 8;

async function unpack(
  spool: Spool,
  expected: Expected,
  context: JobContext,
  onEnd: (wanted: WantedFile) => void,
): Promise<void> {
  const entries = spool.entries();
  const take = async () => (await entries.next()).value ?? undefined;
  const slots = new Slots(UNPACKED_AT_ONCE);
  const unpacking = { ...context, aside: slots.aside.bind(slots) };
  const work = async (entry: ArchiveEntry) => {
    if (!expected.hasSize(entry.sizeBytes)) return;
    const bytes = await entry.contents();
    const wanted = bytes && expected.take(sha1Of(bytes), entry.name);
    if (!wanted) return;
    context.settle(await landWanted(wanted, bytes, unpacking));
    onEnd(wanted);
  };
  await runAll(take, work, {
    concurrency: UNPACKED_AT_ONCE,
    slots,
    ending: context.signal,
    onError: () => undefined,
  });
}
