/** The bytes of one file in order, as they come. */

import type { DownloadItem } from './download.ts';
import { Mending, openStream } from './download-stream.ts';
import type { Landing } from './fetching.ts';
import type { FileInBox } from './file-in-box.ts';
import { EMPTY_SHA1, RunningSha1 } from './hash.ts';
import type { JobContext } from './job.ts';
import { progressOf } from './progress.ts';
import { openSink, type Sink } from './sink.ts';
import type { SeenOnDisk } from './tree.ts';

export function landInOneStream(
  { path, folder, name }: DownloadItem,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
): Landing {
  const sink = openSink(folder, name, replaces);
  return {
    fetch: (file) => fetchAll(path, file, sink, context),
    restart: () => sink.restart(),
    finish: (modifiedAt) => sink.finish(modifiedAt),
    giveUp: () => sink.discard(),
  };
}

/** Fetches all bytes of one version, going on behind what has arrived when the connection breaks. */
async function fetchAll(
  path: string,
  file: FileInBox,
  sink: Sink,
  context: JobContext,
): Promise<string> {
  if (file.sizeBytes === 0) return EMPTY_SHA1;
  const arrived = new RunningSha1();
  const onProgress = progressOf(context, path, file.sizeBytes);
  const mending = new Mending(path, context);
  let doneBytes = 0;
  while (doneBytes < file.sizeBytes) {
    try {
      const stream = await openStream(file, [doneBytes, file.sizeBytes], context, context.signal);
      for await (const chunk of stream.body) {
        arrived.add(chunk);
        doneBytes += chunk.byteLength;
        await sink.write(chunk);
        onProgress(doneBytes);
      }
    } catch (error) {
      await mending.mend(error, doneBytes, context.signal);
    }
  }
  return arrived.hex();
}
