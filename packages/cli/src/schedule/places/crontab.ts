/** The user's crontab, by the program of that name. */
import { execFile } from 'node:child_process';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { CliError } from '../../cli-error.ts';
import type { Env } from '../../environment.ts';
import { ExitCode } from '../../exit-codes.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { entryOf, plannedIn, secretPath, withLine, withoutLine } from './crontab-lines.ts';
import type { Place } from './place.ts';

const run = promisify(execFile);

/** @param folder where secrets lie, each in a file that only its owner can read */
export function crontabPlace(env: Env, folder: string): Place {
  const options = { env: { ...env } };
  const words = 'crontab';
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

  const read = async () => {
    try {
      return (await run('crontab', ['-l'], options)).stdout;
    } catch (error) {
      const { stderr = '', code } = error as {
        stderr?: string;
        code?: unknown;
      };
      // Where there is no such program there are no such lines; adding one will say so.
      if (/no crontab for/.test(stderr) || code === 'ENOENT') return '';
      throw refused('crontab -l', error);
    }
  };
  const write = async (crontab: string) => {
    try {
      const writing = run('crontab', ['-'], options);
      writing.child.stdin?.end(crontab);
      await writing;
    } catch (error) {
      throw refused('crontab -', error);
    }
  };
  return {
    words,
    variablesGoTo: () => 'crontab -e, and NAME=value on a line above the others',
    hints: ['cron mails what it says; --quiet leaves the errors'],
    show(planned) {
      const { line, secret } = entryOf(planned, timeZone, folder);
      const shown = secret ? `# ${secret.path}\n${secret.text}\n# crontab\n` : '';
      return `${shown}${line}\n`;
    },
    async add(planned) {
      const { line, secret } = entryOf(planned, timeZone, folder);
      const before = await read();
      if (secret) await keep(secret);
      try {
        await write(withLine(before, line));
      } catch (error) {
        // A line of this name that stays reads it.
        const isRead = plannedIn(before).some(({ name }) => name === planned.name);
        if (secret && !isRead) await rm(secret.path, { force: true });
        throw error;
      }
    },
    async list() {
      return plannedIn(await read()).map((one) => ({ ...one, place: words }));
    },
    async remove(name) {
      await write(withoutLine(await read(), name));
      await rm(secretPath(folder, name), { force: true });
    },
  };
}

async function keep({
  path,
  text,
}: {
  readonly path: string;
  readonly text: string;
}): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await replaceFile(path, text, 0o600);
  } catch (error) {
    throw new CliError(`${path} cannot be written: ${(error as Error).message}`, {
      ways: ['export BOXHAUL_HOME=/a/folder/of/yours    keeps it elsewhere'],
      exitCode: ExitCode.failed,
      cause: error,
    });
  }
}

function refused(command: string, error: unknown): CliError {
  const { stderr, message } = error as Error & { stderr?: string };
  return new CliError(`${command} failed: ${stderr?.trim() || message.trim()}`, {
    ways: ['install cron, or --systemd, or the same with --print to copy it by hand'],
    exitCode: ExitCode.failed,
    cause: error,
  });
}
