/** Runs an emulator until it is told to close it. */
import { parentPort, workerData } from 'node:worker_threads';
import { startEmulator } from '@boxhaul/emulator';

const emulator = await startEmulator({ dataDir: workerData as string });
parentPort?.postMessage(emulator.url);
parentPort?.once('message', () => {
  void emulator.close();
});
