/** Both sides of a download that is to make a folder here equal to Box's: what is extra here, what is new there. */
import type { BoxItem } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import type { Opening } from '../sealing/opening.ts';
import { identityOf } from '../tree/identity.ts';
import { foldName } from '../tree/names.ts';
import { type DiskEntry, type Findings, lookAt, pathIn, readDiskFolder } from '../tree/tree.ts';
import { type InTarget, sortTarget } from './extras.ts';
import type { Survey } from './survey.ts';
import { listFolder, surveyTree } from './surveying.ts';

/** A folder to look at: in Box, and here, as far as it is there. */
interface Pair {
  path: string;
  folderId: string;
  diskPath: string | undefined;
}

/** A folder here that nothing in Box corresponds to. */
interface ExtraFolder {
  path: string;
  extraPath: string;
}

type Visit = Pair | ExtraFolder;

/** Looks at both sides. What cannot be looked at makes the survey unsound (`unseen`), and is met again by the run. */
export async function surveyDownload(
  folderId: string,
  directory: string,
  survey: Survey,
  context: Opened,
): Promise<void> {
  const isThere = (await lookAt(directory)) !== undefined;
  const root: Pair = { path: '', folderId, diskPath: isThere ? directory : undefined };
  const visit = (at: Visit, findings: Findings<Visit, never>) =>
    'extraPath' in at
      ? lookAtExtra(at, findings, survey, context)
      : lookAtPair(at, findings, survey, context);
  await surveyTree<Visit>(root, visit, survey, context);
}

/** A run, and how it opens what is sealed. */
export type Opened = JobContext & { readonly opening?: Opening | undefined };

async function lookAtPair(
  { path, folderId, diskPath }: Pair,
  findings: Findings<Visit, never>,
  survey: Survey,
  context: Opened,
): Promise<void> {
  const { filter, opening } = context;
  const entries = diskPath === undefined ? [] : await readDiskFolder(diskPath);
  const here = new Map(entries.map((entry) => [entry.name, entry]));
  const folds = new Set(entries.map(({ name }) => FOLD(name)));
  const inBox = new Set<string>();
  const found = (item: BoxItem) => {
    const name = opening?.look(item).name ?? item.name;
    const below = pathIn(path, name);
    if (opening?.isBeyond(item)) survey.unseen ??= notOpened(below);
    // What was fetched as it was, before it could be opened, is the source's as well.
    for (const one of [name, item.name]) if (folds.has(FOLD(one))) inBox.add(FOLD(one));
    if (opening?.isNameKey(item)) return;
    if (item.type === 'folder') {
      const entry = here.get(name);
      if (!filter.entersFolder(below) || (entry && entry.kind !== 'folder')) return;
      findings.enter({ path: below, folderId: item.id, diskPath: entry?.path });
    } else if (item.type === 'file' && filter.takesFile(below)) {
      survey.sourceFiles += 1;
      // Sealed bytes are those of no file here.
      if (!opening && !folds.has(FOLD(name))) survey.addFresh(freshFile(item, below));
    }
  };
  for await (const items of listFolder(folderId, survey, context)) items.forEach(found);
  const { matched, extra } = sortTarget(
    entries.map(inTarget),
    ({ name }) => inBox.has(FOLD(name)),
    filter,
    path,
  );
  for (const { name, kind } of matched) {
    if (kind === 'file' && filter.takesFile(pathIn(path, name))) survey.matchedFiles += 1;
  }
  for (const { entry } of extra) await foundExtra(entry, path, findings, survey);
}

/** Disks of these systems know no case, nor whether an accent is composed. */
const FOLD = ['darwin', 'win32'].includes(process.platform)
  ? (name: string) => foldName(name.normalize('NFC'))
  : (name: string) => name;

function notOpened(path: string): string {
  return `"${path}" looks like an encrypted name that cannot be opened`;
}

function freshFile(item: BoxItem & { type: 'file' }, path: string) {
  const { id, size, sha1 } = item;
  return { path, kind: 'file' as const, id, sha1, ...(size !== undefined && { bytes: size }) };
}

function inTarget(entry: DiskEntry): InTarget & { entry: DiskEntry } {
  const { name, kind } = entry;
  return { name, kind: kind === 'file' || kind === 'folder' ? kind : 'other', entry };
}

async function lookAtExtra(
  { path, extraPath }: ExtraFolder,
  findings: Findings<Visit, never>,
  survey: Survey,
  { filter }: JobContext,
): Promise<void> {
  const entries = await readDiskFolder(extraPath);
  const { extra, leftOut } = sortTarget(entries.map(inTarget), () => false, filter, path);
  for (const { name } of leftOut) survey.addLeftOut(pathIn(path, name));
  for (const { entry } of extra) await foundExtra(entry, path, findings, survey);
}

async function foundExtra(
  entry: DiskEntry,
  folderPath: string,
  findings: Findings<Visit, never>,
  survey: Survey,
): Promise<void> {
  const path = pathIn(folderPath, entry.name);
  const diskPath = entry.path;
  const identity = await identityOf(diskPath);
  // Gone meanwhile, or of a name that only the disk can spell.
  if (!identity || identity.kind !== entry.kind) return survey.addLeftOut(path);
  const { bytes, fingerprint } = identity;
  if (entry.kind === 'folder') {
    survey.addExtra({ path, kind: 'folder', diskPath, fingerprint });
    findings.enter({ path, extraPath: diskPath });
  } else {
    survey.addExtra({ path, kind: 'file', bytes, diskPath, fingerprint });
  }
}
