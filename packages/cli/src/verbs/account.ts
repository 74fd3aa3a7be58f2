/** login, logout, whoami, doctor: what they take. What they do is in `commands/`. */
import { type Command, Option } from 'commander';
import type { DoctorCommandOptions } from '../commands/doctor.ts';
import type { LoginCommandOptions } from '../commands/login.ts';
import { addConnectionOptions, addGlobalOptions } from '../options/global-options.ts';
import { duration, webAddress } from '../options/option-values.ts';
import { addPeopleVerbs } from './people.ts';
import { examples, type Start } from './start.ts';

export function addAccountVerbs(program: Command, start: Start): void {
  program.commandsGroup('Account');
  addLogin(program, start);
  addLogout(program, start);
  addWhoami(program, start);
  addDoctor(program, start);
  addCalls(program, start);
  addPeopleVerbs(program, start);
}

function addCalls(program: Command, start: Start): void {
  const calls = program
    .command('calls')
    .summary('how many calls were spent, by month and day')
    .description(
      'List the calls that this machine has made to Box: companies pay for so many a month.',
    );
  addGlobalOptions(calls)
    .addHelpText('after', examples('boxhaul calls', 'boxhaul calls --json'))
    .action(() =>
      start(calls, async (context) => {
        const { runCalls } = await import('../commands/calls.ts');
        return runCalls(context);
      }),
    );
}

function addLogin(program: Command, start: Start): void {
  const login = program
    .command('login')
    .summary('use your own account, through the browser')
    .description('Sign in to Box with OAuth 2 in the browser and store the account as a profile.')
    .option('--profile <name>', 'the name to store it under', 'default')
    .option('--client-id <id>', "the app's client id (BOX_CLIENT_ID)")
    .option('--client-secret <secret>', "the app's secret (better: BOX_CLIENT_SECRET)")
    .option('-c, --config <file>', "the app's JSON config, for its client id and secret")
    .option(
      '--redirect-uri <uri>',
      'the redirect URI that the app has; without a port any free one is taken',
      'http://127.0.0.1/callback',
    )
    .addOption(
      new Option('--timeout <time>', 'how long to wait for the browser')
        .argParser(duration)
        .default(300_000, '5min'),
    )
    .option('--no-browser', 'print the address and paste the code: for a machine without a browser')
    .option('--base-url <url>', 'sign in to the Box at this address (BOX_BASE_URL)', webAddress)
    .option('--insecure-config', 'go on although others can read the credentials file');
  addGlobalOptions(login)
    .addHelpText(
      'after',
      examples('boxhaul login', 'boxhaul login --profile work', 'boxhaul login --no-browser'),
    )
    .action((options: LoginCommandOptions) =>
      start(login, async (context) => {
        const { runLogin } = await import('../commands/login.ts');
        return runLogin(context, options);
      }),
    );
}

function addLogout(program: Command, start: Start): void {
  const logout = program
    .command('logout')
    .summary('forget a stored account')
    .description('Revoke the tokens of a stored account at Box and forget it here.')
    .option('--profile <name>', 'the account to forget', 'default');
  addGlobalOptions(logout)
    .addHelpText('after', examples('boxhaul logout', 'boxhaul logout --profile work'))
    .action(() =>
      start(logout, async (context) => {
        const { runLogout } = await import('../commands/logout.ts');
        return runLogout(context);
      }),
    );
}

function addWhoami(program: Command, start: Start): void {
  const whoami = program
    .command('whoami')
    .summary('which account is used')
    .description('Ask Box whose account the credentials belong to.');
  addConnectionOptions(whoami);
  addGlobalOptions(whoami)
    .addHelpText(
      'after',
      examples('boxhaul whoami', 'boxhaul whoami --local', 'boxhaul whoami -c config.json --json'),
    )
    .action(() =>
      start(whoami, async (context) => {
        const { runWhoami } = await import('../commands/whoami.ts');
        return runWhoami(context);
      }),
    );
}

function addDoctor(program: Command, start: Start): void {
  const doctor = program
    .command('doctor')
    .summary('check the way to Box, step by step')
    .description('Check configuration, key, clock, authorisation and a folder, and say what to do.')
    .argument('[folder]', 'a folder to reach: its address, its id, or a path')
    .option('-u, --url <folder>', 'the same as the argument');
  addConnectionOptions(doctor);
  addGlobalOptions(doctor)
    .addHelpText(
      'after',
      examples(
        'boxhaul doctor',
        'boxhaul doctor -c config.json https://acme.box.com/folder/123',
        'boxhaul doctor --local',
      ),
    )
    .action((folder: string | undefined, options: DoctorCommandOptions) =>
      start(doctor, async (context) => {
        const { runDoctor } = await import('../commands/doctor.ts');
        return runDoctor(context, folder ?? options.url);
      }),
    );
}
