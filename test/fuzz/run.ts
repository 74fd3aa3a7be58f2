/**
 * The fuzz of the emulator: `npm run fuzz -- [--seconds 600] [--seed N] [--part model|garbage|concurrent]`.
 * Three parts take turns until the time is over; the seed of each turn is printed, and gives the same turn again.
 * Ends with 1 at the first finding, with the shortest run that shows it.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { concurrentProperty } from './concurrent.ts';
import { Exchange } from './exchange.ts';
import { garbageProperty, OPERATION_COUNT } from './garbage.ts';
import { modelProperty } from './model.ts';

const DEFAULT_SECONDS = 600;

/** How long a turn lasts, and what it draws. */
const PARTS = {
  model: { share: 0.55, property: modelProperty, mayBeBusy: false },
  garbage: { share: 0.3, property: garbageProperty, mayBeBusy: false },
  concurrent: { share: 0.15, property: concurrentProperty, mayBeBusy: true },
};

type Part = keyof typeof PARTS;

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: String(DEFAULT_SECONDS) },
    seed: { type: 'string' },
    part: { type: 'string' },
  },
});
const seconds = Number(values.seconds);
const seed = Number(values.seed ?? randomInt(2 ** 31));
const parts = Object.keys(PARTS).filter((name) =>
  [undefined, name].includes(values.part),
) as Part[];
if (!(seconds > 0) || !Number.isSafeInteger(seed) || parts.length === 0) {
  console.error('use: npm run fuzz -- [--seconds N] [--seed N] [--part model|garbage|concurrent]');
  process.exit(2);
}
console.log(`seed ${seed}, ${seconds} seconds, garbage for ${OPERATION_COUNT} operations`);

const shares = parts.reduce((sum, part) => sum + PARTS[part].share, 0);
for (const part of parts) await run(part, (seconds * PARTS[part].share) / shares);

/** Runs one part for a while. Ends the process at a finding. */
async function run(part: Part, partSeconds: number): Promise<void> {
  const { property, mayBeBusy } = PARTS[part];
  const exchange = new Exchange({ mayBeBusy });
  const started = performance.now();
  const result = await fc.check<unknown[]>(property(exchange) as fc.IAsyncProperty<unknown[]>, {
    seed,
    numRuns: 1_000_000_000,
    interruptAfterTimeLimit: partSeconds * 1000,
  });
  await exchange.close();
  const took = ((performance.now() - started) / 1000).toFixed(0);
  const statuses = Object.entries(exchange.statuses).map(([status, n]) => `${n}×${status}`);
  console.log(
    `${part}: ${result.numRuns} runs, ${exchange.calls} calls in ${took} s (${statuses.join(' ')})`,
  );
  // Without a counterexample the time was over before the first run was.
  if (result.counterexample === null) return;
  report(part, result);
  process.exit(1);
}

function report(part: Part, result: fc.RunDetails<unknown[]>): void {
  const error = result.errorInstance;
  console.error(`\nfound: ${error instanceof Error ? error.message : String(error)}`);
  console.error(
    `once more: npm run fuzz -- --part ${part} --seed ${seed}\n\nthe calls that led to it:`,
  );
  for (const line of storyOf(result.counterexample)) console.error(`  ${line.slice(0, 400)}`);
  if (error instanceof Error) console.error(`\n${error.stack}`);
}

/** What the shortest failing run told of itself. */
function storyOf(counterexample: unknown[] | null): string[] {
  const context = JSON.parse(String(counterexample?.at(-1) ?? '{}')) as { logs?: string[] };
  return context.logs ?? [];
}
