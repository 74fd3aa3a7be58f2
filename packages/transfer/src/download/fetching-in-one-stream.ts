/** The bytes of one file in order, as they come. */

import { EMPTY_SHA1, RunningSha1, sha1Of } from '../hash.ts';
import type { JobContext } from '../job.ts';
import { progressOf } from '../progress.ts';
import type { SeenOnDisk } from '../tree/tree.ts';
import type { DownloadItem } from './download.ts';
import { Mending, openStream } from './download-stream.ts';
import type { Landing } from './fetching.ts';
import type { FileInBox } from './file-in-box.ts';
import { openSink, type Sink } from './sink.ts';

export function landInOneStream(
  { path, folder, name }: DownloadItem,
  replaces: SeenOnDisk | undefined,
  context: JobContext,
): Landing {
  const sink = openSink(folder, name, replaces);
  return {
    fetch: (file) =>
      file.sizeBytes > WHOLE_UP_TO_BYTES
        ? fetchAll(path, file, sink, context)
        : fetchWhole(path, file, sink, context),
    restart: () => sink.restart(),
    finish: (modifiedAt) => sink.finish(modifiedAt),
    giveUp: () => sink.discard(),
  };
}

/** So little comes in one or two pieces: after a broken connection it is asked for anew. */
const WHOLE_UP_TO_BYTES = 64 * 1024;

/** Fetches all bytes of one version in one piece. */
async function fetchWhole(
  path: string,
  file: FileInBox,
  sink: Sink,
  context: JobContext,
): Promise<string> {
  if (file.sizeBytes === 0) return EMPTY_SHA1;
  const mending = new Mending(path, context);
  for (;;) {
    try {
      const download = await openStream(file, [0, file.sizeBytes], context, context.signal);
      const bytes = await download.bytes();
      await sink.write(bytes);
      progressOf(context, path, file.sizeBytes)(bytes.byteLength);
      return sha1Of(bytes);
    } catch (error) {
      await mending.mend(error, 0, context.signal);
    }
  }
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
