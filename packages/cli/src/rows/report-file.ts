/** `--report out.csv`: a line for each row and what became of it. */
import { createWriteStream } from 'node:fs';
import { access, constants, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import type { TransferResult } from '@boxhaul/transfer';
import { type Stringifier, stringify } from 'csv-stringify';
import { CliError } from '../cli-error.ts';

export interface RowsReport {
  add(result: TransferResult, state: string, line: number | undefined): void;
  /** Puts it under its name. */
  close(): Promise<void>;
}

/**
 * Begins a report. It has its name when it is closed; until then, and after a kill, it is `<file>.partial`.
 * @param makes what rows of this verb give, a column each
 * @throws CliError it cannot be written there
 */
export async function openReport(
  path: string,
  cwd: string,
  makes: readonly string[],
): Promise<RowsReport> {
  const target = resolve(cwd, path);
  await access(dirname(target), constants.W_OK).catch((cause: unknown) => {
    throw new CliError(`the report ${path} cannot be written`, {
      details: [cause instanceof Error ? cause.message : String(cause)],
      ways: ['give a file in a folder that is there and can be written to'],
      cause,
    });
  });
  const partial = `${target}.partial`;
  const lines: Stringifier = stringify();
  const file = createWriteStream(partial, { flush: true });
  const written = finished(lines.pipe(file));
  // Whoever closes it hears of it.
  written.catch(() => undefined);
  lines.write(['line', 'state', 'item', 'words', 'id', ...makes, 'reason', 'message']);
  return {
    add({ path: item, id, row, reason }, state, line) {
      const made = makes.map((name) => row?.made?.[name] ?? '');
      const { code = '', words = '' } = reason ?? {};
      lines.write([
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
    async close() {
      lines.end();
      await written;
      await rename(partial, target);
    },
  };
}
