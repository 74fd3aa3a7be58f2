/**
 * A Box folder that receives files. It is found or made when first asked for, listed at most once, and
 * not at all if this run made it; however many files wait for it, they share that one answer.
 */
import { type BoxFile, type BoxItem, isBoxError } from '@boxhaul/client';
import { once } from './contents.ts';
import { FOLDER_CALLS } from './cost.ts';
import type { JobContext } from './job.ts';
import { foldName, nameTag, unfinishedTagOf } from './names.ts';
import { TransferFailure } from './reason.ts';
import { pathIn, readBoxFolder } from './tree.ts';

export interface BoxTarget {
  /** Below the job's folder, `/` between names; empty for that folder itself. */
  readonly path: string;
  /** Finds the folder, or makes it. @throws {TransferFailure} `in-the-way` */
  open(): Promise<OpenedFolder>;
  /** What was in it. @throws as `open`, and what listing it throws */
  listing(): Promise<Listing>;
}

interface OpenedFolder {
  /** Empty in a dry run, for a folder that would be made. */
  id: string;
  isNew: boolean;
}

/** What a folder held when it was listed, by name as Box compares names. */
interface Listing {
  find(name: string): BoxItem | undefined;
  /** Files of earlier runs that wait to become `name`. */
  unfinished(name: string): readonly BoxFile[];
}

/** The folder that the whole job goes to. It must be there. */
export function jobFolder(context: JobContext, id: string): BoxTarget {
  return targetFolder(context, '', async () => ({ id, isNew: false }));
}

/** A folder in another. */
export function subfolder(context: JobContext, parent: BoxTarget, name: string): BoxTarget {
  const path = pathIn(parent.path, name);
  return targetFolder(context, path, async () => {
    const { id: parentId } = await parent.open();
    const occupant = (await parent.listing()).find(name);
    const opened = occupant
      ? { id: folderIdOf(occupant), isNew: false }
      : await makeFolder(context, parentId, name);
    context.emit({
      type: 'folder',
      path,
      state: opened.isNew ? 'created' : 'exists',
      ...(opened.id !== '' && { id: opened.id }),
    });
    return opened;
  });
}

function targetFolder(
  context: JobContext,
  path: string,
  locate: () => Promise<OpenedFolder>,
): BoxTarget {
  const open = once(locate);
  const listing = once(async () => {
    const { id, isNew } = await open();
    return isNew ? EMPTY : listingOf(readBoxFolder(context, id));
  });
  return { path, open, listing };
}

async function makeFolder(
  context: JobContext,
  parentId: string,
  name: string,
): Promise<OpenedFolder> {
  context.expect(FOLDER_CALLS);
  if (context.dryRun) return { id: '', isNew: true };
  try {
    const { signal } = context;
    const made = await context.client.folders.create(
      { name, parentId },
      { fields: ['id'], signal },
    );
    return { id: made.id, isNew: true };
  } catch (error) {
    // Someone made it since the listing: theirs is as good as ours, but may have things in it.
    const conflict = isBoxError(error, 'item_name_in_use') ? error.conflict : undefined;
    if (!conflict) throw error;
    return { id: folderIdOf(conflict), isNew: false };
  }
}

function folderIdOf(occupant: { type: string; id: string }): string {
  if (occupant.type === 'folder') return occupant.id;
  const what = occupant.type === 'web_link' ? 'web link' : 'file';
  throw new TransferFailure('in-the-way', `a ${what} in Box has the name of this folder`);
}

const EMPTY: Listing = { find: () => undefined, unfinished: () => [] };

async function listingOf(items: AsyncIterable<BoxItem>): Promise<Listing> {
  const byName = new Map<string, BoxItem>();
  const waiting = new Map<string, BoxFile[]>();
  for await (const item of items) {
    byName.set(foldName(item.name), item);
    const tag = item.type === 'file' ? unfinishedTagOf(item.name) : undefined;
    if (item.type === 'file' && tag) waiting.set(tag, [...(waiting.get(tag) ?? []), item]);
  }
  return {
    find: (name) => byName.get(foldName(name)),
    unfinished: (name) => (waiting.size === 0 ? [] : (waiting.get(nameTag(name)) ?? [])),
  };
}
