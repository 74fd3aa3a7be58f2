import { CliError } from './cli-error.ts';
import type { LogFile } from './files/log-file.ts';

/** A log of a run for programs: JSON lines in a file, secrets taken out. */
export interface Log {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
  /** Settles when every line is in the file. */
  close(): Promise<void>;
}

/** What a run without --log-file writes to. */
export const noLog: Log = {
  info: () => {},
  warn: () => {},
  error: () => {},
  close: async () => {},
};

/** Keys whose values never reach a log, at the top or one object down. */
const secretKeys = [
  'token',
  'accessToken',
  'access_token',
  'refreshToken',
  'refresh_token',
  'clientSecret',
  'client_secret',
  'assertion',
  'authorization',
  'privateKey',
  'passphrase',
  'password',
  'pingUrl',
];

/** A shared link opens what it points at to whoever has it: of its address the last characters are kept. */
const sharedLink =
  /(https?:\/\/[^\s"/\\]+\/(?:[sv]\/|shared\/static\/|[^\s"\\]*[?&]s=))([^\s"&#?\\]+)/g;

/** A line without what would open a shared link: `https://acme.box.com/s/…x9k2`. */
export function withoutLinks(line: string): string {
  return line.replace(sharedLink, (_, place: string, name: string) => `${place}…${name.slice(-4)}`);
}

/** How large a log file may become, and how many older ones stand beside it. */
export interface Rotation {
  readonly maxBytes: number;
  readonly keep: number;
}

/**
 * Opens a log at `path`, appending to what is there; a new file can be read by its owner only. A file that is full
 * becomes `path.1`, the one before it `path.2`, and so on.
 *
 * @param warn is told once if the file takes no more, as on a full disk: a run does not end for its log.
 * @throws CliError when the file cannot be opened.
 */
export async function openLog(
  path: string,
  rotation: Rotation,
  warn: (text: string) => void,
): Promise<Log> {
  const [{ pino }, { openLogFile }] = await Promise.all([
    import('pino'),
    import('./files/log-file.ts'),
  ]);
  let file: LogFile;
  try {
    file = openLogFile(path, rotation);
  } catch (error) {
    throw new CliError(`the log file ${path} cannot be written: ${(error as Error).message}`, {
      ways: ['give another path: --log-file boxhaul.log'],
      cause: error,
    });
  }
  let isWritable = true;
  const destination = {
    write(line: string) {
      if (!isWritable) return;
      try {
        file.write(withoutLinks(line));
      } catch (error) {
        isWritable = false;
        warn(`warning: the log file ${path} takes no more: ${(error as Error).message}`);
      }
    },
  };
  const logger = pino(
    {
      base: { pid: process.pid },
      timestamp: pino.stdTimeFunctions.isoTime,
      redact: {
        paths: [...secretKeys, ...secretKeys.map((key) => `*.${key}`)],
        censor: '[secret]',
      },
    },
    destination,
  );
  return {
    info: (fields, message) => logger.info(fields, message),
    warn: (fields, message) => logger.warn(fields, message),
    error: (fields, message) => logger.error(fields, message),
    close: async () => file.close(),
  };
}
