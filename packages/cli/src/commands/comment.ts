import { CliError } from '../cli-error.ts';
import type { Doing } from '../rows/verb.ts';
import type { CommentRow } from '../verbs/tidy/comment.ts';
import { wordsOf } from './items.ts';
import { madeSince } from './made-since.ts';

/** `boxhaul comment`. */
export const comment: Doing<CommentRow> = {
  async find({ path, text }, context) {
    const place = await context.file(path);
    const { item, client } = place;
    if (item.type !== 'file') {
      throw new CliError(`${wordsOf(place)} is a ${item.type}, and only files have comments`);
    }
    const isTagged = /@\[\d+:[^\]]*\]/.test(text);
    return {
      words: `${wordsOf(place)}   ${text}`,
      subject: { fileId: item.id, text },
      make: async () => {
        const words = isTagged ? { taggedMessage: text } : { message: text };
        const { signal } = context;
        const { id } = await client.comments.create({ fileId: item.id, ...words }, { signal });
        return { id };
      },
    };
  },

  /** A comment of the same words by the same person, written since the row was begun. */
  async isMade({ path, text }, begun, { client, signal, me }) {
    const { fileId = '' } = begun.subject;
    const { id: userId } = await me();
    const isSince = await madeSince(client, begun, signal);
    const fields = ['message', 'tagged_message', 'created_by', 'created_at'];
    for await (const found of client.comments.list(fileId, { fields, signal })) {
      const isSame = found.message === text || found.tagged_message === text;
      if (!isSame || found.created_by?.id !== userId || !isSince(found.created_at)) continue;
      if (begun.take(found.id)) return { id: found.id, words: `${path}   ${text}` };
    }
    return undefined;
  },
};
