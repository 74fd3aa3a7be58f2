/** Where the accounts that `boxhaul login` stored are: apart from what reads them, which not every command needs. */
import { join } from 'node:path';
import { CliError } from '../cli-error.ts';
import { userDirectories } from '../files/directories.ts';

/** The profile that is used when none is named. */
export const defaultProfile = 'default';

/** What the name of the file with a profile's tokens has more than the profile's own. */
export const tokensSuffix = '.tokens';

/**
 * The file of a profile: `<user config>/profiles/<name>.json`.
 *
 * @throws CliError when the name is not one (letters, digits, `-`, `_`, `.`).
 */
export async function profilePath(
  name: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  if (!/^[\w-][\w.-]{0,63}$/.test(name) || name.endsWith(tokensSuffix)) {
    throw new CliError(`"${name}" cannot be the name of a profile`, {
      ways: ['use letters, digits, - and _: --profile work'],
    });
  }
  const { config } = await userDirectories(env);
  return join(config, 'profiles', `${name}.json`);
}

/** Where the tokens of the profile in the file `path` are: for the client's `fileStore`. */
export function tokensPath(path: string): string {
  return path.replace(/\.json$/, `${tokensSuffix}.json`);
}
