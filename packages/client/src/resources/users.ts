import type { BoxUser } from '../box-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity } from './answers.ts';
import { type FieldsOptions, fieldsOf } from './call-options.ts';

/** Box's users. */
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
   */
  async me({ fields, signal }: FieldsOptions = {}): Promise<BoxUser> {
    return await answerOf<BoxUser>(
      this.#send,
      { method: 'GET', path: '/users/me', query: { fields: fieldsOf('user', fields) }, signal },
      entity('user'),
    );
  }
}
