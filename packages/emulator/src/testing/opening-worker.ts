/** Opens new stores at the very time at which others do, for a test of exactly that. */
import { workerData } from 'node:worker_threads';
import { openStore } from '../store/store.ts';

const { dataDirs, gate, workers } = workerData as {
  dataDirs: string[];
  gate: Int32Array;
  workers: number;
};

for (const [turn, dataDir] of dataDirs.entries()) {
  Atomics.add(gate, 0, 1);
  const deadline = Date.now() + 10_000;
  // Spinning, so that all leave within microseconds.
  while (Atomics.load(gate, 0) < workers * (turn + 1)) {
    if (Date.now() > deadline) throw new Error('another worker has failed');
  }
  const store = openStore({ dataDir, clock: { now: Date.now } });
  store.secret('any');
  store.close();
}
