import { type AppConfig, appAuth, fileStore, parseAppConfig } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { readConfigFile } from '../connection/config.ts';
import { type Credentials, findCredentials } from '../connection/credentials.ts';
import { readProfile } from '../connection/profile.ts';
import { tokensPath } from '../connection/profile-path.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { assertOwnerOnly } from '../files/owner-only.ts';
import type { Checkup } from './checkup.ts';

/** What there is to sign in with: found, readable by its owner only, well formed, its key opens. */
export async function checkCredentials(
  context: CommandContext,
  checkup: Checkup,
): Promise<Credentials> {
  const credentials = await checkup.check('credentials', () => findCredentials(context), found);
  if (credentials.kind === 'app') await checkApp(context, checkup, credentials.path);
  if (credentials.kind === 'profile') await checkProfile(context, checkup, credentials);
  return credentials;
}

function found(credentials: Credentials): string {
  switch (credentials.kind) {
    case 'local':
      return 'credentials: none needed, this is the Box on this machine';
    case 'app':
      return `credentials: the config ${credentials.path} (${sourceWords(credentials.source)})`;
    case 'token':
      return `credentials: a token (${sourceWords(credentials.source)})`;
    case 'profile':
      return `credentials: the profile ${credentials.name}`;
  }
}

function sourceWords(source: string): string {
  return source.startsWith('--') ? source : `from ${source}`;
}

async function checkApp(context: CommandContext, checkup: Checkup, path: string): Promise<void> {
  const file = await checkup.check(
    'mode',
    () => readConfigFile(path, { isInsecureAllowed: context.options.insecureConfig === true }),
    ({ mode }) => `config can be read (mode ${mode.toString(8)})`,
  );
  const config = await checkup.check(
    'config',
    async () => parseAppConfig(file.json, path),
    (app) => `config is complete (${kindOf(app)}, app ${shortened(app.boxAppSettings.clientID)})`,
  );
  if (config.boxAppSettings.appAuth === undefined) return;
  await checkup.check(
    'key',
    async () => appAuth(config),
    () => 'key opens',
  );
}

function kindOf({ boxAppSettings, enterpriseID, userID }: AppConfig): string {
  const grant = boxAppSettings.appAuth === undefined ? 'client credentials' : 'JWT';
  return userID === undefined ? `${grant}, enterprise ${enterpriseID}` : `${grant}, user ${userID}`;
}

async function checkProfile(
  context: CommandContext,
  checkup: Checkup,
  { name, path }: Extract<Credentials, { kind: 'profile' }>,
): Promise<void> {
  await checkup.check(
    'mode',
    async () => {
      for (const file of [path, tokensPath(path)]) {
        await assertOwnerOnly(file, {
          isInsecureAllowed: context.options.insecureConfig === true,
        });
      }
    },
    () => 'profile can be read by you only',
  );
  await checkup.check(
    'config',
    async () => {
      const profile = await readProfile(path);
      const tokens = await fileStore(tokensPath(path)).read();
      if (profile !== undefined && tokens !== undefined) return profile;
      throw new CliError(`the profile ${name} holds no login`, {
        ways: [`boxhaul login --profile ${name}`],
        exitCode: ExitCode.notAuthorised,
      });
    },
    ({ clientId, login }) =>
      `profile is complete (${login ?? 'OAuth 2'}, app ${shortened(clientId)})`,
  );
}

/** Enough of a client id to recognise it by. */
function shortened(clientId: string): string {
  return clientId.length > 8 ? `${clientId.slice(0, 6)}…` : clientId;
}
