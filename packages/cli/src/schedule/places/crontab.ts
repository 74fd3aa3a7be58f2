/** The user's crontab, by the program of that name. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { CliError } from '../../cli-error.ts';
import type { Env } from '../../environment.ts';
import { ExitCode } from '../../exit-codes.ts';
import { lineOf, plannedIn, withLine, withoutLine } from './crontab-lines.ts';
import type { Place } from './place.ts';

const run = promisify(execFile);

export function crontabPlace(env: Env): Place {
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
    hints: ['cron mails what it says; --quiet leaves the errors'],
    show: (planned) => `${lineOf(planned, timeZone)}\n`,
    async add(planned) {
      await write(withLine(await read(), lineOf(planned, timeZone)));
    },
    async list() {
      return plannedIn(await read()).map((one) => ({ ...one, place: words }));
    },
    async remove(name) {
      await write(withoutLine(await read(), name));
    },
  };
}

function refused(command: string, error: unknown): CliError {
  const { stderr, message } = error as Error & { stderr?: string };
  return new CliError(`${command} failed: ${stderr?.trim() || message.trim()}`, {
    ways: ['install cron, or --systemd, or the same with --print to copy it by hand'],
    exitCode: ExitCode.failed,
    cause: error,
  });
}
