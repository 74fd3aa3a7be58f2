import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import { readConfigFile } from '../connection/config.ts';
import type { Profile } from '../connection/profile.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Prompt } from '../prompt.ts';

/** The app that a person signs in to Box with. */
export interface LoginApp {
  clientId: string;
  clientSecret: string;
}

/** Where the app may be named on the command line. */
export interface LoginAppOptions {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly config?: string;
  readonly insecureConfig?: boolean;
}

/**
 * Which app to sign in with: what was typed, then a config file, then the environment, then the app
 * of the profile that is being renewed, then what a person at the terminal answers.
 *
 * @throws CliError that says how to get one, where there is none.
 */
export async function loginApp(
  context: CommandContext,
  options: LoginAppOptions,
  stored: Profile | undefined,
  prompt: Prompt,
): Promise<LoginApp> {
  const { BOX_CLIENT_ID, BOX_CLIENT_SECRET } = context.env;
  const fromFile = await appOfConfig(context, options);
  const clientId = options.clientId ?? fromFile?.clientId ?? BOX_CLIENT_ID ?? stored?.clientId;
  const clientSecret =
    options.clientSecret ??
    fromFile?.clientSecret ??
    BOX_CLIENT_SECRET ??
    // A stored secret belongs to the stored id, and to no other.
    (clientId === stored?.clientId ? stored?.clientSecret : undefined);
  if (clientId && clientSecret) return { clientId, clientSecret };
  if (context.stdin.isTTY !== true) throw noApp();
  return askForApp(context, prompt, clientId);
}

async function askForApp(
  { output }: CommandContext,
  prompt: Prompt,
  knownId: string | undefined,
): Promise<LoginApp> {
  output.say(consoleWords.join('\n'));
  const clientId = knownId || (await prompt.ask('Client id: '));
  const clientSecret = await prompt.ask('Client secret (not shown): ', { hidden: true });
  if (!clientId || !clientSecret) throw noApp();
  return { clientId, clientSecret };
}

async function appOfConfig(
  { cwd }: CommandContext,
  { config, insecureConfig }: LoginAppOptions,
): Promise<LoginApp | undefined> {
  if (config === undefined) return undefined;
  const { path, json } = await readConfigFile(resolve(cwd, config), {
    isInsecureAllowed: insecureConfig === true,
  });
  const { clientID, clientSecret } = settingsOf(json);
  if (typeof clientID === 'string' && typeof clientSecret === 'string') {
    return { clientId: clientID, clientSecret };
  }
  throw new CliError(`${path} has no boxAppSettings.clientID and boxAppSettings.clientSecret`, {
    ways: ['boxhaul login --client-id … --client-secret …'],
  });
}

function settingsOf(json: unknown): { clientID?: unknown; clientSecret?: unknown } {
  const settings = (json as { boxAppSettings?: unknown } | null)?.boxAppSettings;
  return typeof settings === 'object' && settings !== null ? settings : {};
}

const consoleWords = [
  'To sign in, boxhaul needs an app of yours in Box (https://app.box.com/developers/console):',
  '  a custom app with User Authentication (OAuth 2.0), and http://127.0.0.1/callback among its redirect URIs',
];

function noApp(): CliError {
  return new CliError('to sign in, the client id and secret of an app are needed', {
    details: [
      'they are those of a custom app with User Authentication (OAuth 2.0) and the redirect URI',
      'http://127.0.0.1/callback',
    ],
    ways: [
      'https://app.box.com/developers/console    has such an app, or makes one',
      'export BOX_CLIENT_ID=… BOX_CLIENT_SECRET=…    then: boxhaul login',
    ],
    exitCode: ExitCode.notAuthorised,
  });
}
