/** Commands that change what is in Box. Each is a declaration of its own in `tidy/`. */
import type { Command } from 'commander';
import { addRowVerb } from './row-verb.ts';
import type { Start } from './start.ts';
import { comment } from './tidy/comment.ts';
import { mkdir } from './tidy/mkdir.ts';
import { move } from './tidy/move.ts';
import { rm } from './tidy/rm.ts';

export function addTidyVerbs(program: Command, start: Start): void {
  program.commandsGroup('Tidy');
  addRowVerb(program, start, move);
  addRowVerb(program, start, rm);
  addRowVerb(program, start, mkdir);
  addRowVerb(program, start, comment);
}
