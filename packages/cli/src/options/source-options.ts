/** The options of commands that read from elsewhere. */
import { type Command, Option } from 'commander';
import { webAddress } from './option-values.ts';

export function addSourceOptions(command: Command): void {
  command
    .optionsGroup('Where from:')
    .option('--from-config <file>', "another Box: an app's JSON config that reads it")
    .option('--from-as-user <id>', 'another Box: read it as this user')
    .addOption(
      new Option('--from-base-url <url>', 'another Box: its address').argParser(webAddress),
    )
    .option('--ssh-key <file>', 'a private key for SFTP (by default the agent, and the usual ones)')
    .option('--accept-new-host-key', 'believe an SSH server that was never met, and remember it')
    .option('--s3-endpoint <url>', "the bucket's server, if it is not Amazon's")
    .option('--s3-region <name>', 'the region of the bucket')
    .option('--no-s3-path-style', 'the bucket is a part of the name of that server')
    .optionsGroup('Options:');
}

/** Where passwords are found, for the end of a command's help. */
export const SECRETS =
  '\nPasswords and keys are taken from the environment: BOXHAUL_SFTP_PASSWORD, BOXHAUL_SFTP_KEY,\n' +
  'BOXHAUL_SFTP_PASSPHRASE, SSH_AUTH_SOCK; BOXHAUL_DAV_USER, BOXHAUL_DAV_PASSWORD; AWS_….\n' +
  'Another Box: the profile is one that `boxhaul login --profile` stored; with --from-config, or a token in\n' +
  'BOXHAUL_FROM_TOKEN, it is left empty (box:///Teams/A). Behind it comes a path from the root, or an id.\n';
