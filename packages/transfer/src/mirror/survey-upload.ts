/** Both sides of an upload that is to make Box's folder equal to what is here: what is extra there, what is new here. */
import type { BoxItem } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { meansContents, readSources } from '../origins/sources.ts';
import type { Filter } from '../selection/filter.ts';
import { readSourceFolder } from '../selection/source-folder.ts';
import { foldName } from '../tree/names.ts';
import { type DiskEntry, type Findings, pathIn } from '../tree/tree.ts';
import { type InTarget, sortTarget } from './extras.ts';
import { filterThere, type RuledFolder, rootsOf } from './ignoring-there.ts';
import type { Survey } from './survey.ts';
import { listFolder, surveyTree } from './surveying.ts';

/** A folder to look at: here, from one source or several, and in Box, as far as it is there. */
interface Pair {
  path: string;
  read(): Promise<DiskEntry[]>;
  /** The folders of the source that are read. */
  folders: readonly RuledFolder[];
  folderId: string | undefined;
  /** Whether what Box has beside it is extra: not where only some names of a folder are sent. */
  isMirrored: boolean;
}

/** A folder in Box that nothing here corresponds to. */
interface ExtraFolder {
  path: string;
  extraId: string;
  /** What the source leaves out there. */
  filter: Filter;
}

type Visit = Pair | ExtraFolder;

/** Looks at both sides. What cannot be looked at makes the survey unsound (`unseen`), and is met again by the run. */
export async function surveyUpload(
  { sources, folderId }: { sources: readonly string[]; folderId: string },
  survey: Survey,
  context: JobContext,
): Promise<void> {
  const roots = rootsOf(sources);
  const root: Pair = {
    path: '',
    // What is wrong with one is told by `read`.
    folders: await roots.catch(() => []),
    read: async () => {
      const { entries, failed } = await readSources(sources, context);
      const [first] = failed;
      if (first) throw first.error ?? new Error(first.reason?.words);
      await roots;
      return entries;
    },
    folderId,
    isMirrored: sources.some(meansContents),
  };
  const visit = (at: Visit, findings: Findings<Visit, never>) =>
    'extraId' in at
      ? lookAtExtra(at, findings, survey, context)
      : lookAtPair(at, findings, survey, context);
  return surveyTree<Visit>(root, visit, survey, context);
}

async function lookAtPair(
  { path, read, folders: ruled, folderId, isMirrored }: Pair,
  findings: Findings<Visit, never>,
  survey: Survey,
  context: JobContext,
): Promise<void> {
  const entries = await read();
  const filter = await filterThere(context.filter, ruled, entries, path);
  const here = new Map(entries.map((entry) => [foldName(entry.name), entry]));
  const inBox = new Map<string, BoxOccupant>();
  for await (const items of listingOf(folderId, survey, context)) {
    for (const { type, id, name } of items) {
      if (here.has(foldName(name))) inBox.set(foldName(name), { type, id, name });
    }
    if (!isMirrored) continue;
    const isHere = (name: string) => here.has(foldName(name));
    const { matched, extra } = sortTarget(items.map(inTarget), isHere, filter, path);
    survey.matchedFiles += matched.filter(({ name, kind }) => {
      const isIgnored = here.get(foldName(name))?.isIgnored ?? false;
      return kind === 'file' && !isIgnored && context.filter.takesFile(pathIn(path, name));
    }).length;
    for (const { item } of extra) foundExtra(item, path, filter, findings, survey);
  }
  foundFiles(entries, inBox, path, survey, context);
  for (const [fold, folders] of foldersOf(entries, path, context)) {
    const item = inBox.get(fold);
    if (item && item.type !== 'folder') continue;
    const pair = pairOf(path, item?.name ?? folders[0]?.name ?? fold, folders, item?.id, context);
    if (!item && folderId !== undefined) survey.addNewFolder(pair.path, folderId);
    findings.enter(pair);
  }
}

/** What Box has under a name that the source has as well. */
type BoxOccupant = Pick<BoxItem, 'type' | 'id' | 'name'>;

/** Entries of the source's folder: how many files take part, and which Box has nothing of that name for. */
function foundFiles(
  entries: readonly DiskEntry[],
  inBox: ReadonlyMap<string, BoxOccupant>,
  folderPath: string,
  survey: Survey,
  { filter }: JobContext,
): void {
  for (const { name, kind, path: diskPath, isIgnored } of entries) {
    const path = pathIn(folderPath, name);
    if (isIgnored || kind !== 'file' || !filter.takesFile(path)) continue;
    survey.sourceFiles += 1;
    if (!inBox.has(foldName(name))) survey.addFresh({ path, kind, diskPath });
  }
}

/** Folders that Box takes for one are one. */
function foldersOf(
  entries: readonly DiskEntry[],
  folderPath: string,
  { filter }: JobContext,
): Map<string, DiskEntry[]> {
  const folders = new Map<string, DiskEntry[]>();
  for (const entry of entries) {
    if (entry.isIgnored || entry.kind !== 'folder') continue;
    if (!filter.entersFolder(pathIn(folderPath, entry.name))) continue;
    const fold = foldName(entry.name);
    folders.set(fold, [...(folders.get(fold) ?? []), entry]);
  }
  return folders;
}

function pairOf(
  folderPath: string,
  name: string,
  folders: readonly DiskEntry[],
  folderId: string | undefined,
  { filter }: JobContext,
): Pair {
  const read = async () => {
    const all = await Promise.all(folders.map((folder) => readSourceFolder(folder, filter)));
    return all.flat();
  };
  return { path: pathIn(folderPath, name), read, folders, folderId, isMirrored: true };
}

async function* listingOf(
  folderId: string | undefined,
  survey: Survey,
  context: JobContext,
): AsyncGenerator<BoxItem[]> {
  if (folderId !== undefined) yield* listFolder(folderId, survey, context);
}

function inTarget(item: BoxItem): InTarget & { item: BoxItem } {
  const kind = item.type === 'web_link' ? 'other' : item.type;
  return { name: item.name, kind, item };
}

async function lookAtExtra(
  { path, extraId, filter }: ExtraFolder,
  findings: Findings<Visit, never>,
  survey: Survey,
  context: JobContext,
): Promise<void> {
  for await (const items of listFolder(extraId, survey, context)) {
    const { extra, leftOut } = sortTarget(items.map(inTarget), () => false, filter, path);
    for (const { name } of leftOut) survey.addLeftOut(pathIn(path, name));
    for (const { item } of extra) foundExtra(item, path, filter, findings, survey);
  }
}

function foundExtra(
  item: BoxItem,
  folderPath: string,
  filter: Filter,
  findings: Findings<Visit, never>,
  survey: Survey,
): void {
  const path = pathIn(folderPath, item.name);
  const { id } = item;
  const etag = item.etag ?? undefined;
  const known = { path, id, ...(etag !== undefined && { etag }) };
  if (item.type === 'folder') {
    survey.addExtra({ ...known, kind: 'folder' });
    findings.enter({ path, extraId: id, filter });
  } else if (item.type === 'file') {
    const { size, sha1 } = item;
    survey.addExtra({ ...known, kind: 'file', sha1, ...(size !== undefined && { bytes: size }) });
  }
}
