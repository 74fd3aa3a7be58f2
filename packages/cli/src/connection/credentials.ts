/** Which credentials a command line asks for, and where each was found. Nothing is read or checked yet. */
import { access } from 'node:fs/promises';
import { homedir } from 'node:os';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { defaultProfile, profilePath } from './profile-path.ts';

/** Where a setting came from, in words that a person can search for. */
type Source = '--config' | '--token' | 'the environment' | '.env';

export type Credentials =
  | { readonly kind: 'local' }
  /** An app's JSON config; `path` is absolute. */
  | { readonly kind: 'app'; readonly path: string; readonly source: Source }
  | { readonly kind: 'token'; readonly token: string; readonly source: Source }
  /** An account that `boxhaul login` stored; `path` is its file. */
  | { readonly kind: 'profile'; readonly name: string; readonly path: string };

/**
 * Finds the credentials. What was typed beats what the environment says; in each of the two the order
 * is: --local, a config file, a token, a profile.
 *
 * @throws CliError when there are none (exit 3), or when two are typed at once (exit 2).
 */
export async function findCredentials(context: CommandContext): Promise<Credentials> {
  return (
    (await typedCredentials(context)) ??
    environmentCredentials(context) ??
    (await storedCredentials(context)) ??
    failWithout()
  );
}

async function typedCredentials(context: CommandContext): Promise<Credentials | undefined> {
  const { local, config, token, profile } = context.options;
  const typed = [
    ...(local ? ['--local'] : []),
    ...(config === undefined ? [] : ['--config']),
    ...(token === undefined ? [] : ['--token']),
    ...(profile === undefined ? [] : ['--profile']),
  ];
  if (typed.length > 1) {
    throw new CliError(`${typed.join(' and ')} say different things about who you are`, {
      ways: ['give one of them'],
    });
  }
  if (local) return { kind: 'local' };
  if (config !== undefined) {
    return { kind: 'app', path: resolve(context.cwd, config), source: '--config' };
  }
  if (token !== undefined) return { kind: 'token', token: checkedToken(token), source: '--token' };
  if (profile === undefined) return undefined;
  return await namedProfile(profile, context);
}

function environmentCredentials({ env, envFile, cwd }: CommandContext): Credentials | undefined {
  const source = (name: string): Source => (envFile?.names.has(name) ? '.env' : 'the environment');
  const { BOX_CONFIG_PATH: config, BOX_DEVELOPER_TOKEN: token } = env;
  if (config) {
    // No shell has looked at a value in .env.
    const path = config.startsWith('~/') ? resolve(homedir(), config.slice(2)) : config;
    return { kind: 'app', path: resolve(cwd, path), source: source('BOX_CONFIG_PATH') };
  }
  if (!token) return undefined;
  return { kind: 'token', token: checkedToken(token), source: source('BOX_DEVELOPER_TOKEN') };
}

async function storedCredentials({ env }: CommandContext): Promise<Credentials | undefined> {
  const path = await profilePath(defaultProfile, env);
  return (await exists(path)) ? { kind: 'profile', name: defaultProfile, path } : undefined;
}

async function namedProfile(name: string, { env }: CommandContext): Promise<Credentials> {
  const path = await profilePath(name, env);
  if (await exists(path)) return { kind: 'profile', name, path };
  throw new CliError(`there is no profile "${name}"`, {
    ways: [`boxhaul login --profile ${name}`],
    exitCode: ExitCode.notAuthorised,
  });
}

/** A token goes into a header: a line break or a blank in it is a slip of the clipboard. */
function checkedToken(token: string): string {
  const trimmed = token.trim();
  if (/^[\x21-\x7e]+$/.test(trimmed)) return trimmed;
  throw new CliError(
    trimmed === '' ? 'the token is empty' : 'the token has characters in it that no token has',
    {
      ways: ['copy it again from the developer console: Configuration, Generate Developer Token'],
      exitCode: ExitCode.notAuthorised,
    },
  );
}

function failWithout(): never {
  throw new CliError('no credentials', {
    ways: [
      'boxhaul login                            your own account, in the browser',
      'export BOX_DEVELOPER_TOKEN=…             an hour, for trying things',
      'boxhaul … -c config.json                 a JWT or client-credentials app',
      'boxhaul … --local                        no account: a Box on this machine',
    ],
    exitCode: ExitCode.notAuthorised,
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}
