import type { BoxCollaboration, Collaborator } from '@boxhaul/client';
import type { CollaborationDetails } from '../details.ts';
import type { Carriage } from './carry-details.ts';
import { mapped } from './people.ts';

/** Who may do what with the item; nobody is sent a mail about it. */
export async function carryCollaborations(
  wanted: readonly CollaborationDetails[],
  carriage: Carriage,
): Promise<void> {
  const { item, outcome } = carriage;
  if (wanted.length === 0) return;
  if (item.type === 'web_link') {
    outcome.lacks('collaboration', 'not-for-web-links', 'web links have no collaborators');
    return;
  }
  const there = item.isNew ? [] : await collaborationsOn(carriage);
  if (!there) return;
  for (const one of wanted) await invite(one, there, carriage);
}

/** @returns undefined if they cannot be seen, which is a gap */
function collaborationsOn({ item, context, outcome }: Carriage) {
  const { client, signal, expect } = context;
  expect(1);
  return outcome.attempt('collaboration', 'who is there', context, () =>
    Array.fromAsync(client.collaborations.list(referenceOf(item), { signal })),
  );
}

function referenceOf({ type, id }: Carriage['item']) {
  return { type: type === 'folder' ? 'folder' : 'file', id } as const;
}

async function invite(
  wanted: CollaborationDetails,
  there: readonly BoxCollaboration[],
  carriage: Carriage,
): Promise<void> {
  const { item, context, outcome } = carriage;
  const { client, signal, expect } = context;
  const { role, expiresAt, canViewPath } = wanted;
  const found = await whoIs(wanted, carriage);
  if (!found) return;
  const { who, name } = found;
  const standing = there.find((one) => isOf(one, who));
  if (standing) {
    if (standing.role === role) return;
    const words = `${name} was ${role}, and is ${standing.role ?? 'something else'} here already`;
    outcome.lacks('collaboration', 'other-role', words);
    return;
  }
  expect(1);
  await outcome.attempt('collaboration', `${name} as ${role}`, context, async () => {
    const details = { ...who, item: referenceOf(item), role, expiresAt };
    await client.collaborations.create(
      { ...details, ...(canViewPath && item.type === 'folder' && { canViewPath }) },
      { notify: false, signal },
    );
    outcome.did('collaboration');
  });
}

/** Who it is in the target; undefined if that is nobody, or who owns all that is made there. */
async function whoIs(
  { who }: CollaborationDetails,
  carriage: Carriage,
): Promise<{ who: Collaborator; name: string } | undefined> {
  const { context, target, outcome } = carriage;
  if ('group' in who) {
    const name = `group "${who.group}"`;
    const found = await outcome.attempt('collaboration', name, context, async () => ({
      groupId: await target.groupId(who.group, context),
    }));
    if (!found) return undefined;
    if (found.groupId !== undefined) return { who: { groupId: found.groupId }, name };
    outcome.lacks('collaboration', 'no-group', `there is no ${name}`);
    return undefined;
  }
  const login = mapped(who, 'collaboration', carriage);
  if (login === undefined) return undefined;
  const own = await outcome.attempt('collaboration', login, context, () => target.login(context));
  return own === undefined || own === login ? undefined : { who: { login }, name: login };
}

function isOf({ accessible_by: by, invite_email: email }: BoxCollaboration, who: Collaborator) {
  if ('groupId' in who) return by?.type === 'group' && by.id === who.groupId;
  if (!('login' in who)) return false;
  const login = by?.type === 'user' ? by.login : email;
  return login?.toLowerCase() === who.login;
}
