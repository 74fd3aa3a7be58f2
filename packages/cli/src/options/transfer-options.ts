/** The options of every command that moves files: which take part, and how the work is done. */
import type { UploadMode } from '@boxhaul/transfer';
import { type Command, Option } from 'commander';
import { deletionLimit } from './deletion-limit.ts';
import { addWatchingOptions } from './global-options.ts';
import { users, wholeNumber } from './option-values.ts';
import { addScheduleOptions } from './schedule-options.ts';
import { addSelectionOptions } from './selection-options.ts';

/**
 * @param how `mirrors`: whether it can make its target equal to its source; `forces`: whether it can move what is there
 *   already
 */
export function addTransferOptions(
  command: Command,
  { mirrors, forces = true }: { readonly mirrors: boolean; readonly forces?: boolean },
): void {
  addSelectionOptions(command);
  if (forces) command.option('--force', 'move also what is there with the same contents');
  if (mirrors) addMirrorOptions(command);
  command
    .option('--only-failed', 'only what failed in the last run of the same job')
    .option('-n, --dry-run', 'say what would be done and do nothing')
    .option('--report <file>', 'write a CSV file with a line for each file: out.csv')
    .addOption(
      new Option('--as-users <list>', 'users who share the work, each with limits of their own')
        .argParser(users)
        .conflicts('asUser'),
    )
    .option('--concurrency <n>', 'files and parts moved at the same time (16)', wholeNumber(1, 64));
  addWatchingOptions(command);
  addScheduleOptions(command);
}

function addMirrorOptions(command: Command): void {
  command
    .option(
      '--delete-extra',
      'make the target equal: what the source does not have goes to the trash',
    )
    .option(
      '--max-delete <n>',
      'the most that may go there: files, or a share (by default 25%)',
      deletionLimit,
    );
}

/** What to do with a name that is taken. */
export function modeOption(usual: UploadMode = 'upload'): Option {
  return new Option('--mode <mode>', 'what to do with a file that is there with other contents')
    .choices(['upload', 'overwrite', 'update'])
    .default(usual);
}

/** What the modes of `modeOption` are, for the end of a command's help. */
export const MODES =
  '\nModes: upload leaves a file that differs alone; overwrite puts a new file in its place and the\n' +
  'old one into the trash; update makes a new version and keeps the history.\n';
