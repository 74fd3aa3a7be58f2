/** A thread that does one task after another. */
import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './task.ts';

parentPort?.on('message', (task: Task) => {
  const outcome = perform(task);
  const bytes = outcome && inMemoryOfItsOwn(outcome);
  parentPort?.postMessage(bytes, bytes ? [bytes.buffer] : []);
});

/** What Node cuts from memory that it shares among many cannot be handed over, only copied. */
function inMemoryOfItsOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
