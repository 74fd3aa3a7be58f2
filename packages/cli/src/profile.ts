import { join } from 'node:path';
import { CliError } from './cli-error.ts';
import { userDirectories } from './directories.ts';

/** The profile that is used when none is named. */
export const defaultProfile = 'default';

/**
 * The file of a profile that `boxhaul login` stores: `<user config>/profiles/<name>.json`.
 *
 * @throws CliError when the name is not one (letters, digits, `-`, `_`, `.`).
 */
export async function profilePath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if (!/^[\w-][\w.-]{0,63}$/.test(name)) {
    throw new CliError(`"${name}" cannot be the name of a profile`, {
      ways: ['use letters, digits, - and _: --profile work'],
    });
  }
  const { config } = await userDirectories(env);
  return join(config, 'profiles', `${name}.json`);
}
