/** What lies on a path, name by name from the root; and where there is nothing, how far one gets and what was meant. */
import type { BoxClient, BoxItem } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { quoted } from '../output/quoted.ts';
import { printable } from '../output/width.ts';
import type { Listing, Listings } from './listings.ts';
import { NearName } from './near-name.ts';

/** An item and where it lies. */
export interface At {
  readonly item: BoxItem;
  /** With the names as Box has them. */
  readonly path: string;
}

/** How what lies on a path is looked for. */
export interface OnPath {
  readonly client: BoxClient;
  readonly listings: Listings;
  readonly signal: AbortSignal;
  readonly fields?: readonly string[];
}

/** The deepest folder of a path that is there. */
interface Reached {
  readonly reached: string;
  readonly folderId: string;
}

/** There is nothing on a path. */
export class NotThere extends CliError {
  /** The deepest folder of the path that is there. */
  readonly reached: string;
  /** The path with a name in it that is there, where one is near. */
  readonly meant: string | undefined;
  /** The id of that folder. */
  readonly folderId: string;
  /** What is no folder has the next name. */
  readonly isBlocked: boolean;

  constructor(
    word: string,
    why: string,
    { reached, meant, folderId, isBlocked }: Reached & { meant?: string; isBlocked: boolean },
  ) {
    super(`"${printable(word)}" is not there: ${printable(why)}`, {
      ways: [...(meant === undefined ? [] : [`did you mean ${meant}?`]), lookInto(reached)],
    });
    this.reached = reached;
    this.folderId = folderId;
    this.isBlocked = isBlocked;
    this.meant = meant;
  }
}

/**
 * The item that these names lead to.
 * @param word as it was typed
 * @throws {NotThere}
 */
export async function itemOnPath(
  word: string,
  names: readonly string[],
  { client, listings, signal, fields = [] }: OnPath,
): Promise<At> {
  let item: BoxItem | undefined;
  let path = '';
  let above = { reached: '/', folderId: '0' };
  for (const [index, name] of names.entries()) {
    if (name === '.' || name === '..') throw hasDots(word, name);
    if (item && item.type !== 'folder') {
      const why = `${path} is a ${kindWords(item.type)}, and holds nothing`;
      throw new NotThere(word, why, { ...above, isBlocked: true });
    }
    const folderId = item?.id ?? '0';
    const listing = listings.of(folderId);
    item = await listing.named(name);
    const below = names.slice(index + 1);
    if (!item) throw await notIn(listing, { word, path, folderId, name, below });
    above = { reached: path || '/', folderId };
    path += `/${item.name}`;
  }
  item ??= await client.folders.get('0', { fields, signal });
  return { item, path: path || '/' };
}

/** The folder has been listed to its end: no more is asked for. */
async function notIn(
  listing: Listing,
  {
    word,
    path,
    folderId,
    name,
    below,
  }: { word: string; path: string; folderId: string; name: string; below: readonly string[] },
): Promise<NotThere> {
  const near = new NearName(name);
  for await (const item of listing.items()) {
    if (below.length === 0 || item.type === 'folder') near.see(item.name);
  }
  const meant = near.name && [path, near.name, ...below].join('/');
  return new NotThere(word, `${path || 'the root'} holds no "${name}"`, {
    reached: path || '/',
    folderId,
    isBlocked: false,
    ...(meant && { meant }),
  });
}

/** The way out that shows what is there. */
export function lookInto(folder: string): string {
  const isRoot = folder === '/';
  return `boxhaul ls ${quoted(folder)}    shows what ${isRoot ? 'this account sees' : 'is there'}`;
}

export function kindWords(type: BoxItem['type']): string {
  return type.replace('_', ' ');
}

export function isNot(expect: BoxItem['type'], word: string, item: BoxItem): CliError {
  const inIt = `'${printable(word).replace(/\/+$/, '')}/*'    is what is in it`;
  return new CliError(
    `"${printable(word)}" is a ${kindWords(item.type)}, and a ${kindWords(expect)} is expected`,
    { ways: item.type === 'folder' ? [inIt] : ['name the folder that it lies in'] },
  );
}

function hasDots(word: string, dots: string): CliError {
  return new CliError(`"${printable(word)}" has "${dots}" in it, which no item in Box is called`);
}
