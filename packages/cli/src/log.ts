import { CliError } from './cli-error.ts';

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
];

/**
 * Opens a log at `path`, appending to what is there; a new file can be read by its owner only.
 *
 * @param warn is told once if the file takes no more, as on a full disk: a run does not end for its log.
 * @throws CliError when the file cannot be opened.
 */
export async function openLog(path: string, warn: (text: string) => void): Promise<Log> {
  const { pino } = await import('pino');
  const { closeSync, openSync, writeFileSync } = await import('node:fs');
  let descriptor: number;
  try {
    descriptor = openSync(path, 'a', 0o600);
  } catch (error) {
    throw new CliError(`the log file ${path} cannot be written: ${(error as Error).message}`, {
      ways: ['give another path: --log-file boxhaul.log'],
      cause: error,
    });
  }
  let isWritable = true;
  // Written line by line, so that a crash keeps every line up to it.
  const destination = {
    write(line: string) {
      if (!isWritable) return;
      try {
        writeFileSync(descriptor, line);
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
    close: async () => closeSync(descriptor),
  };
}
