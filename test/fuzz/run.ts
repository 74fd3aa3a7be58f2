/**
 * The fuzz of the emulator: `npm run fuzz -- [--seconds 600] [--seed N] [--part model|garbage|concurrent] [--path P]`.
 * Three parts share the time. The seed is printed, and gives the same runs again; `--path`, which a finding
 * prints, gives the run that failed alone. Ends with 1 at the first finding, with the shortest run that shows it.
 */
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import fc from 'fast-check';
import { concurrentProperty } from './concurrent.ts';
import { Exchange } from './exchange.ts';
import { garbageProperty, OPERATION_COUNT } from './garbage.ts';
import { modelProperty } from './model.ts';

const DEFAULT_SECONDS = 600;
const SHORTEN_SECONDS = 60;

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
    path: { type: 'string' },
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
  const look = (path: string | undefined, lookSeconds: number) =>
    fc.check<unknown[]>(property(exchange) as fc.IAsyncProperty<unknown[]>, {
      seed,
      ...(path === undefined ? {} : { path }),
      numRuns: 1_000_000_000,
      interruptAfterTimeLimit: lookSeconds * 1000,
    });
  const result = await look(values.path, partSeconds);
  const took = ((performance.now() - started) / 1000).toFixed(0);
  const statuses = Object.entries(exchange.statuses).map(([status, n]) => `${n}×${status}`);
  console.log(`${part}: ${exchange.calls} calls in ${took} s (${statuses.join(' ')})`);
  // Without a counterexample the time was over before the first run was.
  if (result.counterexamplePath === null) return;
  // It may have been found late, with no time left to make it short.
  const shorter = await look(result.counterexamplePath, SHORTEN_SECONDS);
  report(part, shorter.counterexamplePath === null ? result : shorter);
  process.exit(1);
}

function report(part: Part, result: fc.RunDetails<unknown[]>): void {
  const error = result.errorInstance;
  console.error(`\nfound: ${error instanceof Error ? error.message : String(error)}`);
  console.error(
    `once more: npm run fuzz -- --part ${part} --seed ${seed} --path ${result.counterexamplePath}`,
  );
  console.error('\nthe calls that led to it:');
  for (const line of storyOf(result.counterexample)) console.error(`  ${line.slice(0, 400)}`);
  if (error instanceof Error) console.error(`\n${error.stack}`);
}

/** What the shortest failing run told of itself. */
function storyOf(counterexample: unknown[] | null): string[] {
  const context = JSON.parse(String(counterexample?.at(-1) ?? '{}')) as { logs?: string[] };
  return context.logs ?? [];
}
