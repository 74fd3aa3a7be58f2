/** All cells of the matrix, and how one run of one of them is made and judged. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import type { Bench } from './bench.ts';
import { type Column, columns } from './columns.ts';
import { diskTroubles } from './disk-troubles.ts';
import { type Ending, Haul, inProcess, PATIENT } from './haul.ts';
import { peopleTroubles } from './people-troubles.ts';
import type { Kind, Trouble } from './troubles.ts';
import { weatherTroubles } from './weather-troubles.ts';

export const kinds: readonly Kind[] = [...weatherTroubles, ...peopleTroubles, ...diskTroubles];

/** One run: a trouble of a kind in a column. */
export interface Case {
  readonly name: string;
  readonly column: Column;
  readonly kind: Kind;
  readonly trouble: Trouble;
}

/** What became of it: done all the same, or failed with these codes. */
export type Verdict = { passed: true } | { passed: false; codes: readonly string[] };

export function casesIn(column: Column): Case[] {
  return kinds.flatMap((kind) =>
    kind.in(column).map((trouble) => ({
      name: `${column.name}: ${kind.name}: ${trouble.name}`,
      column,
      kind,
      trouble,
    })),
  );
}

export function allCases(): Case[] {
  return columns.flatMap(casesIn);
}

/**
 * Runs the transfer into the trouble, and once more without it.
 * @throws {AssertionError} something wrong was there, or said, or left
 */
export async function judge(
  { name, kind, trouble }: Case,
  bench: Bench,
  seed: number,
): Promise<Verdict> {
  const patience = trouble.patience ?? PATIENT;
  const haul = await Haul.open(bench, patience);
  try {
    const begun = await trouble.begin(haul, drawFrom(`${seed} ${name}`));
    const onEvent = begun.onEvent && { onEvent: begun.onEvent };
    const ending = await (trouble.runner ?? inProcess)(haul, { ...onEvent });
    assert.ok(begun.isMet(), 'the run met the trouble');
    await haul.end(begun);
    await haul.assertNothingWrong();
    assertSaid(ending, kind, trouble);
    const again = await inProcess(haul, {});
    assert.deepEqual(again, { codes: [], words: [] }, 'one more run completes it');
    await haul.assertComplete();
    return ending.codes.length === 0
      ? { passed: true }
      : { passed: false, codes: [...new Set(ending.codes)] };
  } finally {
    await haul.close();
  }
}

function assertSaid({ codes, words }: Ending, { says }: Kind, { isPassing }: Trouble): void {
  const said = `${codes.join(', ')}: ${words.join('; ')}`;
  if (isPassing) assert.deepEqual(codes, [], said);
  for (const code of codes) assert.ok(says.includes(code), `${said}: not among ${says.join(', ')}`);
  for (const text of words) assert.match(text, /\w+ \w+/, 'words for a person');
}

/** Numbers that depend on the words alone, so that each run can be made again by itself. */
function drawFrom(words: string): (below: number) => number {
  let draws = 0;
  return (below) => {
    draws += 1;
    return createHash('sha1').update(`${words} ${draws}`).digest().readUInt32BE() % below;
  };
}
