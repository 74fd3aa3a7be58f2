/**
 * Box's own SDK, tested by its own integration tests, on the emulator. `npm run test:sdk` for all of them,
 * `npm run test:sdk -- files folders` for those of some files, `npm run test:sdk -- --write` to write
 * down which operations they drive.
 */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openAccount } from './account.ts';
import { operationsOf, watchCalls } from './driven.ts';
import { LEFT_OUT } from './left-out.ts';
import { callsOfOwnTests, isWritten, write } from './page.ts';
import { readSdkTests, testsFolder } from './sources.ts';
import { type SdkTest, testsIn } from './suite.ts';

interface Tally {
  passed: number;
  failed: number;
  /** How many tests were left out, by reason. */
  readonly leftOut: Map<string, number>;
}

const ENDING = '.test.ts';

async function runFiles(names: readonly string[]): Promise<Tally> {
  const tally: Tally = { passed: 0, failed: 0, leftOut: new Map() };
  for (const name of names) {
    for (const test of await testsIn(`${name}${ENDING}`)) await runTest(name, test, tally);
  }
  return tally;
}

/** What is left out is run all the same: once it passes, it need not be left out any more. */
async function runTest(file: string, { name, run }: SdkTest, tally: Tally): Promise<void> {
  const reason = LEFT_OUT[file] ?? LEFT_OUT[`${file}.${name}`];
  const error = await Promise.try(run).then(() => undefined, errorOf);
  if (error && reason !== undefined) {
    tally.leftOut.set(reason, (tally.leftOut.get(reason) ?? 0) + 1);
  } else if (!error && reason === undefined) {
    tally.passed++;
  } else {
    tally.failed++;
    console.log(`✗ ${file}: ${name}\n  ${error?.stack ?? `passes, and is left out: ${reason}`}`);
  }
}

function errorOf(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}

function summary({ passed, failed, leftOut }: Tally): string {
  const counts = [...leftOut.values()];
  const out = counts.reduce((sum, count) => sum + count, 0);
  const reasons = [...leftOut].map(([reason, count]) => `  ${count}: ${reason}`);
  const because = out === 0 ? '' : `, ${out} left out because`;
  return [`${passed} of ${passed + failed + out} SDK tests pass${because}`, ...reasons].join('\n');
}

const { positionals: chosen, values } = parseArgs({
  allowPositionals: true,
  options: { write: { type: 'boolean', default: false } },
});
const all = readdirSync(testsFolder)
  .filter((name) => name.endsWith(ENDING))
  .map((name) => name.slice(0, -ENDING.length));
const unknown = [...chosen, ...Object.keys(LEFT_OUT)].filter(
  (name) => !all.includes(name.split('.')[0] ?? ''),
);
if (unknown.length > 0) throw new Error(`The SDK has no tests of ${unknown.join(', ')}`);

readSdkTests();
const emulator = await openAccount();
const calls = watchCalls();
try {
  const tally = await runFiles(chosen.length > 0 ? chosen : all);
  console.log(summary(tally));
  if (tally.failed > 0) process.exitCode = 1;
  else if (chosen.length === 0) await keepList();
} finally {
  await emulator.close();
}

/** The list of operations that the SDK drove is to be as it is in the repository, or is written now. */
async function keepList(): Promise<void> {
  const operations = operationsOf([...calls, ...(await callsOfOwnTests())]);
  console.log(`Box’s SDK drove ${operations.length} operations`);
  if (values.write) write(operations);
  else if (!isWritten(operations)) {
    console.log('docs/operations/sdk-tested.json is another: npm run test:sdk -- --write');
    process.exitCode = 1;
  }
}
