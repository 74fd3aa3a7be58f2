import { once } from 'node:events';
import type { OutputStream } from '../context.ts';

/** Waits while whoever reads the stream is far behind, so that what is written does not pile up in memory. */
export async function room(stream: OutputStream, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  if (stream.writableNeedDrain) await once(stream, 'drain', { signal });
}

/** Waits until all that was written has left this process. @throws the stream's error: it will not any more */
export async function allWritten(stream: OutputStream): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    stream.write('', (error) => (error ? reject(error) : resolve()));
  });
}
