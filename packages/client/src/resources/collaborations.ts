import { isBoxError } from '../errors.ts';
import type { BoxCollaboration, BoxCollaboratorRole } from '../people-types.ts';
import type { Lookup, Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import {
  boxTime,
  type CallOptions,
  type FieldsOptions,
  fieldsOf,
  type ListOptions,
} from './call-options.ts';
import { deleteItem } from './item-changes.ts';
import { type ItemReference, itemPath } from './item-copies.ts';
import { markerList, offsetList } from './lists.ts';

/** Who is invited: a user by id or by login (an address without an account gets a mail), or a group. */
export type Collaborator =
  | { readonly userId: string }
  | { readonly login: string }
  | { readonly groupId: string };

/** An invitation. */
export type NewCollaboration = Collaborator & {
  /** Not the root folder. */
  readonly item: ItemReference<'file' | 'folder'>;
  /** Single files know `editor` and `viewer` only; co-owners are made by owners and co-owners. */
  readonly role: BoxCollaboratorRole;
  /** Show the path of the folder up to the root. Folders only, and by owners. @default false */
  readonly canViewPath?: boolean | undefined;
  /** When it ends by itself, where the enterprise has such an end switched on. @default never */
  readonly expiresAt?: Date | string | undefined;
  /** Keep the item out of the collaborator's root folder. @default false */
  readonly isAccessOnly?: boolean | undefined;
};

/** What can be changed of a collaboration; what is absent stays as it is. */
export interface CollaborationChanges {
  /** For those who may invite. For an owner see `makeOwner`. */
  readonly role?: BoxCollaboratorRole | undefined;
  /** The answer of whoever was invited. */
  readonly status?: 'accepted' | 'rejected' | undefined;
  readonly expiresAt?: Date | string | undefined;
  /** Folders only, and by their owner. */
  readonly canViewPath?: boolean | undefined;
}

/**
 * Who may do what with files and folders that are not their own.
 *
 * @see https://developer.box.com/guides/collaborations/
 */
export class Collaborations {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The collaborations of a file or a folder, those that wait for an answer too, page after page as the loop asks for
   * it. Those of folders above it are not among them.
   *
   * @throws {BoxApiError} `not_found` (404) or 403, at the first step of the loop
   * @see https://developer.box.com/reference/get-folders-id-collaborations/
   * @example
   * ```ts
   * const item = await client.folders.create({ name: 'Recipes', parentId: '0' });
   * await client.collaborations.create({ item, login: 'ann@example.com', role: 'viewer' });
   * for await (const { accessible_by, invite_email, role } of client.collaborations.list(item)) {
   *   console.log(accessible_by?.name ?? invite_email, role);
   * }
   * ```
   */
  list(
    item: ItemReference<'file' | 'folder'>,
    { fields, ...options }: ListOptions = {},
  ): AsyncIterable<BoxCollaboration> {
    const query = { fields: fieldsOf('collaboration', fields) };
    return markerList(this.#send, `${itemPath(item)}/collaborations`, query, options);
  }

  /**
   * What a group is invited to, page after page as the loop asks for it.
   *
   * @throws {BoxApiError} `not_found` (404), at the first step of the loop
   * @see https://developer.box.com/reference/get-groups-id-collaborations/
   * @example
   * ```ts
   * const { id: groupId } = await client.groups.create({ name: 'Tasters' });
   * const item = await client.folders.create({ name: 'Samples', parentId: '0' });
   * await client.collaborations.create({ item, groupId, role: 'editor' });
   * for await (const one of client.collaborations.ofGroup(groupId)) console.log(one.item?.name);
   * ```
   */
  ofGroup(
    groupId: string,
    options: Omit<ListOptions, 'fields'> = {},
  ): AsyncIterable<BoxCollaboration> {
    const path = `${pathOf('/groups', groupId)}/collaborations`;
    return offsetList(this.#send, path, {}, options);
  }

  /**
   * The invitations that wait for this user's own answer, page after page as the loop asks for it. Their `item` is
   * null until they are accepted.
   *
   * @see https://developer.box.com/reference/get-collaborations/
   * @example
   * ```ts
   * for await (const { id } of client.collaborations.pending()) {
   *   await client.collaborations.update(id, { status: 'accepted' });
   * }
   * ```
   */
  pending({ fields, ...options }: ListOptions = {}): AsyncIterable<BoxCollaboration> {
    const query = { status: 'pending', fields: fieldsOf('collaboration', fields) };
    return offsetList(this.#send, '/collaborations', query, options);
  }

  /**
   * One collaboration.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-collaborations-id/
   * @example
   * ```ts
   * const item = await client.folders.create({ name: 'Menus', parentId: '0' });
   * const made = await client.collaborations.create({ item, login: 'ann@example.com', role: 'editor' });
   * const { status, invite_email } = await client.collaborations.get(made.id);
   * console.log(status, invite_email);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxCollaboration> {
    const query = { fields: fieldsOf('collaboration', fields) };
    return await answerOf<BoxCollaboration>(
      this.#send,
      { method: 'GET', path: pathOf('/collaborations', id), query, signal },
      entity('collaboration'),
    );
  }

  /**
   * Invites a user, an address or a group. Colleagues are in at once, others when they have accepted (`status`). It
   * is not repeated when nobody can tell whether it was done: trying again is then refused if it was.
   *
   * @throws {BoxApiError} `user_already_collaborator` (400); `external_collaboration_restricted` or 403: the
   *   enterprise, or the item's settings, or the user's rights do not allow it; `not_found` (404): no such item, user
   *   or group
   * @see https://developer.box.com/reference/post-collaborations/
   * @example
   * ```ts
   * const item = await client.folders.create({ name: 'Suppliers', parentId: '0' });
   * const user = await client.users.create({ name: 'Paul', login: 'paul@example.com' });
   * const group = await client.groups.create({ name: 'Buyers' });
   * await client.collaborations.create({ item, userId: user.id, role: 'viewer uploader' });
   * await client.collaborations.create({ item, groupId: group.id, role: 'editor' });
   * await client.collaborations.create(
   *   { item, login: 'farmer@example.org', role: 'uploader' },
   *   { notify: true },
   * );
   * ```
   */
  async create(
    collaboration: NewCollaboration,
    {
      fields,
      notify,
      signal,
    }: FieldsOptions & {
      /** Tell those invited by mail. @default as Box does */
      readonly notify?: boolean | undefined;
    } = {},
  ): Promise<BoxCollaboration> {
    const { item, role, canViewPath, expiresAt, isAccessOnly } = collaboration;
    return await answerOf<BoxCollaboration>(
      this.#send,
      {
        method: 'POST',
        path: '/collaborations',
        query: { notify, fields: fieldsOf('collaboration', fields) },
        json: {
          item: { type: item.type, id: item.id },
          accessible_by: partyOf(collaboration),
          role,
          can_view_path: canViewPath,
          expires_at: boxTime(expiresAt),
          is_access_only: isAccessOnly,
        },
        signal,
      },
      entity('collaboration'),
    );
  }

  /**
   * Changes a collaboration, or answers the invitation.
   *
   * @throws {BoxApiError} `invalid_status` (400): it has been answered; 403: not this user's to change or to answer;
   *   `not_found` (404)
   * @see https://developer.box.com/reference/put-collaborations-id/
   * @example
   * ```ts
   * const item = await client.folders.create({ name: 'Cellar', parentId: '0' });
   * const { id } = await client.collaborations.create({ item, login: 'ann@example.com', role: 'viewer' });
   * await client.collaborations.update(id, { role: 'co-owner' });
   * ```
   */
  async update(
    id: string,
    changes: CollaborationChanges,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxCollaboration> {
    const { role, status, expiresAt, canViewPath: can_view_path } = changes;
    return await answerOf<BoxCollaboration>(
      this.#send,
      {
        method: 'PUT',
        path: pathOf('/collaborations', id),
        query: { fields: fieldsOf('collaboration', fields) },
        json: { role, status, expires_at: boxTime(expiresAt), can_view_path },
        lookup: this.#lookUpAnswered(id, status, { fields, signal }),
        signal,
      },
      entity('collaboration'),
    );
  }

  /**
   * Makes a collaborator the owner of the item, which moves to that user's root folder; who owned it becomes co-owner,
   * by a collaboration of another id. It is not repeated when nobody can tell whether it was done.
   *
   * @throws {BoxApiError} 403: the item is not this user's own, or the invitation is not accepted;
   *   `item_name_in_use` (409): the new owner has an item of that name; `not_found` (404)
   * @see https://developer.box.com/guides/collaborations/update/
   * @example
   * ```ts
   * const item = await client.folders.create({ name: 'Bar', parentId: '0' });
   * const heir = await client.users.create({ name: 'Ida', login: 'ida@example.com' });
   * const { id } = await client.collaborations.create({ item, userId: heir.id, role: 'co-owner' });
   * await client.collaborations.makeOwner(id);
   * ```
   */
  async makeOwner(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#send({
      method: 'PUT',
      path: pathOf('/collaborations', id),
      json: { role: 'owner' },
      repeat: 'unsafe',
      signal,
    });
  }

  /**
   * Ends a collaboration, or takes an invitation back; collaborators may leave by it, too. If it is gone when an
   * attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} `not_found` (404); 403: not this user's to end
   * @see https://developer.box.com/reference/delete-collaborations-id/
   * @example
   * ```ts
   * const item = await client.folders.create({ name: 'Terrace', parentId: '0' });
   * const { id } = await client.collaborations.create({ item, login: 'ann@example.com', role: 'viewer' });
   * await client.collaborations.delete(id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/collaborations', id), undefined, { signal });
  }

  /** An invitation can be answered once: where the repetition is refused for it, what stands there tells by whom. */
  #lookUpAnswered(
    id: string,
    status: CollaborationChanges['status'],
    { fields, signal }: FieldsOptions,
  ): Lookup {
    return async (failure) => {
      if (!isBoxError(failure, 'invalid_status')) return undefined;
      const found = await this.get(id, { fields: fields && [...fields, 'status'], signal });
      return found.status === status ? { data: found } : undefined;
    };
  }
}

function partyOf(who: Collaborator): object {
  if ('groupId' in who) return { type: 'group', id: who.groupId };
  return 'userId' in who ? { type: 'user', id: who.userId } : { type: 'user', login: who.login };
}
