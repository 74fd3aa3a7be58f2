import type { BoxEmailAlias } from '../people-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page, pathOf } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import { deleteItem } from './item-changes.ts';

/** Further mail addresses of managed users, by which they can log in and be invited. For admins. */
export class EmailAliases {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * All of a user's aliases; the login is not among them. Box never pages them.
   *
   * @throws {BoxApiError} 403: not an admin; `not_found` (404): no such user
   * @see https://developer.box.com/reference/get-users-id-email-aliases/
   * @example
   * ```ts
   * const { id } = await client.users.me();
   * for (const { email, is_confirmed } of await client.emailAliases.list(id)) {
   *   console.log(email, is_confirmed);
   * }
   * ```
   */
  async list(userId: string, { signal }: CallOptions = {}): Promise<readonly BoxEmailAlias[]> {
    const request = { method: 'GET', path: aliasesPath(userId), signal } as const;
    return (await answerOf(this.#send, request, page<BoxEmailAlias>)).entries;
  }

  /**
   * Gives a user another address, at a domain that the enterprise has verified. It is not repeated when nobody can
   * tell whether it was done.
   *
   * @throws {BoxApiError} `user_login_already_used` (409); 400: no address; 403: not an admin; `not_found` (404)
   * @see https://developer.box.com/reference/post-users-id-email-aliases/
   * @example
   * ```ts
   * const { id } = await client.users.create({ name: 'Liz', login: 'liz@example.com' });
   * const alias = await client.emailAliases.create(id, 'elizabeth@example.com');
   * await client.emailAliases.delete(id, alias.id);
   * ```
   */
  async create(
    userId: string,
    email: string,
    { signal }: CallOptions = {},
  ): Promise<BoxEmailAlias> {
    return await answerOf<BoxEmailAlias>(
      this.#send,
      { method: 'POST', path: aliasesPath(userId), json: { email }, signal },
      entity('email_alias'),
    );
  }

  /**
   * Takes an address away. If it is gone when an attempt is repeated whose answer was lost, it is done.
   *
   * @throws {BoxApiError} 403: not an admin; `not_found` (404)
   * @see https://developer.box.com/reference/delete-users-id-email-aliases-id/
   * @example
   * ```ts
   * const { id } = await client.users.create({ name: 'Tom', login: 'tom@example.com' });
   * const alias = await client.emailAliases.create(id, 'tommy@example.com');
   * await client.emailAliases.delete(id, alias.id);
   * ```
   */
  async delete(userId: string, aliasId: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf(aliasesPath(userId), aliasId), undefined, { signal });
  }
}

function aliasesPath(userId: string): string {
  return `${pathOf('/users', userId)}/email_aliases`;
}
