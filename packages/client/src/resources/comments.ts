import type { BoxComment } from '../activity-types.ts';
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

/** What a comment says. */
export type CommentText =
  | { readonly message: string }
  /** Mentions people as `@[id:name]`; Box tells them. */
  | { readonly taggedMessage: string };

/** Where a comment goes: to a file, or to a comment that it answers. */
export type NewComment = CommentText &
  ({ readonly fileId: string } | { readonly commentId: string });

/** Comments on files. */
export class Comments {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * The comments on a file and the replies to them, oldest first, page after page.
   *
   * @throws {BoxApiError} `not_found` (404), at the first step of the loop
   * @see https://developer.box.com/reference/get-files-id-comments/
   * @example
   * ```ts
   * await client.comments.create({ fileId, message: 'The second page is missing' });
   * const fields = ['message', 'created_by', 'created_at'];
   * for await (const comment of client.comments.list(fileId, { fields })) {
   *   console.log(`${comment.created_by?.name}, ${comment.created_at}: ${comment.message}`);
   * }
   * ```
   */
  list(fileId: string, { fields, ...options }: ListOptions = {}): AsyncIterable<BoxComment> {
    const query = { fields: fieldsOf('comment', fields) };
    return offsetList(this.#send, `${pathOf('/files', fileId)}/comments`, query, options);
  }

  /**
   * One comment.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-comments-id/
   * @example
   * ```ts
   * const comment = await client.comments.create({ fileId, message: 'Please have a look' });
   * const { item } = await client.comments.get(comment.id);
   * console.log(item?.id === fileId);
   * ```
   */
  async get(id: string, { fields, signal }: FieldsOptions = {}): Promise<BoxComment> {
    const query = { fields: fieldsOf('comment', fields) };
    return await answerOf<BoxComment>(
      this.#send,
      { method: 'GET', path: pathOf('/comments', id), query, signal },
      entity('comment'),
    );
  }

  /**
   * Says something about a file, or answers a comment. It is not repeated when nobody can tell whether it arrived.
   *
   * @throws {BoxApiError} `recent_similar_comment` (409): the same was said there just now; `not_found` (404)
   * @see https://developer.box.com/reference/post-comments/
   * @example
   * ```ts
   * const comment = await client.comments.create({ fileId, message: 'Please have a look' });
   * const { id, name } = await client.users.me();
   * await client.comments.create({ commentId: comment.id, taggedMessage: `@[${id}:${name}] will do` });
   * ```
   */
  async create(comment: NewComment, { fields, signal }: FieldsOptions = {}): Promise<BoxComment> {
    const item =
      'fileId' in comment
        ? { type: 'file', id: comment.fileId }
        : { type: 'comment', id: comment.commentId };
    return await answerOf<BoxComment>(
      this.#send,
      {
        method: 'POST',
        path: '/comments',
        query: { fields: fieldsOf('comment', fields) },
        json: { item, ...textOf(comment) },
        signal,
      },
      entity('comment'),
    );
  }

  /**
   * Says it otherwise.
   *
   * @throws {BoxApiError} `access_denied_insufficient_permissions` (403): somebody else said it; `not_found` (404)
   * @see https://developer.box.com/reference/put-comments-id/
   * @example
   * ```ts
   * const comment = await client.comments.create({ fileId, message: 'Please have a look' });
   * await client.comments.update(comment.id, { message: 'Please have a close look' });
   * ```
   */
  async update(
    id: string,
    text: CommentText,
    { fields, signal }: FieldsOptions = {},
  ): Promise<BoxComment> {
    const query = { fields: fieldsOf('comment', fields) };
    return await answerOf<BoxComment>(
      this.#send,
      { method: 'PUT', path: pathOf('/comments', id), query, json: textOf(text), signal },
      entity('comment'),
    );
  }

  /**
   * Deletes a comment for good.
   *
   * @throws {BoxApiError} `not_found` (404); `access_denied_insufficient_permissions` (403)
   * @see https://developer.box.com/reference/delete-comments-id/
   * @example
   * ```ts
   * await client.comments.create({ fileId, message: 'test' });
   * for await (const comment of client.comments.list(fileId, { fields: ['message'] })) {
   *   if (comment.message === 'test') await client.comments.delete(comment.id);
   * }
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await deleteItem(this.#send, pathOf('/comments', id), undefined, { signal });
  }
}

function textOf(text: CommentText): object {
  return 'message' in text ? { message: text.message } : { tagged_message: text.taggedMessage };
}
