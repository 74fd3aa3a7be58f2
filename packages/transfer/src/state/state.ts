/** What Boxhaul remembers between runs, by its nouns. */
import { StateDatabase } from './database.ts';
import { Hashes } from './hashes.ts';
import { Jobs } from './jobs.ts';
import { OpenDownloads } from './open-downloads.ts';
import { OpenUploads } from './open-uploads.ts';

/** One folder's state, open until it is closed. */
export interface TransferState {
  readonly jobs: Jobs;
  readonly hashes: Hashes;
  readonly openUploads: OpenUploads;
  readonly openDownloads: OpenDownloads;
  /** Writes what is still to be written. Harmless when repeated. */
  close(): void;
}

/**
 * Opens the state in a folder, which is made if it is missing. Any number of processes may share it.
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
export function openState(directory: string): TransferState {
  const database = new StateDatabase(directory);
  let isOpen = true;
  return {
    jobs: new Jobs(database),
    hashes: new Hashes(database),
    openUploads: new OpenUploads(database),
    openDownloads: new OpenDownloads(database),
    close() {
      if (isOpen) database.close();
      isOpen = false;
    },
  };
}
