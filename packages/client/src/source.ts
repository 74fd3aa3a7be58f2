import { openExactly, type RequestBody } from './body.ts';
import type { BoxRequest } from './request.ts';

/** What one attempt sends, opened anew for it, and what became of the reading. */
export interface Source {
  readonly contentType: string;
  readonly sizeBytes: number;
  /** For the network: bytes at once where they are in memory and few, or nobody watches; otherwise piece by piece. */
  readonly content: Uint8Array | AsyncIterable<Uint8Array>;
  /** How many bytes were handed to the network. */
  sentBytes(): number;
  /** What reading it threw: then it is not the network that failed. */
  failure(): { readonly error: unknown } | undefined;
}

/** Opens what a request sends; undefined if it sends nothing. */
export function openSource(request: BoxRequest): Source | undefined {
  const contentType = request.contentType ?? 'application/octet-stream';
  if (request.body?.bytes || request.body?.sizeBytes === 0) {
    return inMemory(request.body.bytes ?? new Uint8Array(), contentType, request.onProgress);
  }
  if (request.body) return streamed(request.body, contentType, request.onProgress);
  if (request.json === undefined) return undefined;
  return inMemory(Buffer.from(JSON.stringify(request.json)), 'application/json');
}

/** Written at once up to this size, so that progress is never further ahead of the network than that. */
const SLICE_BYTES = 512 * 1024;

function inMemory(
  bytes: Uint8Array,
  contentType: string,
  onProgress?: (sentBytes: number) => void,
): Source {
  if (onProgress && bytes.byteLength > SLICE_BYTES) {
    return streamed(
      { sizeBytes: bytes.byteLength, open: () => slicesOf(bytes) },
      contentType,
      onProgress,
    );
  }
  onProgress?.(bytes.byteLength);
  return {
    contentType,
    sizeBytes: bytes.byteLength,
    content: bytes,
    sentBytes: () => bytes.byteLength,
    failure: () => undefined,
  };
}

function streamed(
  body: RequestBody,
  contentType: string,
  onProgress?: (sentBytes: number) => void,
): Source {
  let sent = 0;
  let failure: { error: unknown } | undefined;
  async function* watched() {
    onProgress?.(0);
    try {
      for await (const chunk of openExactly(body)) {
        sent += chunk.byteLength;
        yield chunk;
        onProgress?.(sent);
      }
    } catch (error) {
      failure = { error };
      throw error;
    }
  }
  return {
    contentType,
    sizeBytes: body.sizeBytes,
    content: watched(),
    sentBytes: () => sent,
    failure: () => failure,
  };
}

async function* slicesOf(bytes: Uint8Array): AsyncGenerator<Uint8Array, void, void> {
  for (let start = 0; start < bytes.byteLength; start += SLICE_BYTES) {
    yield bytes.subarray(start, start + SLICE_BYTES);
  }
}
