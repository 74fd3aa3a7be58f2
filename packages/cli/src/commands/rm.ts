import { type BoxClient, isBoxError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { Doing } from '../rows/verb.ts';
import type { RmRow } from '../verbs/tidy/rm.ts';
import {
  assertNotRoot,
  deleteItem,
  getItem,
  type ItemId,
  itemOfSubject,
  subjectOf,
  wordsOf,
} from './items.ts';

/** `boxhaul rm`. */
export const rm: Doing<RmRow> = {
  async find({ path, recursive, permanently }, context) {
    const place = await context.item(path).catch((error: unknown) => {
      if (permanently || !isBoxError(error, 'trashed')) throw error;
    });
    if (place === undefined) return { words: path, because: WITH_ITS_FOLDER };
    assertNotRoot(place, 'removed');
    const { item, client } = place;
    if (item.type === 'folder' && !recursive) {
      throw new CliError(`${wordsOf(place)} is a folder`, {
        ways: ['--recursive removes it with all that is in it'],
      });
    }
    const words = `${wordsOf(place)}${item.type === 'folder' ? '/' : ''}`;
    return {
      words: permanently ? `${words}  for ever` : words,
      subject: subjectOf(item),
      make: async () => {
        const { signal } = context;
        await deleteItem(client, item, { signal }).catch((error: unknown) => {
          // It is where it should be: most likely another row took the folder that it was in.
          if (permanently || !isBoxError(error, 'trashed')) throw error;
        });
        if (permanently) await client.trash.delete(item, { signal });
        return { id: item.id };
      },
    };
  },

  /** What is in the trash is not found where the row says. */
  async isMade({ path, permanently }, { subject }, { client, signal }) {
    const item = itemOfSubject(subject);
    if (await isActive(client, item, signal)) return undefined;
    if (permanently) await client.trash.delete(item, { signal });
    return { id: item.id, words: path };
  },
};

const WITH_ITS_FOLDER = 'it is in the trash with the folder that it was in';

async function isActive(client: BoxClient, item: ItemId, signal: AbortSignal): Promise<boolean> {
  try {
    const { item_status: status } = await getItem(client, item, {
      signal,
      fields: ['item_status'],
    });
    return status !== 'trashed';
  } catch (error) {
    if (isBoxError(error) && error.status === 404) return false;
    throw error;
  }
}
