/** `boxhaul groups create|add|remove|delete`. */
import { type BoxGroupMembership, isBoxError } from '@boxhaul/client';
import { groupIdOf, groupsNamed, membersOf, noSuchGroup, noSuchUser, userIdOf } from '../people.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { GroupCreateRow } from '../verbs/people/group-create.ts';
import type { GroupDeleteRow } from '../verbs/people/group-delete.ts';
import type { GroupAddRow, GroupRemoveRow } from '../verbs/people/group-members.ts';

export const create: Doing<GroupCreateRow> = {
  async find(row, { client, signal }) {
    const { name, description, invitedBy, seenBy, provenance, externalId } = row;
    const [there] = await groupsNamed(client, name, signal);
    if (there !== undefined) return { words: name, because: `it is there already: ${there}` };
    return {
      words: name,
      make: async () => {
        const made = await client.groups.create(
          {
            name,
            description,
            provenance,
            externalSyncIdentifier: externalId,
            invitabilityLevel: invitedBy,
            memberViewabilityLevel: seenBy,
          },
          { signal },
        );
        return { id: made.id };
      },
    };
  },

  /** No two groups of an enterprise have the same name. */
  async isMade({ name }, _begun, { client, signal }) {
    const [id] = await groupsNamed(client, name, signal);
    return id === undefined ? undefined : { id, words: name };
  },
};

export const add: Doing<GroupAddRow> = {
  async find({ group, user, role = 'member' }, context) {
    const { client, signal } = context;
    const { groupId, userId, membership } = await membershipOf({ group, user }, context);
    const words = `${user} → ${group}${role === 'admin' ? ' as admin' : ''}`;
    if (membership?.role === role) return { words, because: 'it is so already' };
    return {
      words,
      make: async () => {
        const { id } = membership
          ? await client.groupMemberships.update(membership.id, { role }, { signal })
          : await client.groupMemberships
              .create({ groupId, userId, role }, { signal })
              .catch((error: unknown) => {
                throw noSuchUser(error, userId);
              });
        return { id };
      },
    };
  },

  async isMade(row, _begun, context) {
    const { role = 'member', group, user } = row;
    const { membership } = await membershipOf(row, context);
    return membership?.role === role
      ? { id: membership.id, words: `${user} → ${group}` }
      : undefined;
  },
};

export const takeOut: Doing<GroupRemoveRow> = {
  async find(row, context) {
    const { membership } = await membershipOf(row, context);
    const words = `${row.user} from ${row.group}`;
    if (!membership) return { words, because: 'they are not in it' };
    return {
      words,
      make: async () => {
        await context.client.groupMemberships.delete(membership.id, { signal: context.signal });
        return { id: membership.id };
      },
    };
  },

  async isMade(row, _begun, context) {
    const { membership } = await membershipOf(row, context);
    return membership ? undefined : { words: `${row.user} from ${row.group}` };
  },
};

export const remove: Doing<GroupDeleteRow> = {
  async find({ group }, { client, signal }) {
    const id = await groupIdOf(client, group, signal);
    return {
      words: group,
      subject: { groupId: id },
      make: async () => {
        await client.groups.delete(id, { signal }).catch((error: unknown) => {
          throw noSuchGroup(error, id);
        });
        return { id };
      },
    };
  },

  async isMade({ group }, { subject: { groupId = '' } }, { client, signal }) {
    try {
      await client.groups.get(groupId, { fields: ['name'], signal });
      return undefined;
    } catch (error) {
      if (isBoxError(error) && error.status === 404) return { id: groupId, words: group };
      throw error;
    }
  },
};

const WAYS = ['boxhaul users list    shows who there is'];

/** What the two have to do with each other; a group's members are listed once for all rows. */
async function membershipOf(
  { group, user }: GroupRemoveRow,
  { client, signal, once }: VerbContext,
): Promise<{ groupId: string; userId: string; membership: BoxGroupMembership | undefined }> {
  const groupId = await once(`group ${group}`, () => groupIdOf(client, group, signal));
  const userId = await once(`user ${user}`, () => userIdOf(client, user, { signal, ways: WAYS }));
  const members = await once(`members ${groupId}`, async () => {
    const found = new Map<string, BoxGroupMembership>();
    for await (const one of membersOf(client, groupId, signal)) {
      if (one.user) found.set(one.user.id, one);
    }
    return found;
  });
  return { groupId, userId, membership: members.get(userId) };
}
