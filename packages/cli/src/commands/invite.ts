import {
  type BoxClient,
  type BoxCollaboration,
  type CollaborationChanges,
  type Collaborator,
  isBoxError,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { groupIdOf, noSuchUser } from '../people.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { InviteRow } from '../verbs/tidy/invite.ts';
import { assertAhead, assertNotRoot, wordsOf } from './items.ts';

/** `boxhaul invite`. Inviting someone twice gives the same, so that a row may be done again. */
export const invite: Doing<InviteRow> = {
  async find(row, context) {
    const place = await context.item(row.path);
    assertNotRoot(place, 'shared with collaborators');
    const { item, client } = place;
    if (item.type === 'web_link') {
      throw new CliError(`${wordsOf(place)} is a web link, to which nobody can be invited`);
    }
    const who = await whoIn(row, context);
    const { role, expires, canViewPath, noMail } = row;
    assertAhead(expires);
    const { signal } = context;
    const name = row.group ?? row.login ?? '';
    const words = `${wordsOf(place)}   ${name} as ${role}`;
    return {
      words,
      make: async () => {
        const on = { type: item.type, id: item.id };
        try {
          const made = await client.collaborations.create(
            {
              ...who,
              item: on,
              role,
              ...(expires && { expiresAt: expires }),
              ...(canViewPath && { canViewPath }),
            },
            { signal, ...(noMail && { notify: false }), fields: ['role', 'status'] },
          );
          return { id: made.id, fields: { status: made.status ?? 'accepted' } };
        } catch (error) {
          if (!isBoxError(error, 'user_already_collaborator')) {
            throw 'userId' in who ? noSuchUser(error, who.userId) : error;
          }
          const there = await collaborationOf(client, on, who, signal);
          if (there === undefined) throw error;
          return await asTheRowSays(client, there, row, { words, signal });
        }
      },
    };
  },
};

/** Changes what differs of a collaboration that is there. */
async function asTheRowSays(
  client: BoxClient,
  there: BoxCollaboration,
  row: InviteRow,
  { words, signal }: { readonly words: string; readonly signal: AbortSignal },
) {
  const { id, role: before, status } = there;
  if (before === 'owner') throw new CliError('they own it, and can do everything as it is');
  const changes = differing(there, row);
  if (Object.keys(changes).length === 0) return { because: `${before} they are already` };
  await client.collaborations.update(id, changes, { signal });
  return {
    id,
    fields: { status: status ?? 'accepted', before: before ?? '' },
    ...(changes.role && { words: `${words}, ${before} before` }),
  };
}

function differing(
  { role, expires_at: expiresAt, can_view_path: seesPath }: BoxCollaboration,
  row: InviteRow,
): CollaborationChanges {
  // Box dates in whole seconds.
  const seconds = (time: string | Date) => Math.floor(new Date(time).getTime() / 1000);
  const endsThen = expiresAt && row.expires && seconds(expiresAt) === seconds(row.expires);
  return {
    ...(role !== row.role && { role: row.role }),
    ...(row.expires && !endsThen && { expiresAt: row.expires }),
    ...(row.canViewPath && !seesPath && { canViewPath: true }),
  };
}

async function whoIn({ login, group }: InviteRow, context: VerbContext): Promise<Collaborator> {
  if (group !== undefined)
    return {
      groupId: await context.once(`group ${group}`, () =>
        groupIdOf(context.client, group, context.signal),
      ),
    };
  if (login === undefined) throw new CliError('it is not said who');
  return /^\d+$/.test(login) ? { userId: login } : { login };
}

/** Theirs, among all of the item. */
async function collaborationOf(
  client: BoxClient,
  item: { readonly type: 'file' | 'folder'; readonly id: string },
  who: Collaborator,
  signal: AbortSignal,
): Promise<BoxCollaboration | undefined> {
  const fields = ['accessible_by', 'invite_email', 'role', 'status', 'expires_at', 'can_view_path'];
  for await (const found of client.collaborations.list(item, { fields, signal })) {
    if (isOf(found, who)) return found;
  }
  return undefined;
}

function isOf(
  { accessible_by: by, invite_email: mail }: BoxCollaboration,
  who: Collaborator,
): boolean {
  if ('groupId' in who) return by?.type === 'group' && by.id === who.groupId;
  if ('userId' in who) return by?.type === 'user' && by.id === who.userId;
  const login = who.login.toLowerCase();
  return mail?.toLowerCase() === login || (by?.type === 'user' && by.login.toLowerCase() === login);
}
