/**
 * The emulator in a process of its own, for bench/emulator.ts: says where it is and how long it took to start, and then
 * does what it is told, one order at a time.
 */
import { fileURLToPath } from 'node:url';

/** What the process says first. */
export interface Begun {
  url: string;
  token: string;
  /** To load the code. */
  importMs: number;
  /** The first `startEmulator()` of the process, until it listens. */
  startMs: number;
}

/** What it can be told. */
export type EmulatorOrder =
  /** Makes `/big/f<n>/i<m>.txt`, and `/wide/w<n>.txt`. */
  | { do: 'seed'; folders: number; files: number; wide: number }
  | { do: 'memory' }
  /** Starts and closes emulators one after the other, then so many at once. */
  | { do: 'start'; oneByOne: number; atOnce: number };

/** What it answers: those figures that the order asks for. */
export interface EmulatorFigures {
  seconds?: number;
  memoryBytes?: number;
  /** The median of those one by one, and the time until all at once are there. */
  oneMs?: number;
  allMs?: number;
  /** What each of those at once takes. */
  bytesEach?: number;
}

/** The one name among a million that nothing else has. */
export const RARE_WORD = 'needle';
const BATCH = 20_000;

if (process.argv[1] === fileURLToPath(import.meta.url)) await serve();

async function serve(): Promise<void> {
  const begun = performance.now();
  const { startEmulator } = await import('@boxhaul/emulator');
  const loaded = performance.now();
  const box = await startEmulator();
  const startMs = performance.now() - loaded;
  process.on('message', (order: EmulatorOrder) => {
    carryOut(order).then(
      (figures) => process.send?.(figures),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  });
  process.once('disconnect', () => void box.close().finally(() => process.exit(0)));
  process.send?.({ url: box.url, token: box.token, importMs: loaded - begun, startMs });

  async function carryOut(order: EmulatorOrder): Promise<EmulatorFigures> {
    if (order.do === 'memory') {
      globalThis.gc?.();
      return { memoryBytes: process.memoryUsage().rss };
    }
    if (order.do === 'start') return timeStarts(order.oneByOne, order.atOnce);
    const started = performance.now();
    for (const batch of batches(order)) await box.seed(batch);
    return { seconds: (performance.now() - started) / 1000 };
  }

  async function timeStarts(oneByOne: number, atOnce: number): Promise<EmulatorFigures> {
    const times: number[] = [];
    for (let count = 0; count < oneByOne; count++) {
      const started = performance.now();
      const one = await startEmulator();
      times.push(performance.now() - started);
      await one.close();
    }
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    const started = performance.now();
    const all = await Promise.all(Array.from({ length: atOnce }, () => startEmulator()));
    const allMs = performance.now() - started;
    const bytesEach = (process.memoryUsage().rss - before) / atOnce;
    await Promise.all(all.map((one) => one.close()));
    return { oneMs: times.sort((a, b) => a - b)[oneByOne >> 1] ?? 0, allMs, bytesEach };
  }
}

/** Trees of so many paths each: a million at once would be memory of the bench, not of the emulator. */
function* batches(size: { folders: number; files: number; wide: number }) {
  let batch: Record<string, string> = { [`/big/f0/${RARE_WORD}.txt`]: 'found' };
  let paths = 0;
  for (const path of everyPath(size)) {
    batch[path] = `contents of ${path}`;
    if (++paths % BATCH === 0) {
      yield batch;
      batch = {};
    }
  }
  yield batch;
}

function* everyPath({ folders, files, wide }: { folders: number; files: number; wide: number }) {
  for (let folder = 0; folder < folders; folder++) {
    for (let file = 0; file < files; file++) yield `/big/f${folder}/i${file}.txt`;
  }
  for (let file = 0; file < wide; file++) yield `/wide/w${file}.txt`;
}
