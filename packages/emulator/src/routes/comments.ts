import type { FastifyInstance } from 'fastify';
import { type Access, accessOf } from '../access/access.ts';
import { attached } from '../access/attached.ts';
import { recordAttachedEvent } from '../actions/record-event.ts';
import type { Box } from '../box.ts';
import { BoxError } from '../box-error.ts';
import { limitOf, offsetOf } from '../http/paging.ts';
import { asBody, type Body, bodyOf, invalid, missing } from '../http/request-body.ts';
import { representComment } from '../represent/comment.ts';
import type { CommentRow } from '../store/comments.ts';
import { parameterOf, queryOf } from './item-routes.ts';

/** How soon the same words in the same place are refused. Box does not tell. */
const similarSeconds = 10;

/** https://developer.box.com/reference/resources/comment/ */
export function commentRoutes(app: FastifyInstance, box: Box): void {
  const { store } = box;
  const found = (access: Access, id: unknown) =>
    attached(access, 'comment', id, store.comments.get);

  app.get('/files/:fileId/comments', (request) => {
    const access = accessOf(box, request);
    const file = access.activeFile(parameterOf(request, 'fileId'));
    const query = queryOf(request);
    const limit = limitOf(query);
    const offset = offsetOf(query);
    return {
      total_count: store.comments.count(file.id),
      offset,
      limit,
      entries: store.comments
        .page(file.id, offset, limit)
        .map((row) => representComment(row, query.fields, access.view)),
    };
  });

  app.post('/comments', (request, reply) => {
    const access = accessOf(box, request);
    access.require('comment');
    const body = bodyOf(request);
    const text = textOf(body);
    const comment = store.transaction(() => {
      const row: CommentRow = {
        ...placeOf(access, body),
        ...text,
        id: store.items.takeIds(1),
        created_by: access.userId,
        created_at: store.nowSeconds(),
        modified_at: store.nowSeconds(),
      };
      if (store.comments.hasSimilar(row, row.created_at - similarSeconds)) {
        throw new BoxError('recent_similar_comment');
      }
      store.comments.add(row);
      tell(access, row, 'COMMENT_CREATE', 'COMMENT_CREATE', 'COMMENT.CREATED');
      return row;
    });
    reply.code(201);
    return representComment(comment, queryOf(request).fields, access.view);
  });

  app.get('/comments/:commentId', (request) => {
    const access = accessOf(box, request);
    const { row } = found(access, parameterOf(request, 'commentId'));
    return representComment(row, queryOf(request).fields, access.view);
  });

  app.put('/comments/:commentId', (request) => {
    const access = accessOf(box, request);
    access.require('comment');
    const text = textOf(bodyOf(request));
    const comment = store.transaction(() => {
      const { row } = found(access, parameterOf(request, 'commentId'));
      if (row.created_by !== access.userId) {
        throw new BoxError('access_denied_insufficient_permissions');
      }
      store.comments.change(row.id, text, store.nowSeconds());
      const changed = { ...row, ...text, modified_at: store.nowSeconds() };
      tell(access, changed, null, 'COMMENT_EDIT', 'COMMENT.UPDATED');
      return changed;
    });
    return representComment(comment, queryOf(request).fields, access.view);
  });

  app.delete('/comments/:commentId', (request, reply) => {
    const access = accessOf(box, request);
    access.require('comment');
    store.transaction(() => {
      const { row, file } = found(access, parameterOf(request, 'commentId'));
      if (row.created_by !== access.userId) access.demand(file, 'delete');
      tell(access, row, 'COMMENT_DELETE', 'COMMENT_DELETE', 'COMMENT.DELETED');
      store.comments.delete(row.id);
    });
    return reply.code(204).send();
  });
}

/** Records what happened to a comment, in the transaction of that. */
function tell(
  access: Access,
  row: CommentRow,
  user: string | null,
  admin: string,
  trigger: string,
): void {
  const file = access.store.items.get(row.file_id);
  const source = representComment(row, undefined, access.view);
  if (file) recordAttachedEvent(access, file, { user, admin, trigger, source });
}

/** The file that a new comment goes to, and the comment that it answers. */
function placeOf(access: Access, body: Body): Pick<CommentRow, 'file_id' | 'reply_to'> {
  const { type, id } = asBody(body.item) ?? {};
  if (body.item === undefined || id === undefined) throw missing('item');
  if (type !== 'file' && type !== 'comment') {
    throw invalid('item', body.item, 'must have a type of file or comment');
  }
  const parent =
    type === 'comment' ? attached(access, 'item', id, access.store.comments.get) : undefined;
  const file = parent?.file ?? access.activeFile(id);
  access.demand(file, 'comment');
  return { file_id: file.id, reply_to: parent?.row.id ?? null };
}

/** A comment's words; where people are mentioned, the plain text is made from those. */
function textOf(body: Body): Pick<CommentRow, 'message' | 'tagged_message'> {
  const tagged = wordsOf(body, 'tagged_message');
  if (tagged !== undefined) {
    return { tagged_message: tagged, message: tagged.replace(/@\[\d+:([^\]]*)\]/g, '$1') };
  }
  const message = wordsOf(body, 'message');
  if (message === undefined) throw missing('message');
  return { message, tagged_message: null };
}

function wordsOf(body: Body, name: 'message' | 'tagged_message'): string | undefined {
  const words = body[name];
  if (words === undefined || words === null) return undefined;
  if (typeof words !== 'string' || words.trim() === '')
    throw invalid(name, words, 'must be a text');
  return words;
}
