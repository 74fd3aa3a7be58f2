import type { BoxInvite } from '../people-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import { type FieldsOptions, fieldsOf } from './call-options.ts';

/** Whom an enterprise asks to join. */
export interface NewInvite {
  /** The admin's own. */
  readonly enterpriseId: string;
  /** Of somebody who has a Box account elsewhere. */
  readonly login: string;
}

/** Invitations of users of elsewhere into an enterprise. Who has no account at all is made with `users.create`. */
export class Invites {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Asks a user to join the enterprise, who must accept it. It is not repeated when nobody can tell whether it was
   * done.
   *
   * @throws {BoxApiError} `not_found` (404): there is no such user; 403: not an admin
   * @see https://developer.box.com/reference/post-invites/
   * @example
   * ```ts
   * import { isBoxError } from '@boxhaul/client';
   *
   * const { enterprise } = await client.users.me({ fields: ['enterprise'] });
   * try {
   *   const invite = await client.invites.create({
   *     enterpriseId: enterprise?.id ?? '',
   *     login: 'contractor@example.org',
   *   });
   *   console.log(invite.status);
   * } catch (error) {
   *   if (!isBoxError(error, 'not_found')) throw error; // nobody has that login
   * }
   * ```
   */
  async create(invite: NewInvite, { fields, signal }: FieldsOptions = {}): Promise<BoxInvite> {
    const { enterpriseId, login } = invite;
    return await answerOf<BoxInvite>(
      this.#send,
      {
        method: 'POST',
        path: '/invites',
        query: { fields: fieldsOf('invite', fields) },
        json: { enterprise: { id: enterpriseId }, actionable_by: { login } },
        signal,
      },
      entity('invite'),
    );
  }

  /**
   * What has become of an invitation.
   *
   * @throws {BoxApiError} `not_found` (404): there is none, or it is between others
   * @see https://developer.box.com/reference/get-invites-id/
   * @example
   * ```ts
   * const { enterprise } = await client.users.me({ fields: ['enterprise'] });
   * const guest = await client.users.create({ name: 'Guest', login: 'guest@example.org' });
   * const made = await client.invites.create({
   *   enterpriseId: enterprise?.id ?? '',
   *   login: guest.login,
   * });
   * const { status, invited_by } = await client.invites.get(made.id);
   * console.log(status, invited_by?.name);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxInvite> {
    const query = { fields: fieldsOf('invite', fields) };
    return await answerOf<BoxInvite>(
      this.#send,
      { method: 'GET', path: pathOf('/invites', id), query, signal },
      entity('invite'),
    );
  }
}
