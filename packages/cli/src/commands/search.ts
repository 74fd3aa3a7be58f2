import {
  type BoxClient,
  type BoxItem,
  isBoxError,
  pathOfItem,
  type SearchQuery,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { type MetadataCondition, metadataFilterOf } from '../options/metadata-filter.ts';
import { itemFields, itemLine, SHOWN_FIELDS } from '../output/item-line.ts';
import { room } from '../output/room.ts';
import { userIdOf } from '../people.ts';
import { openPlaces } from '../places/box-places.ts';

export interface SearchCommandOptions {
  readonly in?: readonly string[];
  readonly kind?: BoxItem['type'];
  readonly ext?: readonly string[];
  readonly lookIn?: readonly NonNullable<SearchQuery['contentTypes']>[number][];
  readonly minSize?: number;
  readonly maxSize?: number;
  readonly createdAfter?: Date;
  readonly createdBefore?: Date;
  readonly changedAfter?: Date;
  readonly changedBefore?: Date;
  readonly deletedAfter?: Date;
  readonly deletedBefore?: Date;
  readonly owner?: readonly string[];
  readonly changedBy?: readonly string[];
  readonly deletedBy?: readonly string[];
  readonly metadata?: readonly MetadataCondition[];
  readonly trash?: 'without' | 'only' | 'too';
  readonly enterprise?: boolean;
  readonly shared?: boolean;
  readonly sort?: 'relevance' | 'newest' | 'oldest';
  readonly limit?: number;
}

/** `boxhaul search <words…>`: what Box's index finds, best first. */
export async function runSearch(
  context: CommandContext,
  words: readonly string[],
  options: SearchCommandOptions,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  if (words.join('').trim() === '' && options.metadata === undefined) {
    throw new CliError('it is not said what to search for', {
      ways: ['boxhaul search quarterly report', 'boxhaul find /    lists without searching'],
    });
  }
  const { client, close } = await openConnection(context);
  try {
    const query = await queryOf(client, words, options, signal);
    const { limit = Number.POSITIVE_INFINITY } = options;
    let count = 0;
    for await (const { item, link } of found(client, query, options.shared === true, signal)) {
      if (count >= limit) break;
      count += 1;
      const path = pathIfAny(item);
      output.event('item', { ...itemFields(item, path), sharedLink: link });
      output.print(itemLine(output, item, path));
      await room(stdout, signal);
    }
    if (count === 0 && output.people.isTTY) output.say(`nothing is found; ${LATE}`);
    return ExitCode.done;
  } finally {
    await close();
  }
}

const LATE = 'Box knows new things only after some minutes';

async function* found(
  client: BoxClient,
  query: SearchQuery,
  isWithShared: boolean,
  signal: AbortSignal,
): AsyncGenerator<{ item: BoxItem; link?: string }, void, undefined> {
  const fields = [...SHOWN_FIELDS, 'path_collection'];
  try {
    if (!isWithShared) {
      for await (const item of client.search.items(query, { fields, signal })) yield { item };
      return;
    }
    for await (const result of client.search.results(query, { fields, signal })) {
      const { item, accessible_via_shared_link: link } = result;
      yield { item, ...(link && { link }) };
    }
  } catch (error) {
    throw noSuchTemplate(error, query);
  }
}

function noSuchTemplate(error: unknown, { metadata }: SearchQuery): unknown {
  if (!metadata || !isBoxError(error) || error.status !== 404) return error;
  const { scope, templateKey } = metadata;
  return new CliError(`there is no metadata template ${scope}.${templateKey}`, {
    ways: [`boxhaul meta template list --scope ${scope}`],
    cause: error,
  });
}

async function queryOf(
  client: BoxClient,
  words: readonly string[],
  options: SearchCommandOptions,
  signal: AbortSignal,
): Promise<SearchQuery> {
  const { minSize, maxSize, trash, sort } = options;
  const usersOf = async (names: readonly string[] | undefined, option: string) => {
    if (names === undefined) return undefined;
    const ways = [`give ids or whole logins: ${option} 12345,ann@example.com`];
    return await Promise.all(names.map((name) => userIdOf(client, name, { signal, ways })));
  };
  return {
    ...(words.length > 0 && { query: words.join(' ') }),
    metadata: metadataFilterOf(options.metadata),
    type: options.kind,
    ancestorFolderIds: await foldersOf(client, options.in, signal),
    fileExtensions: options.ext?.map((ext) => ext.replace(/^\*?\./, '')),
    contentTypes: options.lookIn,
    createdAt: { from: options.createdAfter, to: options.createdBefore },
    updatedAt: { from: options.changedAfter, to: options.changedBefore },
    deletedAt: { from: options.deletedAfter, to: options.deletedBefore },
    sizeBytes: {
      ...(minSize !== undefined && { least: minSize }),
      ...(maxSize !== undefined && { most: maxSize }),
    },
    ownerUserIds: await usersOf(options.owner, '--owner'),
    recentUpdaterUserIds: await usersOf(options.changedBy, '--changed-by'),
    deletedUserIds: await usersOf(options.deletedBy, '--deleted-by'),
    trashContent: trash && TRASH[trash],
    scope: options.enterprise ? 'enterprise_content' : undefined,
    ...(sort && SORTS[sort]),
  };
}

const TRASH = {
  without: 'non_trashed_only',
  only: 'trashed_only',
  too: 'all_items',
} as const;

const SORTS = {
  relevance: { sort: 'relevance' },
  newest: { sort: 'modified_at', direction: 'DESC' },
  oldest: { sort: 'modified_at', direction: 'ASC' },
} as const;

async function foldersOf(
  client: BoxClient,
  words: readonly string[] | undefined,
  signal: AbortSignal,
): Promise<string[] | undefined> {
  if (words === undefined) return undefined;
  const ids: string[] = [];
  const places = openPlaces(client, { expect: 'folder', signal });
  for (const word of words) {
    for await (const { item } of places.at(word)) ids.push(item.id);
  }
  return ids;
}

/** What lies in the trash, or in a tree that is not this user's, has no path that could be typed. */
function pathIfAny(item: BoxItem): string | undefined {
  const [root] = item.path_collection?.entries ?? [];
  return root?.id === '0' ? pathOfItem(item) : undefined;
}
