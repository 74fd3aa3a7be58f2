import type { BoxClient, BoxUser } from '@boxhaul/client';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatBytes } from '../output/format.ts';
import { openProblems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { noSuchUser, userIdOf } from '../people.ts';

export interface UsersListOptions {
  readonly kind: 'managed' | 'external' | 'all';
  readonly externalId?: string;
}

const LISTED = ['name', 'login', 'status', 'role', 'space_used', 'space_amount'];

/** `boxhaul users list [beginning]`. */
export async function runUsersList(
  context: CommandContext,
  beginning: string | undefined,
  { kind, externalId }: UsersListOptions,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  const { client, close } = await openConnection(context);
  try {
    const users = client.users.list({
      filterTerm: beginning,
      userType: kind,
      externalAppUserId: externalId,
      fields: LISTED,
      signal,
    });
    let isNone = true;
    for await (const user of users) {
      output.event('person', personOf(user));
      output.print(lineOf(user));
      isNone = false;
      await room(stdout, signal);
    }
    if (isNone && output.people.isTTY) output.say('there is nobody like that');
    return ExitCode.done;
  } finally {
    await close();
  }
}

/** What Box tells of a user only where it is asked for, beside the standard form. */
const SHOWN = [
  ...LISTED,
  'created_at',
  'modified_at',
  'language',
  'timezone',
  'max_upload_size',
  'job_title',
  'phone',
  'address',
  'notification_email',
  'enterprise',
  'tracking_codes',
  'is_sync_enabled',
  'is_external_collab_restricted',
  'is_exempt_from_device_limits',
  'is_exempt_from_login_verification',
  'is_platform_access_only',
  'external_app_user_id',
];

/** `boxhaul users show <users…>`. */
export async function runUsersShow(
  context: CommandContext,
  words: readonly string[],
): Promise<ExitCode> {
  const { output, signal } = context;
  const { client, close } = await openConnection(context);
  try {
    const problems = openProblems(context);
    for (const [index, word] of words.entries()) {
      try {
        const fields = { fields: SHOWN, signal };
        const user =
          word === 'me' ? await client.users.me(fields) : await named(word, client, fields);
        const groups: string[] = [];
        for await (const { group } of client.groupMemberships.list(
          { userId: user.id },
          { signal },
        )) {
          if (group) groups.push(group.name);
        }
        output.event('person', { ...personOf(user), groups, user });
        if (index > 0) output.print('');
        for (const line of detailsOf(user, groups)) output.print(line);
      } catch (error) {
        if (words.length === 1) throw error;
        problems.report(error, word);
      }
    }
    return problems.exitCode;
  } finally {
    await close();
  }
}

async function named(
  word: string,
  client: BoxClient,
  options: { readonly fields: readonly string[]; readonly signal: AbortSignal },
): Promise<BoxUser> {
  const id = await userIdOf(client, word, { signal: options.signal, ways: WAYS });
  try {
    return await client.users.get(id, options);
  } catch (error) {
    throw noSuchUser(error, id);
  }
}

const WAYS = ['boxhaul users list    shows who there is'];

function personOf(user: BoxUser): Record<string, unknown> {
  const { id, name, login, status, role, space_used: used, space_amount: amount } = user;
  return { id, name, login, status, role, spaceUsedBytes: used, spaceAmountBytes: amount };
}

/** `12345  ann@example.com  active  1.2 of 50 GB  Ann Example`. */
function lineOf(user: BoxUser): string {
  const { id, name, login, status = '-', space_used: used = 0, space_amount: amount } = user;
  const most = amount === undefined || amount < 0 ? '' : ` of ${formatBytes(amount)}`;
  return [
    id.padEnd(12),
    printable(login || '-').padEnd(32),
    status.padEnd(9),
    `${formatBytes(used)}${most}`.padStart(18),
    printable(name),
  ].join('  ');
}

/** Each thing that is known, a line each. */
function detailsOf(user: BoxUser, groups: readonly string[]): string[] {
  const { type: _, ...known } = user;
  const rows = Object.entries({ ...known, groups }).flatMap(([name, value]) => {
    const words = wordsOf(name, value);
    return words === '' ? [] : [`${name.replaceAll('_', ' ').padEnd(34)}${printable(words)}`];
  });
  return rows;
}

function wordsOf(name: string, value: unknown): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'number' && /^(space|max)/.test(name)) {
    return value < 0 ? 'unlimited' : formatBytes(value);
  }
  if (Array.isArray(value)) return value.map((one) => wordsOf('', one)).join(', ');
  if (typeof value !== 'object') return String(value);
  return Object.entries(value)
    .filter(([key]) => key !== 'type')
    .map(([, one]) => String(one))
    .join(' ');
}
