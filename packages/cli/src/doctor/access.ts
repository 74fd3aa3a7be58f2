import {
  BoxAuthError,
  type BoxFolder,
  type BoxUser,
  InputError,
  isBoxError,
  resolveReference,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { Connection } from '../connection/connection.ts';
import type { Credentials } from '../connection/credentials.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import type { Checkup } from './checkup.ts';

/** Box grants a token, and says for whom. */
export async function checkToken(
  { signal }: CommandContext,
  checkup: Checkup,
  credentials: Credentials,
  { client }: Connection,
): Promise<BoxUser> {
  return checkup.check(
    'token',
    async () => {
      try {
        return await client.users.me({ signal });
      } catch (error) {
        throw error instanceof BoxAuthError ? notGranted(error, credentials) : error;
      }
    },
    (user) =>
      `token granted: ${isServiceAccount(user) ? 'service account' : user.name} <${user.login}>`,
  );
}

/** The account reaches the folder, and may put something into it. */
export async function checkFolder(
  { signal }: CommandContext,
  checkup: Checkup,
  { client }: Connection,
  user: BoxUser,
  folder: string,
): Promise<void> {
  const found = await checkup.check(
    'folder',
    async () => {
      try {
        const { id } = await resolveReference(client, folder, { expect: 'folder', signal });
        return await client.folders.get(id, { fields: ['name', 'permissions'], signal });
      } catch (error) {
        throw notReached(folder, user, error);
      }
    },
    ({ name, id }) => `folder ${name} (id ${id}) is reached`,
  );
  if (mayUpload(found) === false) {
    checkup.warn(
      'folder-permission',
      `this account may read the folder ${found.name}, but not upload to it`,
      [`in Box, make ${user.login} an editor of the folder`],
    );
  }
}

/** @see https://developer.box.com/reference/resources/folder--full/ `permissions`, given by `fields` only */
function mayUpload(folder: BoxFolder): boolean | undefined {
  return (folder as { permissions?: { can_upload?: boolean } }).permissions?.can_upload;
}

function notGranted(error: BoxAuthError, credentials: Credentials): CliError {
  return new CliError(error.message, {
    ways: tokenWays(credentials),
    exitCode: ExitCode.notAuthorised,
    cause: error,
  });
}

function tokenWays(credentials: Credentials): string[] {
  switch (credentials.kind) {
    case 'local':
      return [];
    case 'token':
      return ['get a new one in the developer console, then: export BOX_DEVELOPER_TOKEN=…'];
    case 'profile':
      return [`boxhaul login --profile ${credentials.name}`];
    case 'app':
      return [
        'check the app in https://app.box.com/developers/console, and its authorisation in the Admin Console',
      ];
  }
}

/** Box says the same of a folder that is not there and of one that this account may not see. */
function notReached(folder: string, user: BoxUser, error: unknown): unknown {
  const refusal = error instanceof InputError ? error.cause : error;
  const isHidden = isBoxError(refusal) && (refusal.status === 404 || refusal.status === 403);
  const isPath = error instanceof InputError && folder.startsWith('/');
  if (!isHidden && !isPath) return error;
  const who = isServiceAccount(user) ? "the app's service account" : user.login;
  return new CliError(isPath ? error.message : `folder ${folder}: not found with this account`, {
    details: [`${who} sees only folders of its own and those that it is a collaborator of`],
    ways: [
      `in Box, invite ${user.login} to the folder${isServiceAccount(user) ? ', or use --as-user' : ''}`,
    ],
    exitCode: ExitCode.failed,
    cause: error,
  });
}

/** https://developer.box.com/platform/user-types/ : service accounts have logins of this form. */
function isServiceAccount({ login }: BoxUser): boolean {
  return /^AutomationUser_/.test(login ?? '');
}
