import {
  type BoxClient,
  type BoxItem,
  InputError,
  isBoxError,
  parseReference,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { itemLine } from '../output/item-line.ts';
import { localTime } from '../output/local-time.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { isGlob, nameGlob, unescaped } from '../places/name-glob.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { TrashPurgeRow } from '../verbs/tidy/trash-purge.ts';
import type { TrashRestoreRow } from '../verbs/tidy/trash-restore.ts';
import { getItem, type ItemId, itemOfSubject, nameTaken, subjectOf } from './items.ts';

const FIELDS = ['name', 'size', 'modified_at', 'trashed_at', 'purged_at', 'parent', 'sha1', 'url'];

/** `boxhaul trash list`: a line for each item, as the listing arrives. */
export async function runTrashList(context: CommandContext): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  const connection = await openConnection(context);
  try {
    let isEmpty = true;
    for await (const item of connection.client.trash.items({ fields: FIELDS, signal })) {
      const { id, type: kind, name, trashed_at: trashedAt, purged_at: purgedAt } = item;
      const bytes = item.type === 'web_link' ? undefined : item.size;
      output.event('trash-item', { kind, id, name, bytes, trashedAt, purgedAt });
      output.print(itemLine(output, { ...item, modified_at: trashedAt ?? null }));
      isEmpty = false;
      await room(stdout, signal);
    }
    if (isEmpty && output.people.isTTY) output.say('the trash is empty');
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}

/** `boxhaul trash restore`. */
export const restore: Doing<TrashRestoreRow> = {
  expand,
  async find({ item: word, to, name }, context) {
    const item = await trashed(word, context);
    const { client, signal } = context;
    const folder = to === undefined ? undefined : await context.folder(to);
    const called = name ?? item.name;
    return {
      words: `${called} (${item.id})`,
      subject: subjectOf(item),
      make: async () => {
        const target = { name, ...(folder && { parentId: folder.item.id }) };
        const back = await client.trash
          .restore(item, target, { signal, fields: ['name'] })
          .catch((error: unknown) => {
            throw to === undefined
              ? withoutItsFolder(nameTaken(error, called))
              : nameTaken(error, called);
          });
        return { id: back.id };
      },
    };
  },

  async isMade(_row, { subject }, { client, signal }) {
    const item = await getItem(client, itemOfSubject(subject), {
      signal,
      fields: ['name', 'item_status'],
    }).catch(absent);
    if (item === undefined || item.item_status === 'trashed') return undefined;
    return { id: item.id, words: `${item.name} (${item.id})` };
  },
};

/** `boxhaul trash purge`. */
export const purge: Doing<TrashPurgeRow> = {
  expand,
  async find({ item: word }, context) {
    const item = await trashed(word, context);
    const { client, signal } = context;
    return {
      words: `${item.name} (${item.id})`,
      subject: subjectOf(item),
      make: async () => {
        await client.trash.delete(item, { signal });
        return { id: item.id };
      },
    };
  },

  async isMade({ item: word }, { subject }, { client, signal }) {
    const item = itemOfSubject(subject);
    const isThere = await client.trash.get(item, { signal }).catch(absent);
    return isThere ? undefined : { id: item.id, words: word };
  },
};

/** A glob among the words stands for the ids of all in the trash whose names it matches. */
async function* expand(
  word: string,
  { client, signal }: VerbContext,
): AsyncGenerator<{ word: string; shown?: string }> {
  if (!isGlob(word)) {
    yield { word };
    return;
  }
  const matches = nameGlob(word);
  let hasMatches = false;
  for await (const { type, id, name } of client.trash.items({ signal })) {
    if (!matches(name)) continue;
    hasMatches = true;
    yield { word: `https://app.box.com/${type}/${id}`, shown: name };
  }
  if (!hasMatches) throw notThere(word);
}

/** What a word names in the trash: by id or address, or by a name that only one thing there has. */
async function trashed(word: string, context: VerbContext): Promise<BoxItem> {
  const found = await byReference(word, context.client, context.signal);
  if (found) return found;
  const named = await byName(context);
  const [only, ...others] = named.get(unescaped(word).toLowerCase()) ?? [];
  if (only === undefined) throw notThere(word);
  if (others.length === 0) return only;
  throw new CliError(`"${printable(word)}" is in the trash more than once`, {
    details: [only, ...others].map(({ id, trashed_at: at }) => `${id}   deleted ${localTime(at)}`),
    ways: ['give the id of the one that is meant'],
  });
}

async function byReference(
  word: string,
  client: BoxClient,
  signal: AbortSignal,
): Promise<BoxItem | undefined> {
  for (const item of itemsReferredTo(word)) {
    const found = await client.trash.get(item, { fields: FIELDS, signal }).catch(absent);
    if (found) return found;
  }
  return undefined;
}

/** A name may be all digits as well, so that what has no such id is looked for by name. */
function itemsReferredTo(word: string): ItemId[] {
  try {
    const reference = parseReference(word);
    if (reference.kind === 'id') {
      return (['file', 'folder', 'web_link'] as const).map((type) => ({ type, id: reference.id }));
    }
    return 'id' in reference ? [{ type: reference.kind, id: reference.id }] : [];
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

/** All that is in the trash, listed once. */
function byName({ once, client, signal }: VerbContext): Promise<ReadonlyMap<string, BoxItem[]>> {
  return once('trash', async () => {
    const named = new Map<string, BoxItem[]>();
    for await (const item of client.trash.items({ fields: ['name', 'trashed_at'], signal })) {
      const name = item.name.toLowerCase();
      const others = named.get(name);
      if (others) others.push(item);
      else named.set(name, [item]);
    }
    return named;
  });
}

function absent(error: unknown): undefined {
  if (isBoxError(error) && error.status === 404) return undefined;
  throw error;
}

function notThere(word: string): CliError {
  return new CliError(`"${printable(word)}" is not in the trash of this account`, {
    ways: ['boxhaul trash list    shows what is, with the ids'],
  });
}

/** Box says no more than that the folder is not to be had. */
function withoutItsFolder(error: unknown): unknown {
  if (!isBoxError(error) || ![403, 404].includes(error.status)) return error;
  return new CliError(error.message, {
    ways: ['--to <folder>    if the folder that it was in is gone'],
    cause: error,
  });
}
