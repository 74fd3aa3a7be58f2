import type { BoxClient, BoxFileLock } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { Doing } from '../rows/verb.ts';
import type { LockRow } from '../verbs/tidy/lock.ts';
import type { UnlockRow } from '../verbs/tidy/unlock.ts';
import { assertAhead, assertNotRoot, wordsOf } from './items.ts';

/** `boxhaul lock`. */
export const lock: Doing<LockRow> = {
  async find({ path, expires, preventDownload }, context) {
    const place = await context.item(path);
    assertNotRoot(place, 'locked');
    const { item, client } = place;
    const { signal } = context;
    if (item.type === 'web_link') throw noLocks(wordsOf(place));
    assertAhead(expires);
    if (item.type === 'folder') {
      if (expires || preventDownload) throw onlyOfFiles(wordsOf(place));
      const [there] = await client.folderLocks.list(item.id, { signal });
      const words = `${wordsOf(place)}/`;
      if (there) return { words, because: 'it is locked already' };
      return {
        words,
        make: async () => ({ id: (await client.folderLocks.create(item.id, { signal })).id }),
      };
    }
    const until = expires === undefined ? '' : `   until ${expires.toISOString().slice(0, 16)}Z`;
    return {
      words: `${wordsOf(place)}${until}`,
      make: async () => {
        const { id } = await client.files.lock(item.id, {
          ...(expires && { expiresAt: expires }),
          ...(preventDownload && { isDownloadPrevented: true }),
          signal,
        });
        return { id };
      },
    };
  },
};

/** `boxhaul unlock`. */
export const unlock: Doing<UnlockRow> = {
  async find({ path }, context) {
    const place = await context.item(path);
    const { item, client } = place;
    const { signal } = context;
    const words = wordsOf(place);
    if (item.type === 'web_link') throw noLocks(words);
    if (item.type === 'folder') {
      const locks = await client.folderLocks.list(item.id, { signal });
      if (locks.length === 0) return { words, because: NOT_LOCKED };
      return {
        words: `${words}/`,
        make: async () => {
          for (const { id } of locks) await client.folderLocks.delete(id, { signal });
          return { id: item.id };
        },
      };
    }
    if ((await lockOf(client, item.id, signal)) === undefined)
      return { words, because: NOT_LOCKED };
    return {
      words,
      make: async () => {
        await client.files.unlock(item.id, { signal });
        return { id: item.id };
      },
    };
  },
};

const NOT_LOCKED = 'it is not locked';

async function lockOf(
  client: BoxClient,
  fileId: string,
  signal: AbortSignal,
): Promise<BoxFileLock | undefined> {
  const file = await client.files.get(fileId, { fields: ['lock'], signal });
  const { lock: found } = file as { lock?: BoxFileLock | null };
  return found ?? undefined;
}

function noLocks(words: string): CliError {
  return new CliError(`${words} is a web link, and those have no locks`);
}

function onlyOfFiles(words: string): CliError {
  return new CliError(
    `${words} is a folder: its lock neither ends by itself nor keeps anyone from downloading`,
    { ways: ['leave --expires and --prevent-download out, and boxhaul unlock it when it is time'] },
  );
}
