/** An account that `boxhaul login` stored. */
import { fileStore, oauth } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { assertOwnerOnly } from '../files/owner-only.ts';
import type { Access } from './access.ts';
import { baseUrlOf } from './base-url.ts';
import type { Credentials } from './credentials.ts';
import { readProfile } from './profile.ts';
import { tokensPath } from './profile-path.ts';

export async function profileAccess(
  { name, path }: Extract<Credentials, { kind: 'profile' }>,
  context: CommandContext,
): Promise<Access> {
  const profile = await readProfile(path);
  if (profile === undefined) throw new CliError(`there is no profile "${name}"`);
  for (const file of [path, tokensPath(path)]) {
    await assertOwnerOnly(file, { isInsecureAllowed: context.options.insecureConfig === true });
  }
  const { clientId, clientSecret } = profile;
  return {
    auth: oauth({ clientId, clientSecret, store: fileStore(tokensPath(path)) }),
    baseUrl: baseUrlOf(context) ?? profile.baseUrl,
    words: `the profile ${name}`,
  };
}
