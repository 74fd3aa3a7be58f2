/** The bytes of one file that came with others, and are in memory already. */

import { sha1Of } from '../hash.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import type { DownloadItem } from './download.ts';
import type { Landing } from './fetching.ts';
import { openSink } from './sink.ts';

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
