/** keygen, setup: what they take. What they do is in `commands/`. */
import type { Command } from 'commander';
import { addGlobalOptions } from '../global-options.ts';
import { examples, finish, type Start } from './start.ts';

export function addSealingVerbs(program: Command, start: Start): void {
  program.commandsGroup('Sealing');
  addKeygen(program, start);
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
