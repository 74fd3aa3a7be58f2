/** Finds out what the contents of those files here are that may be the same as some on the other side. */

import { sha1OfSource } from '../hash.ts';
import type { JobContext } from '../job.ts';
import { runAll } from '../local-runner.ts';
import { openSource } from '../origins/source.ts';
import { identityOf } from '../tree/identity.ts';
import type { Seen, Survey } from './survey.ts';

/**
 * Gives the files of this machine, which are on that `side`, their SHA-1: only where one on the other side has the
 * same size. What cannot be read stays unknown: nothing is moved for it.
 */
export async function learnContents(
  side: 'extra' | 'fresh',
  survey: Survey,
  context: JobContext,
): Promise<void> {
  if (survey.extraFiles === 0) return;
  await each(survey.unmeasured(), context, async ({ row, seen }) => {
    // One that is gone meanwhile takes no room.
    const identity = await identityOf(seen.diskPath ?? '').catch(() => undefined);
    survey.measured(row, identity?.bytes ?? 0);
  });
  await each(survey.unhashed(side), context, async ({ row, seen }) => {
    // One that cannot be read stays unknown.
    const known = await hashed(seen, context).catch(() => undefined);
    if (known) survey.hashed(side, row, known);
  });
}

/** Several at once, each as soon as the one before is taken. */
async function each<Row>(
  rows: Iterator<Row>,
  { concurrency, ending }: JobContext,
  work: (row: Row) => Promise<void>,
): Promise<void> {
  const take = async () => {
    const { value, done } = rows.next();
    return done ? undefined : (value as Row);
  };
  await runAll(take, work, { concurrency, ending, onError: () => undefined });
}

async function hashed(seen: Seen, { signal, memory }: JobContext): Promise<Seen> {
  const source = await openSource(seen.diskPath ?? '', { known: memory?.state.hashes });
  try {
    const sha1 = await sha1OfSource(source, signal, memory?.state.hashes);
    const { sizeBytes: bytes, fingerprint } = source;
    return { ...seen, bytes, sha1, fingerprint };
  } finally {
    await source.close();
  }
}
