/**
 * The emulator in a process of its own: says where it is, does what it is told, ends when nobody is left to tell it.
 * Its first argument may hold `EmulatorOptions` as JSON.
 */
import { type EmulatorOptions, startEmulator } from '@boxhaul/emulator';

/** What it can be told: each order is answered with `{ counts }`. */
export type BoxOrder =
  | { do: 'counts' }
  | { do: 'reset-counts' }
  /** Makes `/<name>/folder <n>/file <m>.txt`. */
  | { do: 'seed'; name: string; folders: number; files: number };

/** Trees of so many paths each: a million at once would be memory of the bench. */
const BATCH = 20_000;

const options: EmulatorOptions = JSON.parse(process.argv[2] ?? '{}');
const box = await startEmulator(options);

process.on('message', (order: BoxOrder) => {
  carryOut(order).then(
    () => process.send?.({ counts: box.counts() }),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.once('disconnect', () => {
  box.close().then(
    () => process.exit(0),
    (error) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.send?.({ url: box.url, token: box.token, tls: box.tls });

async function carryOut(order: BoxOrder): Promise<void> {
  if (order.do === 'reset-counts') box.resetCounts();
  if (order.do !== 'seed') return;
  let paths = 0;
  let batch: Record<string, string> = {};
  for (let folder = 0; folder < order.folders; folder++) {
    for (let file = 0; file < order.files; file++) {
      const path = `/${order.name}/folder ${folder}/file ${folder}-${file}.txt`;
      batch[path] = 'small';
      if (++paths % BATCH > 0) continue;
      await box.seed(batch);
      batch = {};
    }
  }
  await box.seed(batch);
}
