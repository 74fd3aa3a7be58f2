/** `boxhaul users create|update|delete`. */
import { type BoxUser, isBoxError, type UserChanges } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { ExitCode } from '../exit-codes.ts';
import { noSuchUser, userIdOf } from '../people.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import { spaceBytes } from '../verbs/people/user-columns.ts';
import type { UserCreateRow } from '../verbs/people/user-create.ts';
import type { UserDeleteRow } from '../verbs/people/user-delete.ts';
import type { UserUpdateRow } from '../verbs/people/user-update.ts';
import { madeSince } from './made-since.ts';

export const create: Doing<UserCreateRow> = {
  async find(row, context) {
    const { name, login } = row;
    const words = `${name} ${login === undefined ? '(of the app)' : `<${login}>`}`;
    const there = await alreadyThere(row, context);
    if (there) return { words, because: `there is a user of this kind already: ${there.id}` };
    return {
      words,
      make: async () => {
        const { client, signal } = context;
        const settings = { ...settingsOf(row), name };
        const user = login === undefined ? settings : { ...settings, login };
        const made = await client.users.create(user, { signal });
        return { id: made.id, fields: { login: made.login } };
      },
    };
  },

  /** Two users of the app may have the same name: of those, one that was made since the row was begun. */
  async isMade(row, begun, context) {
    const { client, signal } = context;
    const words = row.name;
    const there = await alreadyThere(row, context);
    if (there) return { id: there.id, words };
    if (row.login !== undefined || row.externalId !== undefined) return undefined;
    const isSince = await madeSince(client, begun, signal);
    const fields = ['name', 'created_at', 'is_platform_access_only'];
    for await (const user of client.users.list({ filterTerm: row.name, fields, signal })) {
      const isIt = user.is_platform_access_only === true && user.name === row.name;
      if (isIt && isSince(user.created_at) && begun.take(user.id)) return { id: user.id, words };
    }
    return undefined;
  },
};

export const update: Doing<UserUpdateRow> = {
  async find(row, context) {
    const { client, signal } = context;
    const id = await idOf(row.user, context);
    const wanted: UserChanges = { ...settingsOf(row), name: row.name, login: row.login };
    const fields = [...new Set(['name', 'login', ...Object.values(BOX_NAMES)])];
    const user: Readonly<Record<string, unknown>> = { ...(await getUser(id, fields, context)) };
    const changes = Object.entries(wanted).filter(
      ([name, value]) => value !== undefined && user[boxName(name)] !== value,
    );
    const words = `${row.user}   ${changes.map(([name, value]) => `${boxName(name)}: ${value}`).join(', ')}`;
    if (changes.length === 0) return { words: row.user, because: 'it is so already' };
    return {
      words,
      make: async () => {
        await client.users.update(id, Object.fromEntries(changes), { signal });
        return { id };
      },
    };
  },
};

export const remove: Doing<UserDeleteRow> = {
  async find({ user: word, transferTo, force, noMail }, context) {
    const { client, signal } = context;
    const id = await idOf(word, context);
    const user = await getUser(id, ['name', 'login'], context);
    const heir = transferTo === undefined ? undefined : await idOf(transferTo, context);
    if (heir === id) throw new CliError('what they own cannot be given to themselves');
    const how = heir === undefined ? (force ? '   with all they own' : '') : `   to ${transferTo}`;
    return {
      words: `${user.name} <${user.login || id}>${how}`,
      subject: { userId: id },
      make: async () => {
        const mail = noMail ? { notify: false } : {};
        // What takes no space, such as empty folders, is theirs as well.
        if (heir !== undefined && !(await ownsNothing(id, context))) {
          await client.users.transferContent(id, heir, { ...mail, signal });
        }
        try {
          await client.users.delete(id, { ...mail, signal, ...(force && { force }) });
        } catch (error) {
          throw force ? error : ownsSomething(error, word);
        }
        return { id };
      },
    };
  },

  async isMade({ user }, { subject: { userId = '' } }, { client, signal }) {
    try {
      await client.users.get(userId, { fields: ['name'], signal });
      return undefined;
    } catch (error) {
      if (isBoxError(error) && error.status === 404) return { id: userId, words: user };
      throw error;
    }
  },
};

const WAYS = ['boxhaul users list    shows who there is'];

async function idOf(word: string, { client, signal, once }: VerbContext): Promise<string> {
  return await once(`user ${word}`, () => userIdOf(client, word, { signal, ways: WAYS }));
}

async function getUser(
  id: string,
  fields: readonly string[],
  { client, signal }: VerbContext,
): Promise<BoxUser> {
  try {
    return await client.users.get(id, { fields, signal });
  } catch (error) {
    throw noSuchUser(error, id);
  }
}

/**
 * Whether all is given away, as it is after a run that ended between the two steps: to do it again would make another
 * folder, an empty one. Where the app may not act for users it cannot be known.
 */
async function ownsNothing(id: string, { client, signal }: VerbContext): Promise<boolean> {
  const own = client.asUser(id);
  try {
    for await (const item of own.folders.items('0', { fields: ['owned_by'], signal })) {
      if (item.owned_by === undefined || item.owned_by.id === id) return false;
    }
    for await (const _trashed of own.trash.items({ fields: ['id'], signal })) return false;
    return true;
  } catch (error) {
    if (isBoxError(error) && [400, 403, 404].includes(error.status)) return false;
    throw error;
  }
}

async function alreadyThere(
  { login, externalId }: UserCreateRow,
  { client, signal }: VerbContext,
): Promise<BoxUser | undefined> {
  const fields = ['name', 'login'];
  if (externalId !== undefined) {
    for await (const user of client.users.list({ externalAppUserId: externalId, fields, signal })) {
      return user;
    }
  }
  if (login === undefined) return undefined;
  for await (const user of client.users.list({ filterTerm: login, fields, signal })) {
    if (user.login.toLowerCase() === login.toLowerCase()) return user;
  }
  return undefined;
}

function settingsOf(row: UserCreateRow | UserUpdateRow): Omit<UserChanges, 'name' | 'login'> {
  const { role, status, space, externalId, jobTitle, phone, address, language, timezone } = row;
  return {
    role,
    status,
    spaceAmountBytes: space === undefined ? undefined : spaceBytes(space),
    externalAppUserId: externalId,
    jobTitle,
    phone,
    address,
    language,
    timezone,
  };
}

const BOX_NAMES: Readonly<Record<string, string>> = {
  role: 'role',
  status: 'status',
  spaceAmountBytes: 'space_amount',
  externalAppUserId: 'external_app_user_id',
  jobTitle: 'job_title',
  phone: 'phone',
  address: 'address',
  language: 'language',
  timezone: 'timezone',
};

function boxName(name: string): string {
  return BOX_NAMES[name] ?? name;
}

/** Box refuses to delete who owns something, in words of several kinds. */
function ownsSomething(error: unknown, word: string): unknown {
  if (!isBoxError(error) || ![400, 403, 409].includes(error.status)) return error;
  return new CliError(`${word} was not deleted: ${error.message}`, {
    ways: [
      '--transfer-to <user>    gives what they own to someone first',
      '--force    deletes it with them',
    ],
    exitCode: ExitCode.failed,
    cause: error,
  });
}
