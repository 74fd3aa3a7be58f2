/** How each kind of credentials reaches its Box. */
import { type Authenticator, developerToken } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { baseUrlOf } from './base-url.ts';
import type { Credentials } from './credentials.ts';
import { startLocalBox } from './local-box.ts';

export interface Access {
  readonly auth: Authenticator;
  readonly baseUrl?: string | undefined;
  /** Whose credentials these are, without secrets. */
  readonly words: string;
  readonly close?: () => Promise<void>;
}

/** What checks files of people and signs is loaded where it is asked for: a token needs none of it. */
export async function accessWith(
  credentials: Credentials,
  context: CommandContext,
): Promise<Access> {
  switch (credentials.kind) {
    case 'local':
      return await localAccess(context);
    case 'app':
      return await (await import('./app-access.ts')).appAccess(credentials, context);
    case 'token':
      if (credentials.source === '.env') warnOfOpenEnvFile(context);
      return {
        auth: developerToken(credentials.token),
        baseUrl: baseUrlOf(context),
        words: `the token from ${credentials.source}`,
      };
    case 'profile':
      return await (await import('./profile-access.ts')).profileAccess(credentials, context);
  }
}

async function localAccess({ options, env }: CommandContext): Promise<Access> {
  if (options.baseUrl !== undefined) {
    throw new CliError('--local and --base-url say different things about which Box', {
      ways: ['give one of them'],
    });
  }
  const emulator = await startLocalBox(env);
  return {
    auth: developerToken(emulator.token),
    baseUrl: emulator.url,
    words: 'the Box on this machine',
    close: () => emulator.close(),
  };
}

/**
 * Not refused, as a config file is: a developer token lasts an hour, and `.env` files are made with the
 * usual mode by many tools.
 */
function warnOfOpenEnvFile({ envFile, options, output }: CommandContext): void {
  if (!envFile?.isOpenToOthers || options.insecureConfig || output.quiet) return;
  output.warn(
    `${output.errorStyle.yellow('warning:')} .env can be read by other users, and it holds a token (chmod 600 .env)`,
  );
}
