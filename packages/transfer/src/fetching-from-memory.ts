/** The bytes of one file that came with others, and are in memory already. */
import type { DownloadItem } from './download.ts';
import type { Landing } from './fetching.ts';
import { sha1Of } from './hash.ts';
import { openSink } from './sink.ts';
import type { SeenOnDisk } from './tree.ts';

export function landFromMemory(
  { folder, name }: DownloadItem,
  replaces: SeenOnDisk | undefined,
  bytes: Uint8Array,
): Landing {
  const sink = openSink(folder, name, replaces);
  return {
    async fetch() {
      await sink.write(bytes);
      return sha1Of(bytes);
    },
    restart: () => sink.restart(),
    finish: (modifiedAt) => sink.finish(modifiedAt),
    giveUp: () => sink.discard(),
  };
}
