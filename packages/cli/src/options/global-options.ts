import { type Command, Option } from 'commander';
import { duration, size, webAddress, wholeNumber } from './option-values.ts';

/** Options of every command, shown together at the end of its help; a short form that is taken is left out. */
export function addGlobalOptions(command: Command): Command {
  const isTaken = command.options.some(({ short }) => short === '-q');
  return command
    .optionsGroup('Output:')
    .option('--json', 'one JSON event a line on stdout; words for people go to stderr')
    .option(isTaken ? '--quiet' : '-q, --quiet', 'say nothing but errors')
    .option('-v, --verbose', 'name every file')
    .option('--debug', 'stacks of errors and every call to Box')
    .option('--no-color', 'no colours and no moving lines (also: NO_COLOR=1)')
    .option('--log-file <file>', 'append JSON lines about the run to a file')
    .option(
      '--log-max-size <size>',
      'from this size on the file becomes <file>.1 and a new one begins (50MB)',
      size,
    )
    .option('--log-keep <n>', 'how many of the full ones are kept (5)', wholeNumber(0, 1000))
    .helpOption('-h, --help', 'show this help')
    .optionsGroup('Options:');
}

/** Options of every command that moves files. */
export function addWatchingOptions(command: Command): Command {
  return command
    .addOption(
      new Option('--metrics-port <port>', 'serve Prometheus metrics while it runs').argParser(
        wholeNumber(0, 65_535),
      ),
    )
    .option('--metrics-host <address>', 'where they are served (127.0.0.1)');
}

/** Options of every command that talks to Box. */
export function addConnectionOptions(command: Command): Command {
  return command
    .optionsGroup('Which Box, and who:')
    .option('--local', 'a Box on this machine: no account needed')
    .option(
      '-c, --config <file>',
      "an app's JSON config: JWT or client credentials (BOX_CONFIG_PATH)",
    )
    .option('--token <token>', 'a developer token (better: BOX_DEVELOPER_TOKEN)')
    .option('--profile <name>', 'an account that `boxhaul login` stored')
    .option('--as-user <id>', 'act as this user of the enterprise')
    .addOption(
      new Option('--base-url <url>', 'send every call to this address (BOX_BASE_URL)').argParser(
        webAddress,
      ),
    )
    .addOption(
      new Option(
        '--timeout <duration>',
        'give up on a connection that is silent for so long (1 to 2 min)',
      ).argParser(duration),
    )
    .addOption(
      new Option('--retries <n>', 'how often a call that failed is made again (5)').argParser(
        wholeNumber(0, 100),
      ),
    )
    .addOption(
      new Option('--max-calls <n>', 'stop before more calls than this are made').argParser(
        wholeNumber(1, 1_000_000_000),
      ),
    )
    .option('--insecure-config', 'go on although others can read the credentials file')
    .optionsGroup('Options:');
}
