/** What Boxhaul remembers between runs, by its nouns. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Budgets } from './budgets.ts';
import { CarriedItems } from './carried.ts';
import { StateDatabase } from './database.ts';
import { EventPositions } from './event-positions.ts';
import { Hashes } from './hashes.ts';
import { JobRows } from './job-rows.ts';
import { Jobs } from './jobs.ts';
import { Ledger } from './ledger.ts';
import { OpenDownloads } from './open-downloads.ts';
import { OpenUploads } from './open-uploads.ts';
import { Seals } from './seals.ts';
import { StagedFiles } from './staged-files.ts';

/** One folder's state, open until it is closed. */
export interface TransferState {
  readonly directory: string;
  /** Whether what is in it outlives the process, as far as is known now. */
  readonly isLasting: boolean;
  readonly jobs: Jobs;
  readonly jobRows: JobRows;
  readonly hashes: Hashes;
  readonly carried: CarriedItems;
  readonly openUploads: OpenUploads;
  readonly openDownloads: OpenDownloads;
  readonly seals: Seals;
  readonly stagedFiles: StagedFiles;
  readonly budgets: Budgets;
  readonly ledger: Ledger;
  readonly eventPositions: EventPositions;
  /** Writes what is still to be written. A process that ends then, by `process.exit`, loses nothing. */
  flush(): void;
  /** The same, and lets go of everything. Harmless when repeated. */
  close(): void;
}

/**
 * Opens the state in a folder, which is made if it is missing. Any number of processes may share it. Without a
 * folder nothing outlives the process, and so it is from the moment on when the folder fails (a full disk, a spoilt file).
 * @param onTrouble is told of that, once
 * @throws {InputError} it cannot be opened, or is of a newer Boxhaul
 * @example
 * ```ts
 * import { openState, upload } from '@boxhaul/transfer';
 *
 * const state = openState('.boxhaul-state');
 * const command = { argv: ['backup'], cwd: '.' };
 * const remember = { state, account: 'ann', title: 'report.txt → /Reports', command };
 * await upload({ client, sources: ['report.txt'], folderId, mode: 'update', remember });
 * for (const job of state.jobs.list()) console.log(job.id, job.title);
 * state.close();
 * ```
 */
export function openState(directory?: string, onTrouble?: (error: Error) => void): TransferState {
  const temporary = directory === undefined && mkdtempSync(join(tmpdir(), 'boxhaul-state-'));
  const database = new StateDatabase(directory ?? (temporary || ''), onTrouble);
  const jobRows = new JobRows(database);
  let isOpen = true;
  return {
    directory: database.directory,
    get isLasting() {
      return directory !== undefined && database.isLasting;
    },
    jobs: new Jobs(database, jobRows),
    jobRows,
    hashes: new Hashes(database),
    carried: new CarriedItems(database),
    openUploads: new OpenUploads(database),
    openDownloads: new OpenDownloads(database),
    seals: new Seals(database),
    stagedFiles: new StagedFiles(database),
    budgets: new Budgets(database),
    ledger: new Ledger(database),
    eventPositions: new EventPositions(database),
    flush: () => database.flush(),
    close() {
      if (isOpen) database.close();
      isOpen = false;
      if (temporary) rmSync(temporary, { recursive: true, force: true });
    },
  };
}
