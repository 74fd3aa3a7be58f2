/** Errors of the libraries, put into words for the person at the terminal. */
import {
  BoxApiError,
  BoxAuthError,
  BoxConnectionError,
  BoxhaulError,
  InputError,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatSeconds } from './format.ts';
import { printable } from './width.ts';

/** How Box was asked: a refusal, or a silence, is then most likely about that. */
export interface Asking {
  /** Whom an option named, and which. */
  readonly asUser?: string | undefined;
  readonly asUserBy?: '--as-user' | '--as-users';
  /** What every call goes to in the place of Box. */
  readonly baseUrl?: string | undefined;
}

export function askingOf({ options, env }: Pick<CommandContext, 'options' | 'env'>): Asking {
  const baseUrl = options.local ? undefined : (options.baseUrl ?? env.BOX_BASE_URL);
  return { asUser: options.asUser, baseUrl };
}

/** What to print for an error that no command has put into words itself. */
export function explain(error: unknown, asking: Asking = {}): CliError {
  if (error instanceof InputError) return explainInput(error);
  if (error instanceof BoxAuthError) {
    return refused(error.message, error, error.code === 'login_ended' ? [LOG_IN] : undefined);
  }
  if (error instanceof BoxApiError) return explainRefusal(error, asking);
  if (error instanceof BoxhaulError && error.code === 'calls_spent') {
    return new CliError(error.message, {
      ways: ['the same, or boxhaul resume, with a larger --max-calls'],
      exitCode: ExitCode.failed,
      cause: error,
    });
  }
  if (error instanceof BoxConnectionError) {
    return new CliError(error.message, {
      details: causesOf(error),
      ways: [
        asking.baseUrl
          ? `is anything there? --base-url or BOX_BASE_URL says ${printable(asking.baseUrl)}`
          : 'check the network, and HTTPS_PROXY if there is a proxy',
        'boxhaul doctor    checks each step of the way to Box',
      ],
      exitCode: ExitCode.failed,
      cause: error,
    });
  }
  return unexpected(error);
}

/** The client says a way out on a line of its own, behind an arrow, where it knows one. */
function explainInput(error: InputError): CliError {
  const [message = '', ...ways] = error.message.split('\n→ ');
  if (ways.length === 0 && error.code === 'bad_reference') {
    ways.push('boxhaul ls /    shows what this account sees');
  }
  if (error.code === 'private_key') ways.push(NEW_KEY);
  return new CliError(message, { ways, cause: error });
}

const NEW_KEY =
  'download the config again: developer console, your app, Configuration, Generate a Public/Private Keypair';

function explainRefusal(error: BoxApiError, asking: Asking): CliError {
  const { asUser, asUserBy = '--as-user' } = asking;
  if (error.status === 401) return refused(error.message, error);
  if (error.status === 403 && asUser !== undefined) {
    return refused(`${error.message}, asked as the user ${asUser}`, error, asUserWays(asUserBy));
  }
  return new CliError(error.message, {
    details: [
      ...(error.retryAfterMs
        ? [`Box asks to wait ${formatSeconds(error.retryAfterMs / 1000)}`]
        : []),
      ...(error.requestId ? [`Box's id of the request: ${error.requestId}`] : []),
    ],
    ways:
      error.status === 403 || error.status === 404
        ? ['boxhaul doctor <folder>    says what this account may see']
        : [],
    exitCode: error.status === 403 ? ExitCode.notAuthorised : ExitCode.failed,
    cause: error,
  });
}

const LOG_IN = 'boxhaul login    (with --profile NAME for one that is not the default)';

function asUserWays(option: string): string[] {
  return [
    `check the id of ${option}: it is a number, of a user of the same enterprise`,
    'check the app: developer console, Configuration, Make API calls using the as-user header',
  ];
}

function refused(
  message: string,
  cause: Error,
  ways: readonly string[] = ['boxhaul doctor    says which step failed, and what to do'],
): CliError {
  return new CliError(message, {
    ways,
    exitCode: ExitCode.notAuthorised,
    cause,
  });
}

/** Errors of the system (a full disk, a missing permission) say what they are; the rest is our fault. */
function unexpected(error: unknown): CliError {
  const isKnown = error instanceof BoxhaulError || isSystemError(error);
  const message = error instanceof Error ? error.message : String(error);
  return new CliError(isKnown ? message : `unexpected: ${message}`, {
    ways: isKnown ? [] : ['the same with --debug shows where; please report it'],
    exitCode: ExitCode.failed,
    cause: error,
  });
}

function isSystemError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

/** What lies beneath a failed connection: `connect ECONNREFUSED 127.0.0.1:4010`. */
function causesOf(error: Error): string[] {
  const words: string[] = [];
  let cause: unknown = error.cause;
  while (cause instanceof Error && words.length < 3) {
    if (cause.message !== '' && !error.message.includes(cause.message)) words.push(cause.message);
    cause = cause.cause;
  }
  return words;
}
