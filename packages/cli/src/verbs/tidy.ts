/** Commands that change what is in Box. Each is a declaration of its own in `tidy/`. */
import type { Command } from 'commander';
import { addRowVerb } from './row-verb.ts';
import type { Start } from './start.ts';
import { comment } from './tidy/comment.ts';
import { copy } from './tidy/copy.ts';
import { invite } from './tidy/invite.ts';
import { lock } from './tidy/lock.ts';
import { mkdir } from './tidy/mkdir.ts';
import { move } from './tidy/move.ts';
import { rm } from './tidy/rm.ts';
import { share } from './tidy/share.ts';
import { unlock } from './tidy/unlock.ts';
import { unshare } from './tidy/unshare.ts';

export function addTidyVerbs(program: Command, start: Start): void {
  program.commandsGroup('Tidy');
  addRowVerb(program, start, copy);
  addRowVerb(program, start, move);
  addRowVerb(program, start, rm);
  addRowVerb(program, start, mkdir);
  addRowVerb(program, start, share);
  addRowVerb(program, start, unshare);
  addRowVerb(program, start, invite);
  addRowVerb(program, start, comment);
  addRowVerb(program, start, lock);
  addRowVerb(program, start, unlock);
}
