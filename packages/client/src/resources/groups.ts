import type { BoxGroup, BoxGroupLevel } from '../people-types.ts';
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

/** What can be changed of a group; what is absent stays as it is. */
export interface GroupChanges {
  /** One of its kind in the enterprise. */
  readonly name?: string | undefined;
  /** At most 255 characters. */
  readonly description?: string | undefined;
  /** Where the group comes from, such as `Active Directory`: people cannot change it in Box's web app then. */
  readonly provenance?: string | undefined;
  /** Its id there. */
  readonly externalSyncIdentifier?: string | undefined;
  /** Who may invite the group to folders. */
  readonly invitabilityLevel?: BoxGroupLevel | undefined;
  /** Who may see its members. */
  readonly memberViewabilityLevel?: BoxGroupLevel | undefined;
}

/**
 * Groups of users. Made, changed and listed by admins, and by apps that may manage groups.
 *
 * @see https://developer.box.com/guides/groups/
 */
export class Groups {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The groups of the enterprise, page after page as the loop asks for it.
   *
   * @throws {BoxApiError} 403, at the first step of the loop: not an admin, or the app may not manage groups
   * @see https://developer.box.com/reference/get-groups/
   * @example
   * ```ts
   * await client.groups.create({ name: 'Kitchen' });
   * for await (const group of client.groups.list({ filterTerm: 'kit' })) {
   *   console.log(group.id, group.name);
   * }
   * ```
   */
  list({
    filterTerm,
    fields,
    ...options
  }: ListOptions & {
    /** What the name begins with. @default all */
    readonly filterTerm?: string | undefined;
  } = {}): AsyncIterable<BoxGroup> {
    const query = { filter_term: filterTerm, fields: fieldsOf('group', fields) };
    return offsetList(this.#send, '/groups', query, options);
  }

  /**
   * A group.
   *
   * @throws {BoxApiError} `not_found` (404): there is none, or this user may not see it
   * @see https://developer.box.com/reference/get-groups-id/
   * @example
   * ```ts
   * const { id } = await client.groups.create({ name: 'Cooks', description: 'Those who cook' });
   * const group = await client.groups.get(id, { fields: ['description', 'invitability_level'] });
   * console.log(group.description, group.invitability_level);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxGroup> {
    const query = { fields: fieldsOf('group', fields) };
    return await answerOf<BoxGroup>(
      this.#send,
      { method: 'GET', path: pathOf('/groups', id), query, signal },
      entity('group'),
    );
  }

  /**
   * Makes a group, of nobody yet. It is not repeated when nobody can tell whether it was made: trying again is then
   * refused if it was.
   *
   * @throws {BoxApiError} `conflict` (409): there is a group of this name; 403: not an admin, or the app may not
   *   manage groups
   * @see https://developer.box.com/reference/post-groups/
   * @example
   * ```ts
   * const group = await client.groups.create({ name: 'Waiters', invitabilityLevel: 'admins_only' });
   * const me = await client.users.me();
   * await client.groupMemberships.create({ groupId: group.id, userId: me.id, role: 'admin' });
   * ```
   */
  async create(
    group: GroupChanges & { readonly name: string },
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxGroup> {
    const query = { fields: fieldsOf('group', fields) };
    return await answerOf<BoxGroup>(
      this.#send,
      { method: 'POST', path: '/groups', query, json: groupForBox(group), signal },
      entity('group'),
    );
  }

  /**
   * Changes a group.
   *
   * @throws {BoxApiError} `conflict` (409): there is a group of this name; `not_found` (404); 403: not an admin
   * @see https://developer.box.com/reference/put-groups-id/
   * @example
   * ```ts
   * const { id } = await client.groups.create({ name: 'Service' });
   * await client.groups.update(id, { name: 'Serving staff', memberViewabilityLevel: 'admins_only' });
   * ```
   */
  async update(
    id: string,
    changes: GroupChanges,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxGroup> {
    const query = { fields: fieldsOf('group', fields) };
    return await answerOf<BoxGroup>(
      this.#send,
      { method: 'PUT', path: pathOf('/groups', id), query, json: groupForBox(changes), signal },
      entity('group'),
    );
  }

  /**
   * Deletes a group for good. Its members stay, without what they reached through it. If it is gone when an attempt
   * is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `not_found` (404); 403: not an admin
   * @see https://developer.box.com/reference/delete-groups-id/
   * @example
   * ```ts
   * const { id } = await client.groups.create({ name: 'Summer staff' });
   * await client.groups.delete(id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/groups', id), undefined, { signal });
  }

  /**
   * Logs all members of groups out everywhere, and makes their tokens worthless. Box begins with it at once; the
   * admin events say how it ended.
   *
   * @throws {BoxApiError} 403: not an admin; `not_found` (404): one of them is not in this enterprise
   * @see https://developer.box.com/reference/post-groups-terminate-sessions/
   * @example
   * ```ts
   * const { id } = await client.groups.create({ name: 'Night shift' });
   * await client.groups.terminateSessions([id]);
   * ```
   */
  async terminateSessions(
    groupIds: readonly string[],
    { signal }: CallOptions = {},
  ): Promise<void> {
    await this.#send({
      method: 'POST',
      path: '/groups/terminate_sessions',
      json: { group_ids: groupIds },
      repeat: 'safe',
      signal,
    });
  }
}

function groupForBox(group: GroupChanges): object {
  return {
    name: group.name,
    description: group.description,
    provenance: group.provenance,
    external_sync_identifier: group.externalSyncIdentifier,
    invitability_level: group.invitabilityLevel,
    member_viewability_level: group.memberViewabilityLevel,
  };
}
