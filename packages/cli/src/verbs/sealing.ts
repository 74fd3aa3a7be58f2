/** keygen, reseal, setup: what they take. What they do is in `commands/`. */
import type { Command } from 'commander';
import type { ResealCommandOptions } from '../commands/reseal.ts';
import { addGlobalOptions, addWatchingOptions } from '../options/global-options.ts';
import { addIdentityOption, addRecipientOptions } from '../options/seal-options.ts';
import { addSelectionOptions } from '../options/selection-options.ts';
import { examples, finish, type Start } from './start.ts';

export function addSealingVerbs(program: Command, start: Start): void {
  program.commandsGroup('Sealing');
  addKeygen(program, start);
  addReseal(program, start);
  addSetup(program, start);
}

function addKeygen(program: Command, start: Start): void {
  const keygen = program
    .command('keygen')
    .summary('make a key that opens what is sealed for it')
    .description(
      'Make a key, in a file of its own that age takes, too, and say its recipient: for that one\n' +
        'files are encrypted with --encrypt-to. Nothing is overwritten. If the file is lost, so is all\n' +
        'that only it can open.',
    )
    .argument('<file>', 'where to put it, readable by you alone');
  addGlobalOptions(keygen)
    .addHelpText('after', examples('boxhaul keygen key.txt', 'boxhaul keygen ~/keys/backup.txt'))
    .action((file: string) =>
      start(keygen, async (context) => {
        const { runKeygen } = await import('../commands/keygen.ts');
        return runKeygen(context, file);
      }),
    );
}

function addSetup(program: Command, start: Start): void {
  const setup = program
    .command('setup')
    .summary('have Box keep what sealed files hold')
    .description(
      'Make the metadata template in which sealed files say what they hold, by size and SHA-1, so that\n' +
        'every machine can skip what is there. It takes an admin, once for an enterprise; without it,\n' +
        'the machine that seals remembers it for itself. It changes nothing where it is there.',
    );
  finish(setup, ['boxhaul setup', 'boxhaul setup -c config.json', 'boxhaul setup --local']).action(
    () =>
      start(setup, async (context) => {
        const { runSetup } = await import('../commands/setup.ts');
        return runSetup(context);
      }),
  );
}

function addReseal(program: Command, start: Start): void {
  const reseal = program
    .command('reseal')
    .summary('encrypt what is in Box for others than before')
    .description(
      'Encrypt all that ends in .age below a folder on Box for these recipients, and for nobody else.\n' +
        'Each file goes through this machine, never plain on its disk, and becomes a new version; the\n' +
        'versions before it stay in Box, and stay open to those who could open them.',
    )
    .argument('<folder>', 'the folder on Box: its address, its id, or a path');
  addIdentityOption(reseal, 'opens what is there now');
  addRecipientOptions(reseal);
  addSelectionOptions(reseal, { ignoring: false });
  reseal
    .option('--force', 'also what is known to be sealed for just these')
    .option('--only-failed', 'only what failed in the last run of the same job')
    .option('-n, --dry-run', 'say what would be done and do nothing');
  addWatchingOptions(reseal);
  finish(reseal, [
    'boxhaul reseal /Backups --identity-file old.txt --recipients-file team.txt',
    'boxhaul reseal /Backups --identity-file key.txt --encrypt-to age1mine… --encrypt-to age1ann…',
  ]).action((folder: string, options: ResealCommandOptions) =>
    start(reseal, async (context) => {
      const { runReseal } = await import('../commands/reseal.ts');
      return runReseal(context, folder, options);
    }),
  );
}
