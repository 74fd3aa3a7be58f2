import { isBoxError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';
import type { Doing } from '../rows/verb.ts';
import type { MoveRow } from '../verbs/tidy/move.ts';
import { destinationOf } from './destination.ts';
import { assertNotRoot, getItem, itemOfSubject, nameTaken, updateItem, wordsOf } from './items.ts';

/** `boxhaul move`. */
export const move: Doing<MoveRow> = {
  async find({ path, to, name }, context) {
    const place = await context.item(path);
    assertNotRoot(place, 'moved');
    const { item, client } = place;
    const destination = await destinationOf(to, name, item, context);
    const { folderId } = destination;
    const newName = destination.name ?? item.name;
    const where = destination.words(item.name);
    const words = `${wordsOf(place)} → ${where}`;
    const isRenamed = newName !== item.name;
    if (item.parent?.id === folderId && !isRenamed)
      return { words, because: 'it is there already' };
    return {
      words,
      subject: { type: item.type, id: item.id, folderId, name: newName },
      make: async () => {
        const changes = { parentId: folderId, ...(isRenamed && { name: newName }) };
        const { signal } = context;
        const moved = await updateItem(client, item, changes, { signal, fields: ['name'] }).catch(
          (error: unknown) => {
            throw intoItself(nameTaken(error, where), wordsOf(place));
          },
        );
        return { id: moved.id };
      },
    };
  },

  /** It is no longer where the row says. */
  async isMade({ path, to }, { subject }, { client, signal }) {
    const { folderId, name } = subject;
    try {
      const item = await getItem(client, itemOfSubject(subject), {
        signal,
        fields: ['parent', 'name'],
      });
      if (item.parent?.id !== folderId || item.name !== name) return undefined;
      return { id: item.id, words: `${path} → ${to}` };
    } catch (error) {
      // Whatever became of it, the row is worked on as any other.
      if (isBoxError(error) && error.status === 404) return undefined;
      throw error;
    }
  },
};

function intoItself(error: unknown, there: string): unknown {
  if (!isBoxError(error, 'cyclical_folder_structure')) return error;
  return new CliError(`${printable(there)} cannot go into itself, or into a folder in it`, {
    ways: ['give a folder that lies elsewhere, or --name for another name in the folder it is in'],
    cause: error,
  });
}
