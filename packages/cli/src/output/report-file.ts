/** `--report out.csv`: what became of each file or row, a line each. */
import { createWriteStream } from 'node:fs';
import { access, constants, rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { finished } from 'node:stream/promises';
import { type Stringifier, stringify } from 'csv-stringify';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { assertOrdinary } from '../files/new-file.ts';

export interface ReportFile {
  /** Adds a line: a value for each column. */
  add(values: readonly unknown[]): void;
  /** Puts it under its name. */
  close(): Promise<void>;
}

/**
 * Begins a report. It has its name when it is closed; until then, and after a kill, it is `<file>.partial`.
 * @throws CliError it cannot be written there
 */
export async function openReportFile(
  path: string,
  cwd: string,
  columns: readonly string[],
): Promise<ReportFile> {
  const target = resolve(cwd, path);
  await access(dirname(target), constants.W_OK).catch((cause: unknown) => {
    throw new CliError(`the report ${path} cannot be written`, {
      details: [cause instanceof Error ? cause.message : String(cause)],
      ways: ['give a file in a folder that is there and can be written to'],
      cause,
    });
  });
  await assertOrdinary(target);
  const partial = `${target}.partial`;
  const lines: Stringifier = stringify();
  const file = createWriteStream(partial, { flush: true });
  let isLost = false;
  const written = finished(lines.pipe(file));
  // Whoever closes it hears of it.
  written.catch(() => {
    isLost = true;
  });
  lines.write(columns);
  return {
    add(values) {
      // Nobody takes them any more: they would only pile up.
      if (!isLost) lines.write(values);
    },
    async close() {
      lines.end();
      try {
        await written;
        await rename(partial, target);
      } catch (cause) {
        throw notWritten(path, cause);
      }
    },
  };
}

function notWritten(path: string, cause: unknown): CliError {
  return new CliError(`the report ${path} could not be written to its end`, {
    details: [
      cause instanceof Error ? cause.message : String(cause),
      `what there is of it is in ${path}.partial; all else was done as it was told`,
    ],
    exitCode: ExitCode.failed,
    cause,
  });
}
