import type { BoxFolder, BoxUser } from '../box-types.ts';
import type { BoxUserPage } from '../people-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page, pathOf } from './answers.ts';
import {
  type CallOptions,
  type FieldsOptions,
  fieldsOf,
  type ListOptions,
} from './call-options.ts';
import { deleteItem } from './item-changes.ts';
import { markerList } from './lists.ts';
import { type NewUser, type UserChanges, userForBox } from './user-changes.ts';

/** Which users are listed; what is absent does not matter. */
export interface UserFilter {
  /** What the name or the login begins with; of users of elsewhere, the whole login. */
  readonly filterTerm?: string | undefined;
  /** `external`: the user of elsewhere whose login is `filterTerm`; `all`: that one too. @default 'managed' */
  readonly userType?: 'all' | 'managed' | 'external' | undefined;
  /** The app's own id of one of its users; see {@link NewUser}. */
  readonly externalAppUserId?: string | undefined;
}

/** Box has at most ten minutes for a transfer before it answers. */
const TRANSFER_TIMEOUT_MS = 11 * 60_000;

/**
 * Box's users. What is not about oneself or one colleague is for admins, and for apps that may manage users.
 *
 * @see https://developer.box.com/guides/users/
 */
export class Users {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The user that this client acts as.
   *
   * @throws {BoxAuthError} the credentials are not good for a token
   * @see https://developer.box.com/reference/get-users-me/
   * @example
   * ```ts
   * const me = await client.users.me({ fields: ['enterprise', 'space_used'] });
   * console.log(me.login, me.enterprise?.name, me.space_used);
   * ```
   */
  async me({ fields, signal }: FieldsOptions = {}): Promise<BoxUser> {
    return await answerOf<BoxUser>(
      this.#send,
      { method: 'GET', path: '/users/me', query: { fields: fieldsOf('user', fields) }, signal },
      entity('user'),
    );
  }

