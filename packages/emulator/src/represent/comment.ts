import type { Right } from '../access/roles.ts';
import type { CommentRow } from '../store/comments.ts';
import { formatTime } from '../times.ts';
import { withFields } from './fields.ts';
import type { View } from './view.ts';

/**
 * A comment. `tagged_message` comes when it is asked for, also where somebody is mentioned, and so does
 * `permissions`, which is in no document: Box UI Elements ask for it.
 * https://developer.box.com/reference/resources/comment/
 */
export function representComment(comment: CommentRow, fields: unknown, view: View) {
  const { tagged_message: tagged, reply_to: replyTo } = comment;
  const isReply = replyTo !== null;
  const members = {
    type: 'comment',
    id: String(comment.id),
    is_reply_comment: isReply,
    message: comment.message,
    tagged_message: tagged ?? '',
    created_by: view.userMini(comment.created_by),
    created_at: formatTime(comment.created_at),
    modified_at: formatTime(comment.modified_at),
    item: isReply
      ? { type: 'comment', id: String(replyTo) }
      : { type: 'file', id: String(comment.file_id) },
    permissions: permissionsOn(comment, view),
  };
  return withFields(members, fields, ['permissions', 'tagged_message']);
}

function permissionsOn(comment: CommentRow, view: View) {
  const file = view.store.items.get(comment.file_id);
  const may = (right: Right) => file !== undefined && view.permits(file, right, 'comment');
  const isOwn = comment.created_by === view.userId;
  return {
    can_delete: may(isOwn ? 'see' : 'delete'),
    can_edit: isOwn && may('see'),
    can_reply: may('comment'),
  };
}
