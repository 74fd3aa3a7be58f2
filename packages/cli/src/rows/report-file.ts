/** `--report out.csv`: a line for each row and what became of it. */
import type { TransferResult } from '@boxhaul/transfer';
import { openReportFile } from '../output/report-file.ts';

export interface RowsReport {
  add(result: TransferResult, state: string, line: number | undefined): void;
  /** Puts it under its name. */
  close(): Promise<void>;
}

/**
 * Begins a report, which has its name when it is closed.
 * @param makes what rows of this verb give, a column each
 * @throws CliError it cannot be written there
 */
export async function openReport(
  path: string,
  cwd: string,
  makes: readonly string[],
): Promise<RowsReport> {
  const columns = ['line', 'state', 'item', 'words', 'id', ...makes, 'reason', 'message'];
  const report = await openReportFile(path, cwd, columns);
  return {
    add({ path: item, id, row, reason }, state, line) {
      const made = makes.map((name) => row?.made?.[name] ?? '');
      const { code = '', words = '' } = reason ?? {};
      report.add([
        line ?? row?.number,
        state,
        item,
        row?.words ?? '',
        id ?? '',
        ...made,
        code,
        words,
      ]);
    },
    close: () => report.close(),
  };
}
