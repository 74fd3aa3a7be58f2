/** A file's contents out of Box, for whoever reads them as they come and keeps nothing. */
import type { BoxClient, BoxFile, ByteRange } from '@boxhaul/client';
import { RunningSha1 } from '../hash.ts';
import type { Reason } from '../reason.ts';
import { Mending, openStream } from './download-stream.ts';
import { wrongContents } from './fetching.ts';
import { FETCHED_FIELDS, type FileInBox, fileInBox } from './file-in-box.ts';

/** What to read, and how. */
export interface ReadOptions {
  readonly client: BoxClient;
  /** Read is the version that it names. If it came without its `size`, it is asked for, and read as it is then. */
  readonly file: BoxFile;
  /** The bytes that are wanted, both ends included; what lies behind the end of the file is not there. @default all */
  readonly range?: ByteRange;
  readonly signal?: AbortSignal;
  /** Is told when the connection broke and is opened again where it was. */
  readonly onRetry?: (reason: Reason) => void;
}

/**
 * The contents of a file in order, as fast as they are taken. Where the connection breaks, they go on from there, with
 * the same version of the file. Of a whole file the SHA-1 is compared at the end: until the loop has ended well,
 * nothing is proven.
 *
 * @throws {BoxhaulError} `wrong-contents`: what came does not have Box's SHA-1; `changed-on-box`: what was sent has
 *   another size
 * @throws {BoxApiError} Box refuses it
 * @throws {BoxConnectionError} the connection broke too often
 * @example
 * ```ts
 * import { readFile } from '@boxhaul/transfer';
 *
 * const file = await client.files.get(fileId, { fields: ['size'] });
 * let bytes = 0;
 * for await (const chunk of readFile({ client, file })) bytes += chunk.byteLength;
 * console.log(bytes === file.size); // true
 * ```
 */
export async function* readFile(options: ReadOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { client, range, signal = new AbortController().signal } = options;
  const file = await knownFile(options, signal);
  const start = range?.start ?? 0;
  const end = Math.min(file.sizeBytes, (range?.end ?? Number.POSITIVE_INFINITY) + 1);
  const arrived = new RunningSha1();
  const mending = new Mending(file.id, {
    emit: (event) => {
      if (event.type === 'retry') options.onRetry?.(event.reason);
    },
  });
  let at = start;
  while (at < end) {
    try {
      const stream = await openStream(file, [at, end], { client }, signal, { isPinned: true });
      for await (const chunk of stream.body) {
        arrived.add(chunk);
        at += chunk.byteLength;
        yield chunk;
      }
    } catch (error) {
      await mending.mend(error, at - start, signal);
    }
  }
  const isWhole = start === 0 && end === file.sizeBytes;
  if (isWhole && arrived.hex() !== file.sha1) throw wrongContents(arrived.hex(), file);
}

async function knownFile({ client, file }: ReadOptions, signal: AbortSignal): Promise<FileInBox> {
  if (file.size !== undefined) return fileInBox(file);
  return fileInBox(await client.files.get(file.id, { fields: FETCHED_FIELDS, signal }));
}
