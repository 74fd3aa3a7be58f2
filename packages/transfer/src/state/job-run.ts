/** One run of a job, written down as it goes. */
import { hostname } from 'node:os';
import type { JobKind, TransferReport, TransferResult } from '../transfer.ts';
import type { StateDatabase, Statement } from './database.ts';
import type { ProcessLock } from './process-lock.ts';

/** What a job is known by, and how to run it again. */
export interface JobDescription {
  direction: JobKind;
  /** All that makes it this job and no other: both ends and the mode, in any fixed form. */
  key: string;
  /** For people: `weekly → /Backups (update)`. */
  title: string;
  /** The words that run it again, and the folder in which; no secrets. */
  command: { argv: readonly string[]; cwd: string };
}

/** Which process, in words for whoever waits for it. */
const WHO = `process ${process.pid} on ${hostname()}`;

export class JobRun {
  readonly id: string;
  readonly #database: StateDatabase;
  readonly #lock: ProcessLock;
  readonly #run: number;
  readonly #update: Statement<never>;
  readonly #fail: Statement<never>;
  readonly #mend: Statement<never>;
  #counts = { files: 0, bytes: 0, isFinal: false, transferred: 0, skipped: 0, failed: 0 };
  #isUpdateDue = false;
  #isOver = false;
  readonly #hadFailures: boolean;

  constructor(
    database: StateDatabase,
    id: string,
    { key, title, direction, command }: JobDescription,
    lock: ProcessLock,
  ) {
    this.id = id;
    this.#database = database;
    this.#lock = lock;
    const now = Date.now();
    const { run = 1 } =
      database
        .prepare<{ run: number }>(
          `INSERT INTO jobs (id, key, title, direction, command, run, process, started_ms, updated_ms)
           VALUES (?, ?, ?, ?, ?, 1, ?, ?, ?)
           ON CONFLICT (id) DO UPDATE SET title = excluded.title, command = excluded.command, run = run + 1,
             process = excluded.process, started_ms = excluded.started_ms, updated_ms = excluded.updated_ms,
             ended = NULL, files = 0, bytes = 0, is_final = 0, transferred = 0, skipped = 0, failed = 0
           RETURNING run`,
        )
        .get(id, key, title, direction, JSON.stringify(command), WHO, now, now) ?? {};
    this.#run = run;
    this.#hadFailures =
      database.prepare('SELECT 1 FROM job_failures WHERE job = ? LIMIT 1').get(id) !== undefined;
    this.#update = database.prepare(
      `UPDATE jobs SET updated_ms = ?, files = ?, bytes = ?, is_final = ?, transferred = ?, skipped = ?,
         failed = ?, ended = ? WHERE id = ?`,
    );
    this.#fail = database.prepare(
      `INSERT INTO job_failures VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET
         kind = excluded.kind, code = excluded.code, words = excluded.words, run = excluded.run`,
    );
    this.#mend = database.prepare('DELETE FROM job_failures WHERE job = ? AND path = ?');
  }

  planned(files: number, bytes: number, isFinal: boolean): void {
    Object.assign(this.#counts, { files, bytes, isFinal });
    this.#updateSoon();
  }

  settled({ kind, path, state, reason }: TransferResult): void {
    this.#counts[state] += 1;
    if (state === 'failed') {
      const { code = 'unexpected', words = '' } = reason ?? {};
      this.#database.later(() => this.#fail.run(this.id, path, kind, code, words, this.#run));
    } else if (this.#hadFailures) {
      this.#database.later(() => this.#mend.run(this.id, path));
    }
    this.#updateSoon();
  }

  /**
   * The run is over, and another may begin. Called again it does nothing.
   * @param sawAll it went through all of the job: what failed before and was not met again is no more
   */
  end(ended: TransferReport['ended'], sawAll: boolean): void {
    if (this.#isOver) return;
    this.#isOver = true;
    try {
      this.#database.flush();
      this.#write(ended);
      if (sawAll) {
        this.#database
          .prepare('DELETE FROM job_failures WHERE job = ? AND run < ?')
          .run(this.id, this.#run);
      }
    } finally {
      this.#lock.release();
    }
  }

  #updateSoon(): void {
    if (this.#isUpdateDue) return;
    this.#isUpdateDue = true;
    this.#database.later(() => {
      this.#isUpdateDue = false;
      if (!this.#isOver) this.#write(null);
    });
  }

  #write(ended: TransferReport['ended'] | null): void {
    const { files, bytes, isFinal, transferred, skipped, failed } = this.#counts;
    this.#update.run(
      Date.now(),
      files,
      bytes,
      isFinal ? 1 : 0,
      transferred,
      skipped,
      failed,
      ended,
      this.id,
    );
  }
}
