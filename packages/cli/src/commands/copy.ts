import type { BoxClient, BoxItem, CopyTarget } from '@boxhaul/client';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { CopyRow } from '../verbs/tidy/copy.ts';
import { destinationOf } from './destination.ts';
import { assertNotRoot, nameTaken, wordsOf } from './items.ts';
import { madeSince } from './made-since.ts';

/** `boxhaul copy`. */
export const copy: Doing<CopyRow> = {
  async find({ path, to, name }, context) {
    const place = await context.item(path);
    assertNotRoot(place, 'copied');
    const { item, client } = place;
    const { folderId, name: newName, words } = await destinationOf(to, name, undefined, context);
    const where = words(item.name);
    return {
      words: `${wordsOf(place)} → ${where}`,
      subject: {
        type: item.type,
        folderId,
        name: newName ?? item.name,
        ...(item.type === 'file' && { sha1: item.sha1 }),
      },
      make: async () => {
        const target = { parentId: folderId, name: newName };
        const made = await copyItem(client, item, target, context).catch((error: unknown) => {
          throw nameTaken(error, where);
        });
        return { id: made.id };
      },
    };
  },

  /** Something of its kind, name and contents that came to the folder since. */
  async isMade({ path, to }, begun, { client, signal, children }) {
    const { type, folderId = '', name = '', sha1 } = begun.subject;
    const found = await children(folderId).named(name);
    if (found === undefined || found.type !== type) return undefined;
    if (found.type === 'file' && found.sha1 !== sha1) return undefined;
    const isSince = await madeSince(client, begun, signal);
    if (!isSince(found.created_at) || !begun.take(found.id)) return undefined;
    return { id: found.id, words: `${path} → ${to}` };
  },
};

async function copyItem(
  client: BoxClient,
  { type, id }: BoxItem,
  target: CopyTarget,
  { signal }: Pick<VerbContext, 'signal'>,
): Promise<BoxItem> {
  const options = { signal, fields: ['name'] };
  if (type === 'file') return await client.files.copy(id, target, options);
  if (type === 'folder') return await client.folders.copy(id, target, options);
  return await client.webLinks.copy(id, target, options);
}
