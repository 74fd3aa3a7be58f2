/** Timers of systemd: the user's own, or those of the whole machine. */
import { execFile } from 'node:child_process';
import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as z from 'zod';
import { CliError } from '../../cli-error.ts';
import type { Env } from '../../environment.ts';
import { ExitCode } from '../../exit-codes.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { quoted } from '../../output/quoted.ts';
import type { Place, Planned } from './place.ts';
import { MADE_BY, unitName, unitsOf } from './systemd-units.ts';

const run = promisify(execFile);

const known = z.object({
  name: z.string(),
  whenWords: z.string(),
  commandWords: z.string(),
});

export function systemdPlace(scope: 'user' | 'system', env: Env): Place {
  const folder =
    scope === 'system'
      ? '/etc/systemd/system'
      : join(env.XDG_CONFIG_HOME || join(env.HOME || homedir(), '.config'), 'systemd/user');
  const words = `systemd (${scope})`;
  const systemctl = async (...args: string[]) => {
    const all = scope === 'user' ? ['--user', ...args] : args;
    try {
      await run('systemctl', all, { env: { ...env } });
    } catch (error) {
      throw refused(`systemctl ${all.join(' ')}`, error);
    }
  };
  const removeFiles = async (name: string) => {
    for (const suffix of ['timer', 'service', 'env'] as const) {
      await rm(join(folder, unitName(name, suffix)), { force: true });
    }
  };
  return {
    words,
    variablesGoTo: (name) =>
      `systemctl ${scope === 'user' ? '--user ' : ''}edit ${unitName(name, 'service')}, and Environment=NAME=value under [Service]`,
    hints:
      scope === 'user'
        ? ['it runs while you are logged in; loginctl enable-linger lets it run always']
        : ['it runs as root: User= in the service names another'],
    show(planned) {
      const { service, timer, variables } = unitsOf(planned, folder);
      return [variables, service, timer]
        .flatMap((file) => (file ? [`# ${join(folder, file.name)}\n${file.text}`] : []))
        .join('\n');
    },
    async add(planned) {
      const { service, timer, variables } = unitsOf(planned, folder);
      try {
        await mkdir(folder, { recursive: true });
        if (variables) await replaceFile(join(folder, variables.name), variables.text, 0o600);
        await replaceFile(join(folder, service.name), service.text, 0o644);
        await replaceFile(join(folder, timer.name), timer.text, 0o644);
      } catch (error) {
        throw unwritable(folder, error);
      }
      try {
        await systemctl('daemon-reload');
        await systemctl('enable', '--now', timer.name);
      } catch (error) {
        // What nothing starts is not to look as if something did.
        await removeFiles(planned.name);
        throw error;
      }
    },
    async list() {
      const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw unreadable(folder, error);
      });
      const services = names.filter((name) => /^boxhaul-.*\.service$/.test(name));
      const found = await Promise.all(services.map((name) => plannedIn(join(folder, name))));
      return found.flatMap((one) => (one ? [{ ...one, place: words }] : []));
    },
    async remove(name) {
      await systemctl('disable', '--now', unitName(name, 'timer'));
      try {
        await removeFiles(name);
      } catch (error) {
        throw unwritable(folder, error);
      }
      await systemctl('daemon-reload');
    },
  };
}

/** What a service that Boxhaul made says of itself; undefined for all others. */
async function plannedIn(path: string): Promise<Omit<Planned, 'place'> | undefined> {
  const [first = ''] = (await readFile(path, 'utf8')).split('\n');
  if (!first.startsWith(MADE_BY)) return undefined;
  try {
    return known.safeParse(JSON.parse(first.slice(MADE_BY.length))).data;
  } catch {
    // Somebody changed the line: it is theirs now.
    return undefined;
  }
}

function refused(command: string, error: unknown): CliError {
  const { stderr, message } = error as Error & { stderr?: string };
  return new CliError(`${command} failed: ${stderr?.trim() || message.trim()}`, {
    ways: [command, '--crontab takes cron instead'],
    exitCode: ExitCode.failed,
    cause: error,
  });
}

function unreadable(folder: string, error: Error): CliError {
  return new CliError(
    `${folder} cannot be read, so what is planned there is not known: ${error.message}`,
    {
      ways: [`ls ${quoted(folder)}`],
      exitCode: ExitCode.failed,
      cause: error,
    },
  );
}

function unwritable(folder: string, error: unknown): CliError {
  const { message } = error as Error;
  return new CliError(`${folder} cannot be written: ${message}`, {
    ways: ['sudo boxhaul schedule …, or leave --system out'],
    exitCode: ExitCode.failed,
    cause: error,
  });
}
