import type { Command } from 'commander';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { grammarOf } from '../completion/grammar.ts';
import { zshCompletion } from '../completion/zsh.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `boxhaul completion <shell>`: prints the script, made from the program that is running. */
export async function runCompletion(
  context: CommandContext,
  shell: keyof typeof scripts,
  program: Command,
): Promise<ExitCode> {
  context.stdout.write(scripts[shell](grammarOf(program)));
  return ExitCode.done;
}
