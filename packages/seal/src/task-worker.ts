/** A thread that does one task after another. */
import { parentPort } from 'node:worker_threads';
import { perform, type Task } from './task.ts';

/** What comes of a task, in the memory that it came in. */
export type Outcome = Uint8Array<ArrayBuffer> | undefined;

parentPort?.on('message', (task: Task) => {
  const outcome: Outcome = perform(task);
  parentPort?.postMessage(outcome, outcome ? [outcome.buffer] : []);
});
