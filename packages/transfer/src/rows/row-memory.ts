/** What one run knows and writes down of the rows of its job. */
import type { JobContext } from '../job.ts';
import type { BegunRow, JobRows } from '../state/job-rows.ts';

export interface RowMemory {
  find(row: number): BegunRow | undefined;
  begin(row: number, subject: BegunRow['subject']): void;
  done(row: number, madeId: string | undefined): void;
  /** False when another row has made it. */
  take(row: number, madeId: string): boolean;
  /**
   * Where an earlier run left rows that were begun: works on those with one subject one after the other, so that none
   * takes for its own what another is just making. Everything else is not held up.
   */
  inTurn<T>(subject: BegunRow['subject'] | undefined, work: () => Promise<T>): Promise<T>;
}

/** The memory of a run, unless it has none; in a dry run nothing is written. */
export function rowMemoryOf(
  { memory, dryRun }: Pick<JobContext, 'memory' | 'dryRun'>,
  { again = false, only }: { readonly again?: boolean; readonly only?: 'failed' },
): RowMemory | undefined {
  if (memory?.job === undefined) return undefined;
  const { state, job } = memory;
  if (dryRun) return again ? undefined : readOnly(state.jobRows, job);
  // What failed is not done: there is nothing to be forgotten of it, and the other rows are not done again.
  if (again && only !== 'failed') state.jobRows.forget(job);
  return remembering(state.jobRows, job);
}

function remembering(rows: JobRows, job: string): RowMemory {
  const lastOf = new Map<string, Promise<unknown>>();
  const isRecovering = rows.hasBegun(job);
  return {
    find: (row) => rows.find(job, row),
    begin: (row, subject) => rows.begin(job, row, subject),
    done: (row, madeId) => rows.done(job, row, madeId),
    take(row, madeId) {
      if (rows.hasMade(job, madeId)) return false;
      rows.done(job, row, madeId);
      return true;
    },
    async inTurn(subject, work) {
      if (!isRecovering || subject === undefined) return await work();
      const key = JSON.stringify(subject);
      const turn = (lastOf.get(key) ?? Promise.resolve()).then(work, work);
      lastOf.set(key, turn);
      try {
        return await turn;
      } finally {
        if (lastOf.get(key) === turn) lastOf.delete(key);
      }
    },
  };
}

function readOnly(rows: JobRows, job: string): RowMemory {
  return {
    find: (row) => rows.find(job, row),
    begin: () => undefined,
    done: () => undefined,
    take: (_row, madeId) => !rows.hasMade(job, madeId),
    inTurn: (_subject, work) => work(),
  };
}
