import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { writeContents } from '../looking/contents.ts';

/** `boxhaul cat <files…>`. */
export async function runCat(context: CommandContext, words: readonly string[]): Promise<ExitCode> {
  return await writeContents(context, words);
}
