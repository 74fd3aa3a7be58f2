/** migrate: what it takes. What it does is in `commands/`. */
import type { DetailKind } from '@boxhaul/migrate';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { MigrateCommandOptions } from '../commands/migrate.ts';
import { addSealOptions } from '../options/seal-options.ts';
import { addSourceOptions, SECRETS } from '../options/source-options.ts';
import { addTransferOptions, MODES, modeOption } from '../options/transfer-options.ts';
import { finish, type Start } from './start.ts';

/** All `DETAIL_KINDS` of the library, which is not loaded for a help: only its types say that these are they. */
const DETAILS = Object.keys({
  versions: true,
  descriptions: true,
  tags: true,
  metadata: true,
  'shared-links': true,
  collaborations: true,
  comments: true,
  tasks: true,
  'folder-settings': true,
  'folder-locks': true,
  watermarks: true,
} satisfies Record<DetailKind, true>) as DetailKind[];

export function addMigrate(program: Command, start: Start): void {
  const migrate = program
    .command('migrate')
    .summary('bring files from elsewhere into Box')
    .description(
      'Bring files from where they are now into Box, with their times: from another Box account with all\n' +
        'that comes along, from SFTP, S3 or WebDAV, from a list with a line for each file, or from a folder\n' +
        'here. A folder arrives under its own name, and with a slash at its end what is in it. What is there\n' +
        'already is not sent again. At the end the target is listed and held against what was sent, and a\n' +
        'manifest is written.',
    )
    .argument(
      '[source]',
      'box://profile/path, sftp://user@host/path, s3://bucket/prefix, davs://host/path, list.csv, list.jsonl, or a path',
    )
    .option('-u, --to <folder>', 'the folder on Box: its address, its id, or a path such as /In')
    .addOption(modeOption())
    .option('-p, --parents', 'make all missing folders of the path (the last one is made anyway)')
    .optionsGroup('What comes along:')
    .option('--users <file>', 'who is whom: a CSV file with the columns old and new (logins)')
    .option('--users-template', 'print such a file')
    .addOption(
      new Option('--without <list>', `left behind on purpose: ${DETAILS.join(', ')}`).argParser(
        details,
      ),
    )
    .option('--recheck', 'look at all details again, also where nothing shows that they changed')
    .optionsGroup('Proof:')
    .option(
      '--manifest <file>',
      'where it goes: .csv or .jsonl (by default boxhaul-<job>-<time>.csv)',
    )
    .option('--gaps <file>', 'where what could not come along is listed')
    .option('--strict', 'gaps are failures: exit code 1');
  addSourceOptions(migrate);
  addSealOptions(migrate);
  addTransferOptions(migrate, { mirrors: false });
  finish(
    migrate,
    [
      'boxhaul migrate ./archive --to /Archive --local',
      'boxhaul migrate box://old/Teams/A --to /Teams --users people.csv',
      'boxhaul migrate box:///123456/ --from-config old.json --to /A --without comments,tasks',
      'boxhaul migrate sftp://ann@files.example.com/exports/ --to /Exports --dry-run',
      'boxhaul migrate s3://reports/2025 --to /Reports --s3-endpoint https://s3.example.com',
      'boxhaul migrate davs://ann@cloud.example.com/remote.php/dav/files/ann/ --to 123',
      'boxhaul migrate list.csv --to https://acme.box.com/folder/123 --mode update',
    ],
    `${MODES}${SECRETS}` +
      'Gaps, what could not come along and why, are counted and listed; without --strict the exit code stays 0.\n',
  ).action((source: string | undefined, options: MigrateCommandOptions) =>
    start(migrate, async (context) => {
      const { runMigrate } = await import('../commands/migrate.ts');
      return runMigrate(context, source, options);
    }),
  );
}

function details(text: string): MigrateCommandOptions['without'] {
  return text.split(',').map((word) => {
    const found = DETAILS.find((name) => name === word.trim());
    if (found) return found;
    throw new InvalidArgumentError(`"${word}" is none of ${DETAILS.join(', ')}.`);
  });
}
