/** What Box's login page answers, however it arrives: through the redirect, or pasted by a person. */
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';

/**
 * The authorization code in an answer.
 *
 * @throws CliError when the login was refused, or is not the one that was begun with `state`.
 */
export function codeFrom(query: URLSearchParams, state: string): string {
  const error = query.get('error');
  // Before anything that it says is believed: does it answer what was asked?
  if (query.get('state') !== state) {
    throw new CliError('the answer belongs to another login than this one', {
      details: ['its state is not the one that was sent; nothing was stored'],
      ways: ['run boxhaul login again, and use the page that it opens'],
      exitCode: ExitCode.notAuthorised,
    });
  }
  if (error !== null) throw refused(error, query.get('error_description'));
  const code = query.get('code');
  if (code) return code;
  throw new CliError('the answer has neither a code nor an error in it', {
    ways: ['run boxhaul login again'],
    exitCode: ExitCode.notAuthorised,
  });
}

/** The code in what a person pasted: the whole address that the browser ended on, or the code alone. */
export function codeFromPasted(text: string, state: string): string {
  const query = URL.parse(text)?.searchParams;
  if (query !== undefined) return codeFrom(query, state);
  if (/^[\w.~-]{8,}$/.test(text)) return text;
  throw new CliError('what was pasted is neither an address nor a code', {
    details: ['expected: the address that the browser ends on, http://…?code=…&state=…'],
    ways: ['run boxhaul login --no-browser again; a code works for 30 seconds'],
    exitCode: ExitCode.notAuthorised,
  });
}

function refused(error: string, description: string | null): CliError {
  if (error === 'access_denied') {
    return new CliError('access was denied on the page of Box; nothing was stored', {
      ways: ['boxhaul login    asks again'],
      exitCode: ExitCode.notAuthorised,
    });
  }
  return new CliError(`Box refused the login: ${description ?? error}`, {
    details: description === null ? [] : [error],
    ways: advice(error),
    exitCode: ExitCode.notAuthorised,
  });
}

function advice(error: string): string[] {
  if (error.startsWith('redirect_uri')) {
    return [
      'add http://127.0.0.1/callback to the redirect URIs of the app, or name the one it has: --redirect-uri URI',
    ];
  }
  return ['check the client id, and that the app is one for User Authentication (OAuth 2.0)'];
}
