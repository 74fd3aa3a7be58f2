/** verify: what it takes. What it does is in `commands/`. */
import type { Command } from 'commander';
import type { VerifyCommandOptions } from '../commands/verify.ts';
import { addSealOptions } from '../options/seal-options.ts';
import { addSourceOptions, SECRETS } from '../options/source-options.ts';
import { addTransferOptions, modeOption } from '../options/transfer-options.ts';
import { finish, type Start } from './start.ts';

export function addVerify(program: Command, start: Start): void {
  const verify = program
    .command('verify')
    .summary('prove that a folder on Box has what it ought to have')
    .description(
      'Compare what ought to be in a folder on Box with what is there: every file by its size and\n' +
        'SHA-1, every name both ways. Nothing is downloaded. `weekly` is compared with the folder weekly\n' +
        'in it, `weekly/` with the folder itself. The exit code is 1 if anything differs.',
    )
    .argument(
      '<source>',
      'files or a folder here, a manifest (.csv or .jsonl with path, size and sha1), or an address',
    )
    .argument('<folder>', 'the folder on Box: its address, its id, or a path such as /Team/In')
    .option('--fix', 'send what is missing or different')
    .addOption(modeOption('update'));
  addSourceOptions(verify);
  addSealOptions(verify);
  addTransferOptions(verify, { mirrors: false, forces: false });
  finish(
    verify,
    [
      'boxhaul verify ./weekly /Backups',
      'boxhaul verify ./weekly/ /Backups/weekly --fix --local',
      'boxhaul verify manifest.csv https://acme.box.com/folder/123 --report differences.csv',
      'boxhaul verify sftp://ann@files.example.com/exports/ /Exports --json',
    ],
    `\n--fix takes --mode for what is different: update makes a new version, overwrite a new file.\n` +
      `What is only on Box, or called otherwise there, is left as it is.\n${SECRETS}`,
  ).action((source: string, folder: string, options: VerifyCommandOptions) =>
    start(verify, async (context) => {
      const { runVerify } = await import('../commands/verify.ts');
      return runVerify(context, { source, folder }, options);
    }),
  );
}
