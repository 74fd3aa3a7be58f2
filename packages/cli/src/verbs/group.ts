import type { Command } from 'commander';
import { examples } from './start.ts';

/** A verb whose second word says what is done: `boxhaul trash list`. */
export function addGroup(
  parent: Command,
  name: string,
  {
    summary,
    description = summary,
    lines,
  }: { readonly summary: string; readonly description?: string; readonly lines: readonly string[] },
): Command {
  return parent
    .command(name)
    .summary(summary)
    .description(description)
    .usage('<command> [options]')
    .helpCommand(false)
    .helpOption('-h, --help', 'show this help')
    .addHelpText('after', examples(...lines));
}
