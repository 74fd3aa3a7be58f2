/** migrate: what it takes. What it does is in `commands/`. */
import type { Command } from 'commander';
import type { MigrateCommandOptions } from '../commands/migrate.ts';
import { addTransferOptions, MODES, modeOption } from '../transfer-options.ts';
import { finish, type Start } from './start.ts';

export function addMigrate(program: Command, start: Start): void {
  const migrate = program
    .command('migrate')
    .summary('bring files from elsewhere into Box')
    .description(
      'Bring files from where they are now into Box, with their times: from SFTP, S3 or WebDAV, from a\n' +
        'list with a line for each file, or from a folder here. A folder arrives under its own name, and\n' +
        'with a slash at its end what is in it. What is there already is not sent again.',
    )
    .argument(
      '<source>',
      'sftp://user@host/path, s3://bucket/prefix, davs://host/path, list.csv, list.jsonl, or a path',
    )
    .option('-u, --to <folder>', 'the folder on Box: its address, its id, or a path such as /In')
    .addOption(modeOption())
    .option('-p, --parents', 'make all missing folders of the path (the last one is made anyway)')
    .optionsGroup('Where from:')
    .option('--ssh-key <file>', 'a private key for SFTP (by default the agent, and the usual ones)')
    .option('--accept-new-host-key', 'believe an SSH server that was never met, and remember it')
    .option('--s3-endpoint <url>', "the bucket's server, if it is not Amazon's")
    .option('--s3-region <name>', 'the region of the bucket')
    .option('--no-s3-path-style', 'the bucket is a part of the name of that server')
    .optionsGroup('Options:');
  addTransferOptions(migrate, { mirrors: false });
  finish(
    migrate,
    [
      'boxhaul migrate ./archive --to /Archive --local',
      'boxhaul migrate sftp://ann@files.example.com/exports/ --to /Exports --dry-run',
      'boxhaul migrate s3://reports/2025 --to /Reports --s3-endpoint https://s3.example.com',
      'boxhaul migrate davs://ann@cloud.example.com/remote.php/dav/files/ann/ --to 123',
      'boxhaul migrate list.csv --to https://acme.box.com/folder/123 --mode update',
    ],
    `${MODES}\nPasswords and keys are taken from the environment: BOXHAUL_SFTP_PASSWORD, BOXHAUL_SFTP_KEY,\n` +
      'BOXHAUL_SFTP_PASSPHRASE, SSH_AUTH_SOCK; BOXHAUL_DAV_USER, BOXHAUL_DAV_PASSWORD; AWS_….\n',
  ).action((source: string, options: MigrateCommandOptions) =>
    start(migrate, async (context) => {
      const { runMigrate } = await import('../commands/migrate.ts');
      return runMigrate(context, source, options);
    }),
  );
}
