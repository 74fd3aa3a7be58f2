/** `schedule add`, `list` and `remove`: commands that systemd or cron run by the clock. */
import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Command } from 'commander';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { userDirectories } from '../files/directories.ts';
import { PING_URL, type ScheduleOptions } from '../options/schedule-options.ts';
import { quoted } from '../output/quoted.ts';
import { printable } from '../output/width.ts';
import { packageFolder } from '../package-folder.ts';
import { openPrompt } from '../prompt.ts';
import { pingAddress } from '../schedule/ping.ts';
import { crontabPlace } from '../schedule/places/crontab.ts';
import type { Place, Planned, PlannedCommand } from '../schedule/places/place.ts';
import { systemdPlace } from '../schedule/places/systemd.ts';
import { scheduledWords } from '../schedule/scheduled-words.ts';
import { timetableOf } from '../schedule/timetable.ts';

export interface ScheduleAddOptions extends Pick<ScheduleOptions, 'every' | 'cron' | 'tz'> {
  readonly name?: string;
  readonly systemd?: boolean;
  readonly system?: boolean;
  readonly crontab?: boolean;
  readonly print?: boolean;
  readonly yes?: boolean;
}

export interface ScheduleRemoveOptions {
  readonly yes?: boolean;
}

/** `boxhaul schedule add <command...>`. */
export async function runScheduleAdd(
  context: CommandContext,
  words: readonly string[],
  options: ScheduleAddOptions,
  program: Command,
): Promise<ExitCode> {
  const { output } = context;
  const planned = await plannedOf(context, words, options, program);
  const place = await placeOf(options, context);
  const text = place.show(planned);
  if (options.print) {
    output.print(text.trimEnd());
    output.event('schedule', {
      state: 'shown',
      ...fieldsOf(planned, place.words),
      text,
    });
    return ExitCode.done;
  }
  const names = (await listed(context)).map(({ name }) => name);
  if (names.includes(planned.name)) {
    throw new CliError(`there is a schedule ${planned.name} already`, {
      ways: [`boxhaul schedule remove ${planned.name}`, 'another one: --name <name>'],
    });
  }
  const secret = planned.env[PING_URL];
  output.say(secret === undefined ? text.trimEnd() : text.trimEnd().replaceAll(secret, '[hidden]'));
  await askFor(`write this to ${place.words}`, options, context);
  await place.add(planned);
  output.say(
    `${output.style.green('scheduled')}  ${planned.name}   ${planned.whenWords}, by ${place.words}`,
  );
  const hints = [...unseenVariables(context, planned, words, place), ...place.hints];
  for (const hint of hints) output.say(`  ${hint}`);
  output.event('schedule', {
    state: 'added',
    ...fieldsOf(planned, place.words),
  });
  return ExitCode.done;
}

/** `boxhaul schedule list`. */
export async function runScheduleList(context: CommandContext): Promise<ExitCode> {
  const { output } = context;
  const all = await listed(context);
  if (all.length === 0) output.say('nothing is scheduled');
  for (const planned of all) {
    const { name, place, whenWords, commandWords } = planned;
    output.say(`${name}   ${whenWords}, by ${place}`);
    output.say(`  ${output.style.dim(printable(commandWords))}`);
    output.event('schedule', { state: 'listed', ...fieldsOf(planned, place) });
  }
  return ExitCode.done;
}

/** `boxhaul schedule remove <name>`. */
export async function runScheduleRemove(
  context: CommandContext,
  name: string,
  options: ScheduleRemoveOptions,
): Promise<ExitCode> {
  const { output } = context;
  const planned = (await listed(context)).find((one) => one.name === name);
  const place = (await places(context)).find(({ words }) => words === planned?.place);
  if (!planned || !place) {
    throw new CliError(`there is no schedule ${printable(name)}`, {
      ways: ['boxhaul schedule list'],
    });
  }
  await askFor(`remove ${name} from ${place.words}`, options, context);
  await place.remove(name);
  output.say(`removed  ${name}`);
  output.event('schedule', {
    state: 'removed',
    ...fieldsOf(planned, place.words),
  });
  return ExitCode.done;
}

async function plannedOf(
  context: CommandContext,
  words: readonly string[],
  options: ScheduleAddOptions,
  program: Command,
): Promise<PlannedCommand> {
  const { kept, pingUrl } = await scheduledWords(words, { program, cwd: context.cwd });
  const timetable = timetableOf(options, Date.now());
  if (!timetable) {
    throw new CliError('it is not said when to run', {
      ways: [`boxhaul schedule add --every 1h ${words[0]} …`],
    });
  }
  const name = options.name ?? nameFor(kept);
  if (!/^[a-z0-9][a-z0-9-]*$/i.test(name)) {
    throw new CliError(`--name ${printable(name)}: give letters, digits and hyphens`, {
      ways: ['--name nightly-reports'],
    });
  }
  const ping = pingUrl ?? (context.env[PING_URL] || undefined);
  if (ping !== undefined) pingAddress(ping);
  return {
    name: name.toLowerCase(),
    when: options,
    whenWords: timetable.words,
    command: [process.execPath, join(packageFolder(), 'bin/boxhaul.js'), ...kept],
    commandWords: ['boxhaul', ...kept].map(quoted).join(' '),
    cwd: context.cwd,
    env: {
      ...homeIn(context.env),
      ...(ping !== undefined && { [PING_URL]: ping }),
    },
  };
}

