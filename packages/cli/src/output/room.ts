import { once } from 'node:events';
import type { OutputStream } from '../context.ts';

/** Waits while whoever reads the stream is far behind, so that what is written does not pile up in memory. */
export async function room(stream: OutputStream, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (stream.writableNeedDrain) await once(stream, 'drain', { signal });
}
