/**
 * Jobs: what was begun, how far each has come, and what failed in it. A job is its kind, its ends and its mode;
 * running the same again goes on with the same job.
 */
import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { BoxhaulError } from '@boxhaul/client';
import type { JobKind, TransferReport, TransferResult } from '../transfer.ts';
import type { StateDatabase } from './database.ts';
import type { JobRows } from './job-rows.ts';
import { type JobDescription, JobRun } from './job-run.ts';
import { type ProcessLock, tryLock } from './process-lock.ts';

const TABLES = `
  CREATE TABLE IF NOT EXISTS jobs (
    id TEXT PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    title TEXT NOT NULL,
    direction TEXT NOT NULL,
    command TEXT NOT NULL,
    run INTEGER NOT NULL,
    process TEXT NOT NULL,
    started_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL,
    ended TEXT,
    files INTEGER NOT NULL DEFAULT 0,
    bytes INTEGER NOT NULL DEFAULT 0,
    is_final INTEGER NOT NULL DEFAULT 0,
    transferred INTEGER NOT NULL DEFAULT 0,
    skipped INTEGER NOT NULL DEFAULT 0,
    failed INTEGER NOT NULL DEFAULT 0
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS job_failures (
    job TEXT NOT NULL,
    path TEXT NOT NULL,
    kind TEXT NOT NULL,
    code TEXT NOT NULL,
    words TEXT NOT NULL,
    run INTEGER NOT NULL,
    PRIMARY KEY (job, path)
  ) WITHOUT ROWID`;

/** A job as it stands: while it runs, and between its runs. */
export interface JobSummary {
  /** Four or more letters and digits. */
  id: string;
  direction: JobKind;
  title: string;
  command: { argv: readonly string[]; cwd: string };
  /** `died`: it neither runs nor said how it ended, as after a kill or a loss of power. */
  state: 'running' | 'died' | TransferReport['ended'];
  startedAt: Date;
  updatedAt: Date;
  /** Of the last run. `left` is what was found and has not ended; more may be found while not `isFinal`. */
  files: number;
  bytes: number;
  isFinal: boolean;
  transferred: number;
  skipped: number;
  failed: number;
  left: number;
}

/** What failed when a job last came to it. */
export interface JobFailure {
  path: string;
  kind: TransferResult['kind'];
  code: string;
  words: string;
}

interface JobRow {
  id: string;
  title: string;
  direction: JobKind;
  command: string;
  run: number;
  process: string;
  started_ms: number;
  updated_ms: number;
  ended: TransferReport['ended'] | null;
  files: number;
  bytes: number;
  is_final: number;
  transferred: number;
  skipped: number;
  failed: number;
}

export class Jobs {
  readonly #database: StateDatabase;
  readonly #rows: JobRows;
  readonly #locks: string;

  constructor(database: StateDatabase, rows: JobRows) {
    database.create(TABLES);
    this.#database = database;
    this.#rows = rows;
    this.#locks = join(database.directory, 'jobs');
  }

  /**
   * Begins a run of a job; whoever begins it ends it.
   * @throws {BoxhaulError} `job_running`, if another process runs it
   */
  begin(description: JobDescription): JobRun {
    const id = this.idOf(description.key) ?? this.#newId(description.key);
    const lock = this.#lock(id);
    if (!lock) throw this.#running(id);
    try {
      return new JobRun(this.#database, id, description, lock);
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  /** The id of the job with this key, if it ever began. */
  idOf(key: string): string | undefined {
    return this.#database.prepare<{ id: string }>('SELECT id FROM jobs WHERE key = ?').get(key)?.id;
  }

  /** All jobs, the latest first. */
  list(): JobSummary[] {
    return this.#database
      .prepare<JobRow>('SELECT * FROM jobs ORDER BY updated_ms DESC')
      .all()
      .map((row) => this.#summaryOf(row));
  }

  /** The job with this id. */
  find(id: string): JobSummary | undefined {
    const row = this.#database.prepare<JobRow>('SELECT * FROM jobs WHERE id = ?').get(id);
    return row && this.#summaryOf(row);
  }

  failures(id: string): JobFailure[] {
    return this.#database
      .prepare<JobFailure>(
        'SELECT path, kind, code, words FROM job_failures WHERE job = ? ORDER BY path',
      )
      .all(id);
  }

  /** Forgets a job. @throws {BoxhaulError} `job_running` */
  forget(id: string): void {
    const lock = this.#lock(id);
    if (!lock) throw this.#running(id);
    this.#database.transaction(() => {
      this.#rows.forget(id);
      this.#database.prepare('DELETE FROM job_failures WHERE job = ?').run(id);
      this.#database.prepare('DELETE FROM jobs WHERE id = ?').run(id);
    });
    lock.release();
  }

  /**
   * Undefined if another process has it. Where none can be had (a full disk, a folder that takes nothing) the work goes
   * on without one, as it does without the database.
   */
  #lock(id: string): ProcessLock | undefined {
    try {
      mkdirSync(this.#locks, { recursive: true, mode: 0o700 });
      return tryLock(join(this.#locks, `${id}.lock`));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.#database.failed(error);
      return { release() {} };
    }
  }

  /** Short enough to be typed; longer only where a shorter one is taken. */
  #newId(key: string): string {
    const letters = createHash('sha256').update(key).digest('hex');
    const id = BigInt(`0x${letters}`).toString(36);
    const taken = this.#database.prepare<{ id: string }>('SELECT id FROM jobs WHERE id = ?');
    let length = 4;
    while (taken.get(id.slice(0, length))) length += 1;
    return id.slice(0, length);
  }

  #running(id: string): BoxhaulError {
    const by = this.find(id);
    const words = by === undefined ? '' : `, since ${by.startedAt.toISOString()}`;
    const { process = '' } =
      this.#database.prepare<JobRow>('SELECT process FROM jobs WHERE id = ?').get(id) ?? {};
    return new BoxhaulError(`job ${id} is running already (${process}${words})`, {
      code: 'job_running',
      recovery: 'stop',
    });
  }

  #summaryOf(row: JobRow): JobSummary {
    const { id, direction, title, files, bytes, transferred, skipped, failed } = row;
    return {
      id,
      direction,
      title,
      command: JSON.parse(row.command),
      state: row.ended ?? this.#stateOf(id),
      startedAt: new Date(row.started_ms),
      updatedAt: new Date(row.updated_ms),
      files,
      bytes,
      isFinal: row.is_final === 1,
      transferred,
      skipped,
      failed,
      left: Math.max(0, files - transferred - skipped - failed),
    };
  }

  #stateOf(id: string): 'running' | 'died' {
    const lock = this.#lock(id);
    lock?.release();
    return lock ? 'died' : 'running';
  }
}
