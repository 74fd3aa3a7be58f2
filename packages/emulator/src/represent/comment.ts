import type { CommentRow } from '../store/comments.ts';
import { formatTime } from '../times.ts';
import { withFields } from './fields.ts';
import type { View } from './view.ts';

/**
 * A comment. `tagged_message` comes where somebody is mentioned, or when it is asked for.
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
  };
  return withFields(members, fields, tagged === null ? ['tagged_message'] : []);
}
