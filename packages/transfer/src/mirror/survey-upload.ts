/** Both sides of an upload that is to make Box's folder equal to what is here: what is extra there, what is new here. */
import type { BoxItem } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { meansContents, readSources } from '../origins/sources.ts';
import type { AtSource, Sealing } from '../sealing/sealing.ts';
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
  context: Sealed,
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

/** A run, and how it seals what it sends. */
export type Sealed = JobContext & { readonly sealing?: Sealing | undefined };

async function lookAtPair(
  { path, read, folders: ruled, folderId, isMirrored }: Pair,
  findings: Findings<Visit, never>,
  survey: Survey,
  context: Sealed,
): Promise<void> {
  const { sealing } = context;
  const entries = await read();
  const filter = await filterThere(context.filter, ruled, entries, path);
  const here = sourceNames(entries);
  const inBox = new Map<string, BoxOccupant>();
  for await (const items of listingOf(folderId, survey, context)) {
    const found = items.map((item) => inTarget(item, path, survey, sealing));
    for (const { item, mayBe } of found) {
      const { type, id, name } = item;
      if (here.find(mayBe)) inBox.set(foldName(name), { type, id, name });
    }
    if (!isMirrored) continue;
    const isHere = ({ mayBe }: Found) => here.find(mayBe) !== undefined;
    const { matched, extra } = sortTarget(found, isHere, filter, path);
    survey.matchedFiles += matched.filter(({ name, kind, mayBe }) => {
      const isIgnored = here.find(mayBe)?.isIgnored ?? false;
      return kind === 'file' && !isIgnored && context.filter.takesFile(pathIn(path, name));
    }).length;
    for (const one of extra) foundExtra(one, path, filter, findings, survey);
  }
  foundFiles(entries, inBox, path, survey, context);
  for (const folders of foldersOf(entries, path, context)) {
    const [{ name }] = folders;
    const item = inBox.get(foldName(sealing?.folderName(name) ?? name));
    if (item && item.type !== 'folder') continue;
    const shown = sealing ? name : (item?.name ?? name);
    const pair = pairOf(path, shown, folders, item?.id, context);
    if (!item && !sealing && folderId !== undefined) survey.addNewFolder(pair.path, folderId);
    findings.enter(pair);
  }
}

/** What the source's folder has, by what it may be called in Box. */
function sourceNames(entries: readonly DiskEntry[]) {
  const folded = new Map(entries.map((entry) => [foldName(entry.name), entry]));
  const exact = new Map(entries.map((entry) => [entry.name, entry]));
  return {
    find(mayBe: AtSource['mayBe']): DiskEntry | undefined {
      for (const { name, isExact } of mayBe) {
        const found = isExact ? exact.get(name) : folded.get(foldName(name));
        if (found) return found;
      }
      return undefined;
    },
  };
}

/** What Box has under a name that the source has as well. */
type BoxOccupant = Pick<BoxItem, 'type' | 'id' | 'name'>;

/** Entries of the source's folder: how many files take part, and which Box has nothing of that name for. */
function foundFiles(
  entries: readonly DiskEntry[],
  inBox: ReadonlyMap<string, BoxOccupant>,
  folderPath: string,
  survey: Survey,
  { filter, sealing }: Sealed,
): void {
  for (const { name, kind, path: diskPath, isIgnored } of entries) {
    const path = pathIn(folderPath, name);
    if (isIgnored || kind !== 'file' || !filter.takesFile(path)) continue;
    survey.sourceFiles += 1;
    // Sealed bytes are those of no file here.
    if (!sealing && !inBox.has(foldName(name))) survey.addFresh({ path, kind, diskPath });
  }
}

/** Folders that Box takes for one are one. */
function foldersOf(
  entries: readonly DiskEntry[],
  folderPath: string,
  { filter, sealing }: Sealed,
): Iterable<[DiskEntry, ...DiskEntry[]]> {
  const folders = new Map<string, [DiskEntry, ...DiskEntry[]]>();
  for (const entry of entries) {
    if (entry.isIgnored || entry.kind !== 'folder') continue;
    if (!filter.entersFolder(pathIn(folderPath, entry.name))) continue;
    const fold = sealing?.folded(entry.name) ?? foldName(entry.name);
    const same = folders.get(fold);
    if (same) same.push(entry);
    else folders.set(fold, [entry]);
  }
  return folders.values();
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

/** Something in Box, as the source sees it. */
interface Found extends InTarget {
  readonly item: BoxItem;
  readonly mayBe: AtSource['mayBe'];
  /** How its path ends. */
  readonly legible: string;
}

function inTarget(
  item: BoxItem,
  folderPath: string,
  survey: Survey,
  sealing: Sealing | undefined,
): Found {
  const kind = item.type === 'web_link' ? 'other' : item.type;
  const nameThere = item.name;
  if (!sealing) {
    const mayBe = [{ name: nameThere, isExact: false }];
    return { name: nameThere, kind, item, mayBe, legible: nameThere };
  }
  const { isNameKey, isBeyond, ...at } = sealing.atSource(item);
  if (isBeyond) {
    survey.unseen ??= `"${pathIn(folderPath, nameThere)}" looks like an encrypted name, and this run encrypts none`;
  }
  // Whatever else goes, without it nobody reads a name again.
  return { ...at, nameThere, kind: isNameKey ? 'other' : kind, item };
}

async function lookAtExtra(
  { path, extraId, filter }: ExtraFolder,
  findings: Findings<Visit, never>,
  survey: Survey,
  context: Sealed,
): Promise<void> {
  for await (const items of listFolder(extraId, survey, context)) {
    const found = items.map((item) => inTarget(item, path, survey, context.sealing));
    const { extra, leftOut } = sortTarget(found, () => false, filter, path);
    for (const { legible } of leftOut) survey.addLeftOut(pathIn(path, legible));
    for (const one of extra) foundExtra(one, path, filter, findings, survey);
  }
}

function foundExtra(
  { item, legible }: Found,
  folderPath: string,
  filter: Filter,
  findings: Findings<Visit, never>,
  survey: Survey,
): void {
  const path = pathIn(folderPath, legible);
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
