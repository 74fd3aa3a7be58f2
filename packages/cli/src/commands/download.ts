import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import type { SelectionOptions } from '../selection.ts';

export interface DownloadCommandOptions extends SelectionOptions {
  /** What to bring, as typed; the same as the first argument. */
  readonly url?: string;
  /** Where to put it; the same as the second argument. */
  readonly dir?: string;
}

export async function runDownload(
  _context: CommandContext,
  _given: { readonly source: string | undefined; readonly dir: string | undefined },
  _options: DownloadCommandOptions,
): Promise<ExitCode> {
  throw new Error('being written');
}
