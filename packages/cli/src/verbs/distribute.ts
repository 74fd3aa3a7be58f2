/** distribute: what it takes. What it does is in `commands/`. */
import { type Command, Option } from 'commander';
import type { DistributeCommandOptions } from '../commands/distribute.ts';
import { addSealOptions } from '../options/seal-options.ts';
import { addTransferOptions, MODES, modeOption } from '../options/transfer-options.ts';
import { finish, type Start } from './start.ts';

export function addDistribute(program: Command, start: Start): void {
  const distribute = program
    .command('distribute')
    .summary('send files and folders to many folders on Box')
    .description(
      'Send the same files and folders to many folders on Box. They are read once and sent once; Box\n' +
        'copies them to the other folders. `weekly` becomes the folder weekly in each of them, `weekly/`\n' +
        'sends what is in it. What cannot be done in one folder does not hold up the others.',
    )
    .argument('[sources...]', 'files and folders; - reads names from standard input, a line each')
    .option('-u, --to <folder...>', 'folders on Box: addresses, ids, paths, or globs of paths')
    .option('-p, --parents', 'make folders of these paths that are not there')
    .option('--to-file <list>', 'a CSV or JSONL file of folders; - is standard input')
    .addOption(
      new Option('--template [format]', 'print what such a file looks like: csv, jsonl').choices([
        'csv',
        'jsonl',
      ]),
    )
    .addOption(modeOption())
    .addOption(
      new Option('--via <way>', 'how files get to all but the first of the folders')
        .choices(['auto', 'copy', 'upload'])
        .default('auto'),
    );
  addSealOptions(distribute);
  addTransferOptions(distribute, { mirrors: false });
  finish(
    distribute,
    [
      "boxhaul distribute ./weekly --to '/Customers/*' --mode update --local",
      'boxhaul distribute prices.pdf --to 123 https://acme.box.com/folder/456 --dry-run',
      'boxhaul distribute ./weekly/ --to-file customers.csv --report delivered.csv',
      "boxhaul distribute ./weekly --to '/Vaults/*' --mode update --compress zstd --recipients-file team.txt",
    ],
    `${MODES}\nWays: copy sends each file once, and Box copies it to the other folders; upload sends it to each;\n` +
      'auto is copy, and sends it to those that Box does not copy it to. What is to be a new version\n' +
      'is sent in any case: a copy cannot become one.\n',
  ).action((sources: string[], options: DistributeCommandOptions) =>
    start(distribute, async (context) => {
      const { runDistribute } = await import('../commands/distribute.ts');
      return runDistribute(context, sources, options);
    }),
  );
}
