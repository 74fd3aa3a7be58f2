/** docs/reliability.md: the matrix with its counts. */
import { join } from 'node:path';
import { measuredOn, root } from '../../../bench/page.ts';
import { columns } from './columns.ts';
import { allCases, type Case, kinds, type Verdict } from './matrix.ts';

export const pagePath = join(root, 'docs', 'reliability.md');

/** How many runs of a cell there were: done all the same, and failed. */
export interface Counts {
  passed: number;
  failed: number;
}

export function page(verdicts: ReadonlyMap<Case, Verdict>, seed: number): string {
  const counts = countsOf(verdicts);
  const total = { passed: 0, failed: 0 };
  for (const { passed, failed } of counts.values()) {
    total.passed += passed;
    total.failed += failed;
  }
  const head = ['what goes wrong', ...columns.map(({ name }) => name), 'a failure says'];
  const rows = kinds.map(({ name }) => [
    name,
    ...columns.map((column) => cellText(counts.get(cellKey(name, column.name)))),
    codesOf(name, verdicts),
  ]);
  return `# Reliability

Written by \`npm run reliability -- --write\` on ${measuredOn()}, with \`--seed ${seed}\`.

Each run transfers files into one fault: once, three times or for ever, at each kind of call that the transfer makes.
**${total.passed + total.failed} runs: ${total.passed} were done all the same, ${total.failed} failed and said why.** A cell says \`done + failed\`. After each
run what stood under a real name had the SHA-1 of the other side, and nothing was left but what the next run goes on
with; then one more run, without the fault, completed it: both sides the same, no temporary file, no open session.

${[head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')}

- *up* sends a folder of four files, or one of 50 MB in an upload session; *down* fetches them one by one, in ranges, or
  as an archive. Where Box makes no archive, its files come one by one.
- A disk that is full is a small file system, which only root can mount; what permissions forbid is tried by the
  command, as a user who is not root.
- \`test/system/matrix\` is the test, \`BOXHAUL_SEED=${seed} npm run test:system\` makes the same runs again.
`;
}

export function cellKey(kind: string, column: string): string {
  return `${kind}: ${column}`;
}

/** How many runs each cell has by the plan. */
export function plannedRuns(): Map<string, number> {
  const runs = new Map<string, number>();
  for (const { kind, column } of allCases()) {
    const key = cellKey(kind.name, column.name);
    runs.set(key, (runs.get(key) ?? 0) + 1);
  }
  return runs;
}

function countsOf(verdicts: ReadonlyMap<Case, Verdict>): Map<string, Counts> {
  const counts = new Map<string, Counts>();
  for (const [{ kind, column }, { passed }] of verdicts) {
    const key = cellKey(kind.name, column.name);
    const count = counts.get(key) ?? { passed: 0, failed: 0 };
    count[passed ? 'passed' : 'failed'] += 1;
    counts.set(key, count);
  }
  return counts;
}

function cellText(counts: Counts | undefined): string {
  return counts ? `${counts.passed} + ${counts.failed}` : '–';
}

function codesOf(kindName: string, verdicts: ReadonlyMap<Case, Verdict>): string {
  const codes = new Set<string>();
  for (const [{ kind }, verdict] of verdicts) {
    if (kind.name !== kindName || verdict.passed) continue;
    for (const code of verdict.codes) codes.add(`\`${code}\``);
  }
  return [...codes].sort().join(', ');
}
