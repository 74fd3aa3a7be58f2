/** What commands that send and fetch take about sealing; what becomes of it is in `sealing.ts`. */
import { type Command, Option } from 'commander';
import { repeated } from './option-values.ts';

export interface TypedSealOptions extends TypedIdentities {
  readonly compress?: 'zstd';
  readonly encryptTo?: readonly string[];
  readonly recipientsFile?: readonly string[];
  readonly encryptNames?: boolean;
  readonly sealIn?: string;
}

export interface TypedOpenOptions extends TypedIdentities {
  readonly decompress?: boolean;
}

export interface TypedIdentities {
  readonly identityFile?: readonly string[];
}

/** Who can open what is sealed. */
export function addRecipientOptions(command: Command): Command {
  return command
    .option(
      '--encrypt-to <recipient>',
      'encrypt for this one (age1…), and others given so',
      repeated,
    )
    .option('--recipients-file <file>', 'encrypt for those in this file, a line each', repeated);
}

export function addIdentityOption(command: Command, words: string): Command {
  return command.option('--identity-file <file>', words, repeated);
}

export function addSealOptions(command: Command): void {
  command
    .optionsGroup('Sealing (what zstd and age open; docs/sealing.md):')
    .addOption(new Option('--compress <how>', 'make smaller what it pays for').choices(['zstd']));
  addRecipientOptions(command).option('--encrypt-names', 'names of files and folders, too');
  addIdentityOption(command, 'opens the key of names, if it is not known here')
    .option('--seal-in <dir>', 'where large files wait, sealed, while they are sent')
    .optionsGroup('Options:');
}

export function addOpenOptions(command: Command): void {
  command.optionsGroup('Sealing (what zstd and age open; docs/sealing.md):');
  addIdentityOption(command, 'open what is encrypted for it, names too')
    .option('--decompress', 'open what is only compressed (.zst)')
    .optionsGroup('Options:');
}
