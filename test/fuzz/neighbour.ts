/** A second emulator that has the same folder open, in a thread of its own. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { World } from './world.ts';

export interface Neighbour {
  readonly url: string;
  close(): Promise<void>;
}

/** Starts one beside a world that is on disk. */
export async function startNeighbour({ dataDir }: World): Promise<Neighbour> {
  const worker = new Worker(new URL('neighbour-thread.ts', import.meta.url), {
    workerData: dataDir,
  });
  const [url] = (await once(worker, 'message')) as [string];
  return {
    url,
    close: async () => {
      worker.postMessage('close');
      await once(worker, 'exit');
    },
  };
}
