import type { BoxGroupMembership } from '../people-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import {
  type CallOptions,
  type FieldsOptions,
  fieldsOf,
  type ListOptions,
} from './call-options.ts';
import { deleteItem } from './item-changes.ts';
import { offsetList } from './lists.ts';

/** What an admin of a group may do about its members; what is absent is allowed. */
export interface GroupAdminRights {
  readonly canRunReports?: boolean | undefined;
  readonly canInstantLogin?: boolean | undefined;
  readonly canCreateAccounts?: boolean | undefined;
  readonly canEditAccounts?: boolean | undefined;
}

/** What somebody is in a group; what is absent stays as it is. */
export interface MembershipChanges {
  /** @default 'member' */
  readonly role?: 'member' | 'admin' | undefined;
  /** For admins of the group only. null: none of it. */
  readonly adminRights?: GroupAdminRights | null | undefined;
}

/** Who is in which group. */
export class GroupMemberships {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The members of a group, or the groups that a user is in, page after page as the loop asks for it.
   *
   * @throws {BoxApiError} `not_found` (404) or 403, at the first step of the loop
   * @see https://developer.box.com/reference/get-groups-id-memberships/
   * @example
   * ```ts
   * const { id: userId } = await client.users.me();
   * const { id: groupId } = await client.groups.create({ name: 'Choir' });
   * await client.groupMemberships.create({ groupId, userId });
   * for await (const { user, role } of client.groupMemberships.list({ groupId })) {
   *   console.log(user?.name, role);
   * }
   * for await (const { group } of client.groupMemberships.list({ userId })) console.log(group?.name);
   * ```
   */
  list(
    of: { readonly groupId: string } | { readonly userId: string },
    options: Omit<ListOptions, 'fields'> = {},
  ): AsyncIterable<BoxGroupMembership> {
    const owner = 'groupId' in of ? pathOf('/groups', of.groupId) : pathOf('/users', of.userId);
    return offsetList(this.#send, `${owner}/memberships`, {}, options);
  }

  /**
   * One membership.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-group-memberships-id/
   * @example
   * ```ts
   * const { id: userId } = await client.users.me();
   * const { id: groupId } = await client.groups.create({ name: 'Band' });
   * const { id } = await client.groupMemberships.create({ groupId, userId, role: 'admin' });
   * const { configurable_permissions } = await client.groupMemberships.get(id, {
   *   fields: ['configurable_permissions'],
   * });
   * console.log(configurable_permissions?.can_run_reports);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxGroupMembership> {
    const query = { fields: fieldsOf('group_membership', fields) };
    return await answerOf<BoxGroupMembership>(
      this.#send,
      { method: 'GET', path: pathOf('/group_memberships', id), query, signal },
      entity('group_membership'),
    );
  }

  /**
   * Takes a user into a group, who then reaches all that the group is invited to. It is not repeated when nobody can
   * tell whether it was done.
   *
   * @throws {BoxApiError} 409: the user is in it already; `not_found` (404): no such group or user; 403: not an admin
   * @see https://developer.box.com/reference/post-group-memberships/
   * @example
   * ```ts
   * const { id: userId } = await client.users.create({ name: 'Clara', login: 'clara@example.com' });
   * const { id: groupId } = await client.groups.create({ name: 'Orchestra' });
   * await client.groupMemberships.create({
   *   groupId,
   *   userId,
   *   role: 'admin',
   *   adminRights: { canCreateAccounts: false },
   * });
   * ```
   */
  async create(
    membership: MembershipChanges & { readonly groupId: string; readonly userId: string },
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxGroupMembership> {
    const { groupId, userId, ...settings } = membership;
    return await answerOf<BoxGroupMembership>(
      this.#send,
      {
        method: 'POST',
        path: '/group_memberships',
        query: { fields: fieldsOf('group_membership', fields) },
        json: { group: { id: groupId }, user: { id: userId }, ...membershipForBox(settings) },
        signal,
      },
      entity('group_membership'),
    );
  }

  /**
   * Makes a member an admin of the group, or an admin a member, or changes what an admin may do.
   *
   * @throws {BoxApiError} `not_found` (404); 403: not an admin
   * @see https://developer.box.com/reference/put-group-memberships-id/
   * @example
   * ```ts
   * const { id: userId } = await client.users.me();
   * const { id: groupId } = await client.groups.create({ name: 'Ballet' });
   * const { id } = await client.groupMemberships.create({ groupId, userId });
   * await client.groupMemberships.update(id, { role: 'admin', adminRights: null });
   * ```
   */
  async update(
    id: string,
    changes: MembershipChanges,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxGroupMembership> {
    return await answerOf<BoxGroupMembership>(
      this.#send,
      {
        method: 'PUT',
        path: pathOf('/group_memberships', id),
        query: { fields: fieldsOf('group_membership', fields) },
        json: membershipForBox(changes),
        signal,
      },
      entity('group_membership'),
    );
  }

  /**
   * Takes a user out of a group. If that is so when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `not_found` (404); 403: not an admin
   * @see https://developer.box.com/reference/delete-group-memberships-id/
   * @example
   * ```ts
   * const { id: userId } = await client.users.me();
   * const { id: groupId } = await client.groups.create({ name: 'Opera' });
   * const { id } = await client.groupMemberships.create({ groupId, userId });
   * await client.groupMemberships.delete(id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/group_memberships', id), undefined, { signal });
  }
}

function membershipForBox({ role, adminRights }: MembershipChanges): object {
  const rights = adminRights && {
    can_run_reports: adminRights.canRunReports,
    can_instant_login: adminRights.canInstantLogin,
    can_create_accounts: adminRights.canCreateAccounts,
    can_edit_accounts: adminRights.canEditAccounts,
  };
  return { role, configurable_permissions: rights };
}
