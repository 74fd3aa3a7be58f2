import type { TransferEvent } from '@boxhaul/transfer';
import { openReportFile } from './report-file.ts';

/** Takes what a transfer tells, and keeps of it what a report has. */
export interface TransferReportFile {
  event(event: TransferEvent): void;
  /** Puts it under its name. */
  close(): Promise<void>;
}

const COLUMNS = [
  ...['kind', 'state', 'action', 'via', 'target', 'path'],
  ...['id', 'sha1', 'bytes', 'ms', 'reason', 'message', 'unproven'],
];

/**
 * Begins the report of a transfer: a line for each file, and for each folder that could not be worked on.
 * @throws CliError it cannot be written there
 */
export async function openTransferReport(path: string, cwd: string): Promise<TransferReportFile> {
  const report = await openReportFile(path, cwd, COLUMNS);
  return {
    event(event) {
      if (event.type !== 'file') return;
      const { kind, state, action, via, target, path } = event.result;
      const { id, sha1, bytes, ms, reason, mayBeCut } = event.result;
      report.add([
        ...[kind, state, action, via, target, path],
        ...[id, sha1, bytes, ms, reason?.code, reason?.words, mayBeCut && 'yes'],
      ]);
    },
    close: () => report.close(),
  };
}
