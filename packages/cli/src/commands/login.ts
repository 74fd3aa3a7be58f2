import {
  BoxClient,
  type BoxUser,
  fileStore,
  memoryStore,
  newPkce,
  newState,
  type OAuth,
  oauth,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { baseUrlOf } from '../connection/base-url.ts';
import { readProfile, writeProfile } from '../connection/profile.ts';
import { profilePath, tokensPath } from '../connection/profile-path.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { codeFrom, codeFromPasted } from '../login/answer.ts';
import { type LoginAppOptions, loginApp } from '../login/app.ts';
import { openBrowser } from '../login/browser.ts';
import { listenForRedirect, type Redirect } from '../login/loopback.ts';
import { formatSeconds } from '../output/format.ts';
import { openPrompt, type Prompt } from '../prompt.ts';

export interface LoginCommandOptions extends LoginAppOptions {
  readonly profile: string;
  /** Where the browser brings the answer; a loopback address without a port takes a free one. */
  readonly redirectUri: string;
  /** False with --no-browser. */
  readonly browser: boolean;
  /** How long to wait for the browser, in milliseconds. */
  readonly timeout: number;
}

/** One login under way. */
interface SignIn {
  context: CommandContext;
  options: LoginCommandOptions;
  auth: OAuth;
  client: BoxClient;
  prompt: Prompt;
}

/**
 * `boxhaul login`: OAuth 2 with state and PKCE. Nothing is stored until Box has said whose account
 * it is, so a login that fails leaves the one before it as it was.
 */
export async function runLogin(
  context: CommandContext,
  options: LoginCommandOptions,
): Promise<ExitCode> {
  const path = await profilePath(options.profile, context.env);
  const stored = await readProfile(path);
  const prompt = openPrompt(context);
  try {
    const app = await loginApp(context, options, stored, prompt);
    // An app belongs to one Box: signing in again with the stored one goes where it went before.
    const isStoredApp = app.clientId === stored?.clientId;
    const baseUrl = baseUrlOf(context) ?? (isStoredApp ? stored.baseUrl : undefined);
    const tokens = memoryStore();
    const auth = oauth({ ...app, store: tokens });
    const client = new BoxClient({ auth, env: context.env, ...(baseUrl && { baseUrl }) });
    try {
      const signIn = { context, options, auth, client, prompt };
      const user = options.browser ? await throughBrowser(signIn) : await byPasting(signIn);
      await writeProfile(path, { ...app, ...(baseUrl && { baseUrl }), login: user.login });
      const granted = await tokens.read();
      const store = fileStore(tokensPath(path));
      if (granted !== undefined) await store.withLock(() => store.write(granted));
      tell(context, options, user);
      return ExitCode.done;
    } finally {
      await client.close();
    }
  } finally {
    prompt.close();
  }
}

async function throughBrowser(signIn: SignIn): Promise<BoxUser> {
  const { context, options } = signIn;
  const listener = await listenForRedirect(options.redirectUri);
  try {
    const attempt = begin(signIn, listener.redirectUri);
    context.output.event('login-url', { url: attempt.url });
    context.output.say(
      `Your browser opens now. If it does not, open this address in it:\n\n  ${attempt.url}\n\n` +
        'No browser on this machine? boxhaul login --no-browser\n',
    );
    await openBrowser(context, attempt.url);
    const redirect = await listener
      .next(patience(context.signal, options.timeout))
      .catch((error) => {
        throw context.signal.aborted ? error : nobodyCame(options.timeout, error);
      });
    return await answered(redirect, () =>
      finish(signIn, codeFrom(redirect.query, attempt.state), attempt),
    );
  } finally {
    await listener.close();
  }
}

/** For a machine without a browser: any other one shows the page, and its last address comes back by hand. */
async function byPasting(signIn: SignIn): Promise<BoxUser> {
  const { context, options, prompt } = signIn;
  const attempt = begin(signIn, options.redirectUri);
  context.output.event('login-url', { url: attempt.url });
  // Not for --quiet to drop: without it the question below cannot be answered.
  context.output.people.write(
    `Open this address in a browser on any machine and grant access:\n\n  ${attempt.url}\n\n` +
      'It ends on a page that cannot be shown: that is right. Copy the address of that page and paste\n' +
      'it here within 30 seconds: the code in it works no longer than that.\n\n',
  );
  const pasted = await prompt.ask('Address: ');
  if (pasted === undefined) {
    throw new CliError('standard input ended before an address or a code came', {
      ways: ['run boxhaul login --no-browser in a terminal, or pipe the address into it'],
      exitCode: ExitCode.notAuthorised,
    });
  }
  return finish(signIn, codeFromPasted(pasted, attempt.state), attempt);
}

/** What must be remembered between asking for a code and using it. */
interface Attempt {
  url: string;
  state: string;
  redirectUri: string;
  codeVerifier: string;
}

function begin({ auth }: SignIn, redirectUri: string): Attempt {
  const state = newState();
  const { codeVerifier, codeChallenge } = newPkce();
  const url = auth.authorizationUrl({ redirectUri, state, codeChallenge });
  return { url, state, redirectUri, codeVerifier };
}

async function finish(
  { auth, client, context }: SignIn,
  code: string,
  { redirectUri, codeVerifier }: Attempt,
): Promise<BoxUser> {
  await auth.exchangeCode(code, { redirectUri, codeVerifier, signal: context.signal });
  return client.users.me({ signal: context.signal });
}

/** Tells the browser how it ended, whichever way that is. */
async function answered(redirect: Redirect, work: () => Promise<BoxUser>): Promise<BoxUser> {
  try {
    const user = await work();
    const text = `boxhaul now works as ${user.name}. You can close this page and go back to the terminal.`;
    await redirect.show({ title: 'Signed in', text, succeeded: true });
    return user;
  } catch (error) {
    const text = 'The terminal says why and what to do. You can close this page.';
    await redirect.show({ title: 'Not signed in', text, succeeded: false });
    throw error;
  }
}

function patience(signal: AbortSignal, timeoutMs: number): AbortSignal {
  return AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
}

function nobodyCame(timeoutMs: number, cause: unknown): CliError {
  return new CliError(`no answer came from the browser in ${formatSeconds(timeoutMs / 1000)}`, {
    ways: [
      'boxhaul login                 opens the page again',
      'boxhaul login --no-browser    for a browser on another machine: paste what it ends on',
    ],
    exitCode: ExitCode.notAuthorised,
    cause,
  });
}

function tell({ output }: CommandContext, { profile }: LoginCommandOptions, user: BoxUser): void {
  const { id, name, login } = user;
  output.event('login', { profile, id, name, login });
  const use = profile === 'default' ? 'boxhaul ls /' : `boxhaul ls / --profile ${profile}`;
  output.say(`Signed in as ${output.style.bold(String(name))} (${login}). Try: ${use}`);
}
