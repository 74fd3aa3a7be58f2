/** upload, download, ls: what they take. What they do is in `commands/`. */
import { type Command, Option } from 'commander';
import type { DownloadCommandOptions } from '../commands/download.ts';
import type { LsCommandOptions } from '../commands/ls.ts';
import type { UploadCommandOptions } from '../commands/upload.ts';
import { addOpenOptions, addSealOptions } from '../options/seal-options.ts';
import { addSelectionOptions } from '../options/selection-options.ts';
import { addTransferOptions, MODES, modeOption } from '../options/transfer-options.ts';
import { addSearch } from './search.ts';
import { finish, type Start } from './start.ts';

/** The two with the most options of all, which no other command waits for. */
export function addUploadAndDownload(program: Command, start: Start): void {
  program.commandsGroup('Everyday');
  addUpload(program, start);
  addDownload(program, start);
}

export function addLsAndSearch(program: Command, start: Start): void {
  program.commandsGroup('Everyday');
  addLs(program, start);
  addSearch(program, start);
}

function addUpload(program: Command, start: Start): void {
  const upload = program
    .command('upload')
    .summary('send files and folders to Box')
    .description(
      'Send files and folders to Box. `photos` becomes the folder photos in the target, as with\n' +
        '`cp -r`; `photos/` sends what is in it. What is there already is not sent again.',
    )
    .argument('[paths...]', 'files and folders; - reads names from standard input, a line each')
    .option(
      '-u, --to <folder>',
      'the folder on Box: its address, its id, or a path such as /Team/In',
    )
    .addOption(new Option('--url <folder>', 'the same as --to').hideHelp())
    .option('-d, --dir <dir>', 'send the contents of this folder, the same as `dir/`')
    .addOption(modeOption())
    .option('-p, --parents', 'make all missing folders of the path (the last one is made anyway)');
  addSealOptions(upload);
  addTransferOptions(upload, { mirrors: true });
  finish(
    upload,
    [
      'boxhaul upload ./weekly --to /Backups --mode update --local',
      'boxhaul upload report.pdf --to https://acme.box.com/folder/123',
      'boxhaul upload ./weekly --to /Backups --mode update --compress zstd --recipients-file team.txt',
      'boxhaul upload -c config.json -u https://acme.box.com/folder/123 -d ./dir --mode update',
    ],
    MODES,
  ).action((paths: string[], options: UploadCommandOptions) =>
    start(upload, async (context) => {
      const { runUpload } = await import('../commands/upload.ts');
      return runUpload(context, paths, options);
    }),
  );
}

function addDownload(program: Command, start: Start): void {
  const download = program
    .command('download')
    .summary('bring files and folders from Box')
    .description(
      'Bring the contents of a folder on Box, or one file, into a folder here. Each file gets its\n' +
        'name once its SHA-1 is proven. What is here already is not fetched again; a file here with\n' +
        'other contents is replaced by the one on Box.',
    )
    .argument('[source]', 'what to bring: its address, its id, or a path such as /Team/Reports')
    .argument('[dir]', "where to put it (by default a folder of the source's name here)")
    .option('-u, --url <source>', 'the same as the first argument')
    .option('-d, --dir <dir>', 'the same as the second argument')
    .addOption(
      new Option('--zip <when>', 'many small files as one archive: two calls, not one for each')
        .choices(['auto', 'always', 'never'])
        .default('auto'),
    );
  addOpenOptions(download);
  addTransferOptions(download, { mirrors: true });
  finish(download, [
    'boxhaul download https://acme.box.com/folder/123 ./in --ext .zip,.isx',
    'boxhaul download /Team/Reports --include "2026/**" --exclude "*.tmp" --max-age 30d',
    'boxhaul download /Contracts --where "size > 1MB and ext in (pdf, docx)"',
    'boxhaul download /Backups ./restored --local',
    'boxhaul download /Backups ./restored --identity-file key.txt',
  ]).action(
    (source: string | undefined, dir: string | undefined, options: DownloadCommandOptions) =>
      start(download, async (context) => {
        const { runDownload } = await import('../commands/download.ts');
        return runDownload(context, { source, dir }, options);
      }),
  );
}

function addLs(program: Command, start: Start): void {
  const ls = program
    .command('ls')
    .summary('list a folder on Box')
    .description('List folders and files on Box: size, time of the last change, id and name.')
    .argument('[places...]', 'addresses, ids, paths, or globs (by default the root)')
    .option('-R, --recursive', 'the folders below as well');
  addSelectionOptions(ls, { ignoring: false });
  finish(ls, [
    'boxhaul ls --local',
    'boxhaul ls /Team/Reports',
    "boxhaul ls '/Team/20??/*.pdf'",
    "boxhaul ls /Team -R --where 'size > 1GB'",
    'boxhaul ls https://acme.box.com/folder/123 --json',
  ]).action((places: string[], options: LsCommandOptions) =>
    start(ls, async (context) => {
      const { runLs } = await import('../commands/ls.ts');
      return runLs(context, places, options);
    }),
  );
}