/** `upload ./out/ --to /Inbox` → `upload-out`. */
function nameFor([verb = '', ...rest]: readonly string[]): string {
  const first = rest.find((word) => !word.startsWith('-')) ?? '';
  const slug = basename(first)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-');
  return [verb, slug.replaceAll(/^-|-$/g, '')].filter(Boolean).join('-');
}

/** Where what a person has, such as a login, is found again. */
function homeIn({ BOXHAUL_HOME, ...env }: CommandContext['env']): Record<string, string> {
  if (BOXHAUL_HOME) return { BOXHAUL_HOME };
  const names = ['XDG_CONFIG_HOME', 'XDG_DATA_HOME', 'XDG_STATE_HOME'];
  return Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

async function placeOf(
  { systemd, system, crontab }: ScheduleAddOptions,
  { env }: CommandContext,
): Promise<Place> {
  if (crontab && (systemd || system)) {
    throw new CliError('--crontab and --systemd say different things', {
      ways: ['give one of them'],
    });
  }
  if (system) return systemdPlace('system', env);
  const isSystemdHere = existsSync('/run/systemd/system');
  return systemd || (!crontab && isSystemdHere) ? systemdPlace('user', env) : crontabOf(env);
}

async function places({ env }: CommandContext): Promise<Place[]> {
  return [systemdPlace('user', env), systemdPlace('system', env), await crontabOf(env)];
}

async function crontabOf(env: CommandContext['env']): Promise<Place> {
  return crontabPlace(env, join((await userDirectories(env)).config, 'schedules'));
}

async function listed(context: CommandContext): Promise<Planned[]> {
  const all = await Promise.all((await places(context)).map((place) => place.list()));
  return all.flat().sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function askFor(
  what: string,
  { yes }: { readonly yes?: boolean },
  context: CommandContext,
): Promise<void> {
  if (yes) return;
  if (context.stdin.isTTY !== true) {
    throw new CliError(`boxhaul has to ask before it may ${what}, and there is no terminal`, {
      ways: ['--yes does it without asking'],
    });
  }
  const prompt = openPrompt(context);
  try {
    const answer = await prompt.ask(`${what}? [y/N] `);
    if (!/^y(es)?$/i.test(answer ?? '')) {
      throw new CliError('nothing was done', { exitCode: ExitCode.failed });
    }
  } finally {
    prompt.close();
  }
}

/** The system starts it without what this shell has set. */
function unseenVariables(
  { env, envFile }: CommandContext,
  { name }: PlannedCommand,
  words: readonly string[],
  place: Place,
): string[] {
  const seen = (variable: string) => env[variable] && !envFile?.names.has(variable);
  const isGiven = (pattern: RegExp) => words.some((word) => pattern.test(word));
  const unseen = (names: readonly string[], way: string) =>
    names.length === 0 ? [] : [`${names.join(' and ')} of this shell will not be seen: ${way}`];
  const who = ['BOX_CONFIG_PATH', 'BOX_DEVELOPER_TOKEN'].filter(seen);
  const where = ['BOX_BASE_URL'].filter(seen);
  const isFromElsewhere = /^(migrate|verify)$/.test(words[0] ?? '');
  const others = Object.keys(env).filter(
    (variable) =>
      env[variable] && (PROXIES.test(variable) || (isFromElsewhere && SOURCES.test(variable))),
  );
  return [
    ...(isGiven(/^(-c|--(config|profile|local)(=|$))/)
      ? []
      : unseen(who, 'give it -c config.json')),
    ...(isGiven(/^--(base-url|local)(=|$)/) ? [] : unseen(where, 'give it --base-url')),
    ...unseen(others.sort(), place.variablesGoTo(name)),
  ];
}

const PROXIES = /^(https?|no)_proxy$/i;
const SOURCES = /^(BOXHAUL_(SFTP|DAV)_\w+|BOXHAUL_FROM_TOKEN|AWS_\w+|SSH_AUTH_SOCK)$/;

function fieldsOf(
  { name, whenWords, commandWords }: Pick<Planned, 'name' | 'whenWords' | 'commandWords'>,
  place: string,
): Record<string, string> {
  return { name, place, when: whenWords, command: commandWords };
}
