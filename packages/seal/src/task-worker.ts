/** A thread that does one task after another. */
import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './task.ts';

/** What comes of a task, and the memory that it came in, to be used again. */
export interface Done {
  readonly outcome: Uint8Array<ArrayBuffer> | undefined;
  readonly spare: Uint8Array<ArrayBuffer>;
}

parentPort?.on('message', (task: Task) => {
  const made = perform(task);
  const outcome = made && inMemoryOfItsOwn(made);
  const done: Done = { outcome, spare: task.bytes };
  parentPort?.postMessage(done, [task.bytes.buffer, ...(outcome ? [outcome.buffer] : [])]);
});

/** What Node cuts from memory that it shares among many cannot be handed over, only copied. */
function inMemoryOfItsOwn(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const { buffer, byteLength } = bytes;
  const isWhole = buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
  return isWhole ? (bytes as Uint8Array<ArrayBuffer>) : new Uint8Array(bytes);
}
