/**
 * A Box folder that receives files. It is found or made when first asked for, listed at most once, and
 * not at all if this run made it; however many files wait for it, they share that one answer.
 */
import { type BoxFile, type BoxItem, isBoxError } from '@boxhaul/client';
import { FOLDER_CALLS } from '../cost.ts';
import type { JobContext } from '../job.ts';
import { once } from '../once.ts';
import { TransferFailure } from '../reason.ts';
import type { DistributionTarget } from '../transfer.ts';
import { foldName, nameTag, unfinishedTagOf } from '../tree/names.ts';
import { pathIn, readBoxFolder, topPath } from '../tree/tree.ts';
import type { NameInBox } from './name-in-box.ts';

export interface BoxTarget {
  /** As results name it: below the job's folder, `/` between names; empty for that folder itself. */
  readonly path: string;
  /** Whether its listing is to say which files can be copied to where their contents are wanted as well. */
  readonly isCopiedFrom: boolean;
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

/** What has a name, as far as uploading cares. */
type Occupant = NonNullable<NameInBox['occupant']>;

/** What a folder held when it was listed, by name as Box compares names. */
export interface Listing {
  find(name: string): Occupant | undefined;
  /** Files of earlier runs that wait to become `name`. */
  unfinished(name: string): readonly BoxFile[];
}

/** Where a whole job goes, as its options say it. */
export interface JobTarget {
  readonly folderId: string;
  /** In a dry run, of a folder that is not there yet: what making it takes. */
  readonly wouldTake?: number | undefined;
}

/** The folder that the whole job goes to. It must be there, but in a dry run. */
export function jobFolder(context: JobContext, { folderId, wouldTake }: JobTarget): BoxTarget {
  const place = { path: '', isCopiedFrom: false };
  return targetFolder(context, place, async () => {
    if (wouldTake === undefined) return { id: folderId, isNew: false };
    context.expect(wouldTake);
    return { id: '', isNew: true };
  });
}

/** One of several that a job goes to, under the name that its results go by. */
export function distributionFolder(context: JobContext, target: DistributionTarget): BoxTarget {
  const place = { path: topPath(target.label), isCopiedFrom: true };
  return targetFolder(context, place, async () => {
    if ('folderId' in target) return { id: target.folderId, isNew: false };
    if ('wouldTake' in target) {
      context.expect(target.wouldTake);
      return { id: '', isNew: true };
    }
    throw new TransferFailure(target.missing.code, target.missing.words);
  });
}

/**
 * A folder in another.
 * @param nameInBox where it is called otherwise there
 */
export function subfolder(
  context: JobContext,
  parent: BoxTarget,
  name: string,
  nameInBox = name,
): BoxTarget {
  const path = pathIn(parent.path, name);
  const { isCopiedFrom } = parent;
  return targetFolder(context, { path, isCopiedFrom }, async () => {
    const { id: parentId } = await parent.open();
    const occupant = (await parent.listing()).find(nameInBox);
    const opened = occupant
      ? { id: folderIdOf(occupant, path), isNew: false }
      : await makeFolder(context, parentId, path, nameInBox);
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
  place: Pick<BoxTarget, 'path' | 'isCopiedFrom'>,
  locate: () => Promise<OpenedFolder>,
): BoxTarget {
  const open = once(locate);
  const listing = once(async () => {
    const { id, isNew } = await open();
    if (isNew) return EMPTY;
    return listingOf(readBoxFolder(context, id, place.isCopiedFrom ? TELLTALES : []), place);
  });
  return { ...place, open, listing };
}

async function makeFolder(
  context: JobContext,
  parentId: string,
  path: string,
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
    return { id: folderIdOf(conflict, path), isNew: false };
  }
}

/** @param path of the folder that is wanted */
function folderIdOf({ type, id }: { type: string; id: string }, path: string): string {
  if (type === 'folder') return id;
  const what = `in Box a ${type === 'web_link' ? 'web link' : 'file'} (id ${id})`;
  throw new TransferFailure('in-the-way', `${what} stands where the folder "${path}" should be`);
}

/** What a copy of a file would take along, and is none of its new owner's business. */
const TELLTALES = ['description', 'tags'];

const EMPTY: Listing = { find: () => undefined, unfinished: () => [] };

/** Takes in what a folder holds. */
export async function listingOf(
  items: AsyncIterable<BoxItem>,
  { isCopiedFrom }: Pick<BoxTarget, 'isCopiedFrom'>,
): Promise<Listing> {
  const byName = new Map<string, string>();
  const waiting = new Map<string, BoxFile[]>();
  for await (const item of items) {
    byName.set(foldName(item.name), packed(item, isCopiedFrom));
    const tag = item.type === 'file' ? unfinishedTagOf(item.name) : undefined;
    if (item.type === 'file' && tag) waiting.set(tag, [...(waiting.get(tag) ?? []), item]);
  }
  return {
    find: (name) => unpacked(byName.get(foldName(name))),
    unfinished: (name) => (waiting.size === 0 ? [] : (waiting.get(nameTag(name)) ?? [])),
  };
}

/** An item in a tenth of the memory that Box's answer takes: a folder may hold hundreds of thousands. */
function packed(item: BoxItem, isCopiedFrom: boolean): string {
  const size = item.type === 'file' ? (item.size ?? '') : '';
  const what =
    item.type === 'file' ? item.sha1 : item.type === 'web_link' ? encodeURI(item.url) : '';
  const copying = isCopiedFrom ? copyingOf(item) : '';
  // Joined, not in a template: V8 would keep the pieces, and the whole answer that they are pieces of.
  return [item.type, item.id, item.etag ?? '', size, what ?? '', copying, item.name].join(' ');
}

/** Version and time of what nothing but the contents would come along of. */
function copyingOf(item: BoxItem): string {
  if (item.type !== 'file' || item.description || (item.tags ?? []).length > 0) return '';
  const { file_version: version, content_modified_at: modifiedAt } = item;
  return version && modifiedAt ? `${version.id}@${modifiedAt}` : '';
}

const PACKED = /^(file|folder|web_link) (\S*) (\S*) (\d*) (\S*) (\S*) ([\s\S]*)$/;

function unpacked(text: string | undefined): Occupant | undefined {
  const [, type, id = '', etag, size, what, copying, name = ''] = PACKED.exec(text ?? '') ?? [];
  if (type !== 'file' && type !== 'folder' && type !== 'web_link') return undefined;
  return {
    type,
    id,
    name,
    ...(etag && { etag }),
    ...(size && { size: Number(size) }),
    ...(what && (type === 'web_link' ? { url: decodeURI(what) } : { sha1: what })),
    ...(copying && { copyable: copyableOf(copying) }),
  };
}

function copyableOf(packed: string): Occupant['copyable'] {
  const cut = packed.indexOf('@');
  return { versionId: packed.slice(0, cut), contentModifiedAt: packed.slice(cut + 1) };
}
