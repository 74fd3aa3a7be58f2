import { buffer } from 'node:stream/consumers';
import type { ByteRange } from '../body.ts';
import { BoxConnectionError } from '../errors.ts';
import type { AnswerStream, BoxRequest, BoxResponse, Send } from '../request.ts';
import { pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';

/** What of a file is wanted. */
export interface DownloadOptions extends CallOptions {
  /** @default the whole file */
  readonly range?: ByteRange | undefined;
  /** A past version. @default the current one */
  readonly versionId?: string | undefined;
}

/** A file's content, or a range of it, as it arrives. Read `body` to its end, or call `cancel`. */
export interface Download {
  /** 200: the whole file; 206: the range that was asked for. */
  readonly status: 200 | 206;
  /** Bytes that `body` gives: exactly so many, or it throws. */
  readonly sizeBytes: number;
  /** Bytes of the whole file. */
  readonly totalBytes: number;
  readonly contentType?: string;
  /**
   * The bytes, once. Throws a BoxConnectionError when they break off, stall, end early or do not end where they
   * should. Leaving the loop early closes the connection.
   */
  readonly body: AsyncIterable<Uint8Array>;
  /** All of `body` in one piece, in its place: for what is small. Throws what `body` throws. */
  bytes(): Promise<Uint8Array>;
  /** Ends the download unread. Harmless afterwards. */
  cancel(): void;
}

/** Opens a file's content; see `Files.download`. */
export async function downloadFile(
  send: Send,
  fileId: string,
  { range, versionId, signal }: DownloadOptions = {},
): Promise<Download> {
  const request: BoxRequest = {
    method: 'GET',
    path: `${pathOf('/files', fileId)}/content`,
    query: { version: versionId },
    headers: { range: range && `bytes=${range.start}-${range.end ?? ''}` },
    answer: 'stream',
    waitOn202: true,
    signal,
  };
  const response = await send(request);
  const { stream } = response;
  const extent = range ? rangeExtent(response, range) : wholeExtent(response);
  if (stream && extent) return downloadOf(response, stream, extent, request);
  stream?.cancel();
  throw new BoxConnectionError(
    `${request.method} ${request.path} was answered with ${described(response)}, which is not ` +
      (range ? `bytes ${range.start} to ${range.end ?? 'the end'}` : 'the whole file'),
    { code: 'unexpected_answer', method: request.method, path: request.path },
  );
}

interface Extent {
  readonly status: 200 | 206;
  readonly sizeBytes: number;
  readonly totalBytes: number;
}

/** Without a length nobody could tell a whole file from the beginning of one. */
function wholeExtent({ status, headers }: BoxResponse): Extent | undefined {
  const sizeBytes = byteCount(headers['content-length']);
  if (status !== 200 || sizeBytes === undefined) return undefined;
  return { status, sizeBytes, totalBytes: sizeBytes };
}

/** The answer must name the very range that was asked for, cut short only where the file ends. */
function rangeExtent({ status, headers }: BoxResponse, range: ByteRange): Extent | undefined {
  const [, start, end, total] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? [];
  if (status !== 206 || total === undefined) return undefined;
  const totalBytes = Number(total);
  const sizeBytes = Number(end) - Number(start) + 1;
  const isAsked =
    Number(start) === range.start &&
    Number(end) === Math.min(range.end ?? totalBytes - 1, totalBytes - 1) &&
    (byteCount(headers['content-length']) ?? sizeBytes) === sizeBytes;
  return isAsked ? { status, sizeBytes, totalBytes } : undefined;
}

function downloadOf(
  { headers }: BoxResponse,
  stream: AnswerStream,
  extent: Extent,
  { method, path }: BoxRequest,
): Download {
  const contentType = headers['content-type'];
  const body = {
    async *[Symbol.asyncIterator]() {
      let givenBytes = 0;
      for await (const chunk of stream) {
        givenBytes += chunk.byteLength;
        if (givenBytes > extent.sizeBytes) break;
        yield chunk;
      }
      assertWhole(givenBytes, extent, { method, path });
    },
  };
  return {
    ...extent,
    ...(contentType !== undefined && { contentType }),
    cancel: () => stream.cancel(),
    body,
    async bytes() {
      // Only of a length that was told can there be no more than that.
      if (headers['content-length'] === undefined) return buffer(body);
      const bytes = await stream.bytes();
      assertWhole(bytes.byteLength, extent, { method, path });
      return bytes;
    },
  };
}

function assertWhole(
  givenBytes: number,
  { sizeBytes }: Extent,
  { method, path }: Pick<BoxRequest, 'method' | 'path'>,
): void {
  if (givenBytes === sizeBytes) return;
  const how = givenBytes > sizeBytes ? 'ran over' : `ended after ${givenBytes} of`;
  throw new BoxConnectionError(`the content for ${method} ${path} ${how} its ${sizeBytes} bytes`, {
    code: 'body_truncated',
    method,
    path,
  });
}

function described({ status, headers }: BoxResponse): string {
  const range = headers['content-range'];
  return `status ${status}, ${range ?? `${headers['content-length'] ?? 'an unknown number of'} bytes`}`;
}

function byteCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
