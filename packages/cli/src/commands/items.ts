/** Files, folders and web links alike, for commands that change any of them. */
import type { BoxClient, BoxItem, ItemChanges } from '@boxhaul/client';
import { isBoxError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { quoted } from '../output/quoted.ts';
import { printable } from '../output/width.ts';
import type { FoundPlace } from '../places/box-places.ts';

/** Which item, by type and id. */
export type ItemId = Pick<BoxItem, 'type' | 'id'>;

interface Calling {
  readonly signal: AbortSignal;
  readonly fields?: readonly string[];
}

/** The item as it is now, in the trash too where it is a file. */
export async function getItem(
  client: BoxClient,
  { type, id }: ItemId,
  options: Calling,
): Promise<BoxItem> {
  if (type === 'file') return await client.files.get(id, options);
  if (type === 'folder') return await client.folders.get(id, options);
  return await client.webLinks.get(id, options);
}

/** Changes name, folder or description. */
export async function updateItem(
  client: BoxClient,
  { type, id }: ItemId,
  changes: ItemChanges,
  options: Calling,
): Promise<BoxItem> {
  if (type === 'file') return await client.files.update(id, changes, options);
  if (type === 'folder') return await client.folders.update(id, changes, options);
  return await client.webLinks.update(id, changes, options);
}

/** Puts it into the trash, a folder with all that is in it. */
export async function deleteItem(
  client: BoxClient,
  { type, id }: ItemId,
  options: Calling,
): Promise<void> {
  if (type === 'file') await client.files.delete(id, options);
  else if (type === 'folder') await client.folders.delete(id, { ...options, recursive: true });
  else await client.webLinks.delete(id, options);
}

/** As it is kept for later. */
export function subjectOf({ type, id }: ItemId): { type: BoxItem['type']; id: string } {
  return { type, id };
}

/** The item that was kept. */
export function itemOfSubject(subject: Readonly<Record<string, string>>): ItemId {
  const { type, id = '' } = subject;
  return { type: type === 'folder' || type === 'web_link' ? type : 'file', id };
}

/** A path where it is known, and else the name with the id. */
export function wordsOf({ item, path }: Pick<FoundPlace, 'item' | 'path'>): string {
  return path ?? (item.id === '0' && item.type === 'folder' ? '/' : `${item.name} (${item.id})`);
}

/** @throws CliError it is the root, with which nothing of the kind can be done */
export function assertNotRoot({ item }: Pick<FoundPlace, 'item'>, did: string): void {
  if (item.type !== 'folder' || item.id !== '0') return;
  throw new CliError(`the root of Box cannot be ${did}`, {
    ways: ['name what is in it: "/*" is all of it'],
  });
}

/**
 * What Box makes of an end that has passed differs: it refuses it, or does nothing and says that all went well.
 * @throws CliError it has passed
 */
export function assertAhead(expires: Date | undefined): void {
  if (expires === undefined || expires.getTime() > Date.now()) return;
  throw new CliError(`expires: ${expires.toISOString()} is over already`, {
    ways: ['give a time that is still to come: 30d, 2030-12-31'],
  });
}

/**
 * The error of a change that meets a name which is taken.
 * @param where `/Archive/a.txt`
 */
export function nameTaken(error: unknown, where: string): unknown {
  if (!isBoxError(error, 'item_name_in_use')) return error;
  const { type = 'item', id } = error.conflict ?? {};
  const kind = type.replace('_', ' ');
  return new CliError(`${printable(where)} is taken by another ${kind}`, {
    details: id === undefined ? [] : [`that ${kind} has the id ${id}`],
    ways: [
      '--name <another name>    puts it beside that one',
      `boxhaul rm ${kind === 'folder' ? '--recursive ' : ''}${quoted(where)}    puts that one into the trash first`,
    ],
    cause: error,
  });
}