  /**
   * A user: oneself, a colleague, or for an admin anyone in the enterprise.
   *
   * @throws {BoxApiError} `not_found` (404): there is none, or this user may not see them
   * @see https://developer.box.com/reference/get-users-id/
   * @example
   * ```ts
   * const { id } = await client.users.me();
   * const user = await client.users.get(id, { fields: ['role', 'status'] });
   * console.log(user.name, user.role, user.status);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxUser> {
    const query = { fields: fieldsOf('user', fields) };
    return await answerOf<BoxUser>(
      this.#send,
      { method: 'GET', path: pathOf('/users', id), query, signal },
      entity('user'),
    );
  }

  /**
   * The users of the enterprise, page after page as the loop asks for it.
   *
   * @throws {BoxApiError} 403, at the first step of the loop: not an admin, or the app may not manage users
   * @see https://developer.box.com/reference/get-users/
   * @example
   * ```ts
   * for await (const user of client.users.list({ filterTerm: 'ann', fields: ['status'] })) {
   *   console.log(user.login, user.status);
   * }
   * ```
   */
  list(options: UserFilter & ListOptions = {}): AsyncIterable<BoxUser> {
    const query = { ...filterForBox(options), usemarker: true };
    return markerList(this.#send, '/users', query, options);
  }

  /**
   * One page of the enterprise's users, and how many there are in all: for tables that are leafed through. To see
   * everyone, `list` is surer: whoever comes or goes between two pages moves the others.
   *
   * @param options `offset`: how many users to pass over, at most 10,000; `limit`: at most 1000. @default 0 and 1000
   * @throws {BoxApiError} as `list`; `invalid_offset` (400)
   * @see https://developer.box.com/guides/api-calls/pagination/offset-based/
   * @example
   * ```ts
   * const { total_count, entries } = await client.users.listPage({ offset: 0, limit: 20 });
   * console.log(total_count, entries.map((user) => user.name));
   * ```
   */
  async listPage(
    options: UserFilter &
      FieldsOptions & { readonly offset?: number; readonly limit?: number } = {},
  ): Promise<BoxUserPage> {
    const { offset = 0, limit = 1000, signal } = options;
    const query = { ...filterForBox(options), offset, limit };
    return await answerOf(this.#send, { method: 'GET', path: '/users', query, signal }, userPage);
  }

  /**
   * Makes a managed user, who has a login and is told by mail, or an app user, who has none and whom only the app
   * acts as (`client.asUser`, or a token of their own). It is not repeated when nobody can tell whether it was done:
   * trying again is then refused if it was.
   *
   * @throws {BoxApiError} `user_login_already_used` (409): there is such a login, here or elsewhere; `conflict` (409):
   *   the app has a user of that external id; 403: not an admin, or the app may not manage users
   * @see https://developer.box.com/reference/post-users/
   * @example
   * ```ts
   * const ann = await client.users.create({ name: 'Ann', login: 'ann@example.com', jobTitle: 'Cook' });
   * const robot = await client.users.create({ name: 'Robot', externalAppUserId: 'customer-17' });
   * console.log(ann.id, robot.login);
   * ```
   */
  async create(user: NewUser, { fields, signal }: FieldsOptions = {}): Promise<BoxUser> {
    const kind = user.login === undefined ? { is_platform_access_only: true } : {};
    return await answerOf<BoxUser>(
      this.#send,
      {
        method: 'POST',
        path: '/users',
        query: { fields: fieldsOf('user', fields) },
        json: { ...userForBox(user), ...kind },
        signal,
      },
      entity('user'),
    );
  }

  /**
   * Changes a user; what is absent stays as it is.
   *
   * @throws {BoxApiError} `not_found` (404); 403: not an admin, or not over this user; `user_login_already_used` (409)
   * @see https://developer.box.com/reference/put-users-id/
   * @example
   * ```ts
   * const { id } = await client.users.create({ name: 'Ben', login: 'ben@example.com' });
   * await client.users.update(id, { role: 'coadmin', spaceAmountBytes: 10 * 1024 ** 3 });
   * ```
   */
  async update(
    id: string,
    changes: UserChanges,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxUser> {
    const query = { fields: fieldsOf('user', fields) };
    return await answerOf<BoxUser>(
      this.#send,
      { method: 'PUT', path: pathOf('/users', id), query, json: userForBox(changes), signal },
      entity('user'),
    );
  }

  /**
   * Deletes a user for good. Whoever owns anything is kept unless `force` deletes that too; `transferContent` first
   * saves it. If the user is gone when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} 400: the user owns content; 403: not an admin, or it is an admin; `not_found` (404)
   * @see https://developer.box.com/reference/delete-users-id/
   * @example
   * ```ts
   * const { id } = await client.users.create({ name: 'Eve', login: 'eve@example.com' });
   * await client.users.delete(id, { notify: false });
   * ```
   */
  async delete(
    id: string,
    {
      force,
      notify,
      signal,
    }: CallOptions & {
      /** With all that the user owns. @default false */
      readonly force?: boolean | undefined;
      /** Tell the user by mail. @default as Box does */
      readonly notify?: boolean | undefined;
    } = {},
  ): Promise<void> {
    await deleteItem(this.#send, pathOf('/users', id), { force, notify }, { signal });
  }

  /**
   * Gives all that a user owns to another one, in a new folder of that one's root, which is the answer. Box answers
   * when it is done, but after ten minutes in any case, and goes on. It is not repeated when nobody can tell whether
   * it was begun.
   *
   * @throws {BoxApiError} 403: not an admin; `not_found` (404): one of the two is not in this enterprise
   * @see https://developer.box.com/reference/put-users-id-folders-0/
   * @example
   * ```ts
   * const leaver = await client.users.create({ name: 'Kim', login: 'kim@example.com' });
   * const { id } = await client.users.me();
   * const folder = await client.users.transferContent(leaver.id, id, { notify: false });
   * console.log(folder.name); // Kim's Files and Folders
   * ```
   */
  async transferContent(
    fromUserId: string,
    toUserId: string,
    {
      fields,
      notify,
      signal,
    }: FieldsOptions & {
      /** Tell them by mail. @default as Box does */
      readonly notify?: boolean | undefined;
    } = {},
  ): Promise<BoxFolder> {
    return await answerOf<BoxFolder>(
      this.#send,
      {
        method: 'PUT',
        path: `${pathOf('/users', fromUserId)}/folders/0`,
        query: { notify, fields: fieldsOf('folder', fields) },
        json: { owned_by: { id: toUserId } },
        repeat: 'unsafe',
        headersTimeoutMs: TRANSFER_TIMEOUT_MS,
        signal,
      },
      entity('folder'),
    );
  }

  /**
   * Logs users out everywhere, and makes their tokens worthless. Box begins with it at once; the admin events say
   * how it ended.
   *
   * @throws {BoxApiError} 403: not an admin; 404: one of them is not in this enterprise
   * @see https://developer.box.com/reference/post-users-terminate-sessions/
   * @example
   * ```ts
   * const { id } = await client.users.create({ name: 'Lee', login: 'lee@example.com' });
   * await client.users.terminateSessions({ userIds: [id] });
   * ```
   */
  async terminateSessions(
    whose: {
      readonly userIds?: readonly string[] | undefined;
      readonly logins?: readonly string[] | undefined;
    },
    { signal }: CallOptions = {},
  ): Promise<void> {
    const { userIds = [], logins = [] } = whose;
    await this.#send({
      method: 'POST',
      path: '/users/terminate_sessions',
      json: { user_ids: userIds, user_logins: logins },
      repeat: 'safe',
      signal,
    });
  }
}

function filterForBox(options: UserFilter & FieldsOptions) {
  const { filterTerm, userType, externalAppUserId, fields } = options;
  return {
    filter_term: filterTerm,
    user_type: userType,
    external_app_user_id: externalAppUserId,
    fields: fieldsOf('user', fields),
  };
}

function userPage(data: unknown): BoxUserPage | undefined {
  const found = page<BoxUser>(data);
  return found && 'total_count' in found ? (found as BoxUserPage) : undefined;
}
