/**
 * `npm run reliability`: all of the matrix, each column in a process of its own. `--write` puts it into
 * docs/reliability.md, `--seed` makes the same runs again, `--only` takes those whose name has these words. Ends with 1
 * if anything went wrong that should not.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { type Column, columns } from './columns.ts';
import { type Case, casesIn, judge, type Verdict } from './matrix.ts';
import { page, pagePath } from './page.ts';
import { Pool } from './pool.ts';

interface Said {
  name: string;
  verdict: Verdict;
}

const { values } = parseArgs({
  options: {
    write: { type: 'boolean' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', default: '' },
    column: { type: 'string' },
  },
});
const seed = Number(values.seed);
const column = columns.find(({ name }) => name === values.column);
if (column) await runColumn(column);
else await runAll();

async function runAll(): Promise<void> {
  console.log(`--seed ${seed}`);
  const verdicts = new Map<Case, Verdict>();
  const endings = await Promise.all(columns.map((each) => runBeside(each, verdicts)));
  const failed = [...verdicts.values()].filter(({ passed }) => !passed).length;
  console.log(`${verdicts.size} runs, ${failed} of them failed and said why`);
  if (endings.some((code) => code !== 0)) process.exitCode = 1;
  else if (values.write) await writeFile(pagePath, page(verdicts, seed));
}

/** @returns the exit code */
async function runBeside(each: Column, verdicts: Map<Case, Verdict>): Promise<unknown> {
  const cases = new Map(casesIn(each).map((one) => [one.name, one]));
  const options = ['--column', each.name, '--seed', `${seed}`, '--only', values.only];
  const child = fork(import.meta.filename, options);
  child.on('message', (message) => {
    const { name, verdict } = message as Said;
    const one = cases.get(name);
    if (one) verdicts.set(one, verdict);
  });
  const [code] = await once(child, 'close');
  return code;
}

async function runColumn(each: Column): Promise<void> {
  const cases = casesIn(each).filter(({ name }) => name.includes(values.only));
  const startMs = performance.now();
  await using pool = new Pool(each, seed);
  const lane = async () => {
    for (let next = cases.shift(); next; next = cases.shift()) await run(next, pool);
  };
  await Promise.all(Array.from({ length: each.lanes }, lane));
  console.log(`${each.name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  process.disconnect?.();
}

async function run(one: Case, pool: Pool): Promise<void> {
  const { name, trouble } = one;
  if (trouble.leftOut) return console.log(`left out: ${name}: ${trouble.leftOut}`);
  try {
    const verdict = await pool.use((bench) => judge(one, bench, seed));
    process.send?.({ name, verdict } satisfies Said);
  } catch (error) {
    process.exitCode = 1;
    console.log(`WRONG ${name}\n${error instanceof Error ? error.stack : String(error)}`);
  }
}
