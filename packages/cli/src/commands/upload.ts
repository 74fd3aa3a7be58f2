import type { UploadMode } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { SelectionOptions } from '../selection.ts';

export interface UploadCommandOptions extends SelectionOptions {
  /** The folder on Box, as typed. */
  readonly to?: string;
  /** The same, by its other name. */
  readonly url?: string;
  /** A folder here whose contents are sent. */
  readonly dir?: string;
  readonly mode: UploadMode;
  readonly parents?: boolean;
}

export async function runUpload(
  _context: CommandContext,
  _paths: readonly string[],
  _options: UploadCommandOptions,
): Promise<ExitCode> {
  throw new Error('being written');
}
