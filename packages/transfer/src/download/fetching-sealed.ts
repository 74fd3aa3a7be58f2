/** Sealed bytes onto this machine, and what is in them under a name: first the ones, proven, then the others. */
import { join } from 'node:path';
import { sha1Of } from '../hash.ts';
import type { JobContext } from '../job.ts';
import { RANGES_FROM_BYTES } from '../plan.ts';
import type { Sealed } from '../sealing/opening.ts';
import type { Held } from '../state/seals.ts';
import type { Streams } from '../streams.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import type { DownloadItem } from './download.ts';
import type { Landing } from './fetching.ts';
import { fetchInRanges, isGoneOnWith, keptPart } from './fetching-in-ranges.ts';
import { PartialFile } from './partial-file.ts';
import { openSink } from './sink.ts';

/** Two temporary files: what is sealed, which the next run can go on with, and what was opened of it. */
export async function landSealed(
  { path, folder, name, file: listed }: DownloadItem,
  { form, by }: Sealed,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
  streams: Streams,
): Promise<Landing> {
  const target = { folder, path: join(folder.path, name), replaces };
  const isLarge = listed.sizeBytes >= RANGES_FROM_BYTES;
  const partial = await PartialFile.open(
    target,
    listed,
    isLarge ? keptPart(target.path, context) : undefined,
  );
  const sink = openSink(folder, name, replaces);
  let file = listed;
  let held: Held | undefined;
  return {
    async fetch(version) {
      file = version;
      await fetchInRanges(path, version, partial, context, streams);
      return partial.sha1();
    },
    restart: ({ sha1 }) => partial.restart(sha1),
    async finish(modifiedAt) {
      held = await by.opened(partial.contents(), form, file, sink, context.signal);
      const named = await sink.finish(modifiedAt);
      await partial.discard();
      return named;
    },
    held: () => held,
    async giveUp(error) {
      await sink.discard();
      await (isGoneOnWith(error, context) ? partial.keep() : partial.discard());
    },
  };
}

/** The same where all of it is in memory. */
export function landSealedFromMemory(
  { folder, name }: DownloadItem,
  { form, by }: Sealed,
  replaces: SeenOnDisk | undefined,
  bytes: Uint8Array,
  { signal }: JobContext,
): Landing {
  const sink = openSink(folder, name, replaces);
  const sha1 = sha1Of(bytes);
  let held: Held | undefined;
  return {
    fetch: async () => sha1,
    restart: async () => {},
    async finish(modifiedAt) {
      held = await by.opened(allAtOnce(bytes), form, { sha1 }, sink, signal);
      return sink.finish(modifiedAt);
    },
    held: () => held,
    giveUp: () => sink.discard(),
  };
}

async function* allAtOnce(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
