import { BoxClient, fileStore, oauth } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { baseUrlOf } from '../connection/base-url.ts';
import { type Profile, profileNames, readProfile, removeProfile } from '../connection/profile.ts';
import { defaultProfile, profilePath, tokensPath } from '../connection/profile-path.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { explain } from '../output/explain.ts';
import { quoted } from '../output/quoted.ts';

/**
 * `boxhaul logout`: makes the tokens worthless at Box, then forgets them here. A Box that cannot be
 * reached leaves all as it was, since forgotten tokens that still work could never be revoked.
 */
export async function runLogout(context: CommandContext): Promise<ExitCode> {
  const name = context.options.profile ?? defaultProfile;
  const path = await profilePath(name, context.env);
  const profile = await readProfile(path);
  if (profile === undefined) throw await noProfile(context, name);
  await revoke(context, name, path, profile);
  await removeProfile(path);
  context.output.event('logout', { profile: name, login: profile.login ?? null });
  const whose = profile.login === undefined ? '' : ` of ${profile.login}`;
  context.output.say(
    `Signed out: the tokens${whose} are revoked, and the profile ${name} is gone.`,
  );
  return ExitCode.done;
}

async function revoke(
  context: CommandContext,
  name: string,
  path: string,
  profile: Profile,
): Promise<void> {
  const { clientId, clientSecret } = profile;
  const auth = oauth({ clientId, clientSecret, store: fileStore(tokensPath(path)) });
  const baseUrl = baseUrlOf(context) ?? profile.baseUrl;
  const client = new BoxClient({ auth, env: context.env, ...(baseUrl && { baseUrl }) });
  try {
    await auth.revoke({ signal: context.signal });
  } catch (error) {
    throw notRevoked(error, name, path);
  } finally {
    await client.close();
  }
}

function notRevoked(error: unknown, name: string, path: string): CliError {
  const { message, exitCode } = explain(error);
  return new CliError(`the tokens of the profile ${name} could not be revoked: ${message}`, {
    details: ['the profile is still stored, and still works'],
    ways: [
      `boxhaul logout --profile ${name}    once that is mended`,
      `rm ${quoted(tokensPath(path))} ${quoted(path)}    forgets it here, and revokes nothing`,
    ],
    exitCode,
    cause: error,
  });
}

async function noProfile({ env }: CommandContext, name: string): Promise<CliError> {
  const names = await profileNames(env);
  return new CliError(`there is no profile "${name}": nobody is signed in under it`, {
    ways:
      names.length === 0
        ? ['boxhaul login    signs in']
        : names.map((other) => `boxhaul logout --profile ${other}`),
  });
}
