/** An app of the developer console, by its config file. */
import { appAuth, parseAppConfig } from '@boxhaul/client';
import type { CommandContext } from '../context.ts';
import type { Access } from './access.ts';
import { baseUrlOf } from './base-url.ts';
import { readConfigFile } from './config.ts';
import type { Credentials } from './credentials.ts';

export async function appAccess(
  { path }: Extract<Credentials, { kind: 'app' }>,
  context: CommandContext,
): Promise<Access> {
  const file = await readConfigFile(path, {
    isInsecureAllowed: context.options.insecureConfig === true,
  });
  return {
    auth: appAuth(parseAppConfig(file.json, path)),
    baseUrl: baseUrlOf(context),
    words: `the config ${path}`,
  };
}
