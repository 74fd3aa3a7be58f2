import { type BoxComment, isBoxError } from '@boxhaul/client';
import type { CommentDetails } from '../details.ts';
import type { Carriage } from './carry-details.ts';
import { Found, signed } from './people.ts';

type Remark = Omit<CommentDetails, 'replies'>;

/**
 * Comments, in the order in which they were made. Box has whoever carries them say them, and now: so each begins with
 * whose it was, and when, and by that it is known again.
 */
export async function carryComments(
  comments: readonly CommentDetails[],
  carriage: Carriage,
): Promise<void> {
  const { item, outcome } = carriage;
  if (comments.length === 0) return;
  if (item.type !== 'file') {
    outcome.lacks('comment', 'not-for-folders', 'only files have comments');
    return;
  }
  const there = await commentsOn(carriage);
  if (!there) return;
  for (const [at, comment] of comments.entries()) {
    const isSaid = await sayWithReplies(comment, there, carriage);
    if (isSaid) continue;
    const left = comments.length - at - 1;
    // They would stand in another order: the next run goes on from here.
    if (left > 0) {
      outcome.gaps.push({
        what: 'comment',
        code: 'in-order',
        words: `${left} after one that was refused`,
        mayPass: true,
      });
    }
    return;
  }
}

/** @returns false if something of it is to be tried again */
async function sayWithReplies(
  comment: CommentDetails,
  there: Found<BoxComment>,
  carriage: Carriage,
): Promise<boolean> {
  const { item, outcome } = carriage;
  const gapsBefore = outcome.gaps.length;
  const id = await say(comment, { fileId: item.id }, there, carriage);
  const replies = comment.replies ?? [];
  if (id === undefined && replies.length > 0) {
    outcome.lacks('comment', 'no-parent', `${replies.length} replies to one that is not there`);
  }
  if (id !== undefined) {
    for (const reply of replies) await say(reply, { commentId: id }, there, carriage);
  }
  return !outcome.gaps.slice(gapsBefore).some(({ mayPass }) => mayPass);
}

/** @returns undefined if they cannot be seen, which is a gap */
async function commentsOn({ item, context, outcome }: Carriage) {
  const { client, signal, expect } = context;
  const found = new Found<BoxComment>();
  if (item.isNew) return found;
  expect(1);
  return await outcome.attempt('comment', 'what is there', context, async () => {
    for await (const comment of client.comments.list(item.id, { signal })) {
      found.add(comment.message ?? '', comment);
    }
    return found;
  });
}

/** @returns the comment's id, if it is there now */
async function say(
  { by, at, message: text }: Remark,
  to: { fileId: string } | { commentId: string },
  there: Found<BoxComment>,
  { context, outcome }: Carriage,
): Promise<string | undefined> {
  const { client, signal, expect } = context;
  const message = `${signed(by, at)}:\n${text}`;
  const said = there.take(message);
  if (said) return said.id;
  expect(1);
  return await outcome.attempt('comment', signed(by, at), context, async () => {
    try {
      const { id } = await client.comments.create({ ...to, message }, { signal });
      outcome.did('comment');
      return id;
    } catch (error) {
      // Said a moment ago, by a first try whose answer was lost: there are no two at one time by one person.
      if (isBoxError(error, 'recent_similar_comment')) return undefined;
      throw error;
    }
  });
}
