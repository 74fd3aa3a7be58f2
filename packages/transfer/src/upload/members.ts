/** What is in one folder of an upload's origin, sorted by what can be done with it before Box is asked anything. */

import type { OriginEntry } from '../origins/origin.ts';
import { type Reason, reason } from '../reason.ts';
import { settled } from '../result.ts';
import type { Filter } from '../selection/filter.ts';
import { isTemporaryName } from '../temporary-files.ts';
import type { TransferResult } from '../transfer.ts';
import { collisionsAmong, refusedByBox } from '../tree/names.ts';
import { pathIn } from '../tree/tree.ts';

export interface Members {
  files: OriginEntry[];
  /** By name: sources that each have a folder of one name are merged. */
  folders: Map<string, OriginEntry[]>;
  /** Folders whose name Box cannot have: all that is in them fails for the same reason. */
  barred: { entry: OriginEntry; why: Reason }[];
  /** What is settled by its name or kind alone, the barred folders among it. */
  results: TransferResult[];
}

/** Why Box would not have something of this name. */
type Refusal = (name: string, kind: 'file' | 'folder') => string | undefined;

/** Sorts what is in a folder; what the filter leaves out is in none of it. */
export function membersOf(
  entries: readonly OriginEntry[],
  folderPath: string,
  filter: Filter,
  refusal: Refusal = refusedByBox,
): Members {
  const members: Members = { files: [], folders: new Map(), barred: [], results: [] };
  const kinds = isOneFolder(entries) ? undefined : new Map<string, OriginEntry['kind']>();
  for (const entry of entries) {
    if (entry.isIgnored) continue;
    const path = pathIn(folderPath, entry.name);
    const isFolder = entry.kind === 'folder';
    if (!(isFolder ? filter.entersFolder(path) : filter.takesFile(path))) continue;
    const skipped = whySkipped(entry);
    const refused = skipped ? undefined : whyRefused(entry, kinds?.get(entry.name), refusal);
    kinds?.set(entry.name, entry.kind);
    if (skipped) members.results.push(settled('skipped', path, skipped));
    else if (refused) bar(members, entry, folderPath, refused);
    else if (!isFolder) members.files.push(entry);
    else members.folders.set(entry.name, [...(members.folders.get(entry.name) ?? []), entry]);
  }
  return members;
}

/** Whether no name comes twice: what one folder holds comes by name. */
function isOneFolder(entries: readonly OriginEntry[]): boolean {
  let last: string | undefined;
  for (const { name } of entries) {
    if (last !== undefined && last >= name) return false;
    last = name;
  }
  return true;
}

/**
 * Bars all but one of the names that Box cannot tell apart: the one that Box has already, else the first.
 * @param nameInBox the name in Box that is the same as this one to Box; asked only if names collide
 * @param folded what is the same of names that are, where Box has them as they are not here
 */
export async function withoutCollisions(
  members: Members,
  folderPath: string,
  nameInBox: (name: string) => Promise<string | undefined>,
  folded?: (name: string) => string,
): Promise<Members> {
  const { files, folders } = members;
  const collisions = collisionsAmong(namesOf(members), folded);
  if (collisions.length === 0) return members;
  const keptFor = new Map<string, string>();
  for (const { first, others } of collisions) {
    const all = [first, ...others];
    const taken = await nameInBox(first);
    const kept = all.find((name) => name === taken) ?? first;
    for (const name of all) if (name !== kept) keptFor.set(name, kept);
  }
  const left: Members = {
    files: files.filter((file) => !keptFor.has(file.name)),
    folders: new Map([...folders].filter(([name]) => !keptFor.has(name))),
    barred: [],
    results: [],
  };
  for (const entry of [...files, ...[...folders.values()].flat()]) {
    const kept = keptFor.get(entry.name);
    if (kept === undefined) continue;
    const words = `Box takes it for the same name as "${kept}"`;
    bar(left, entry, folderPath, reason('name-collision', words));
  }
  return left;
}

function namesOf({ files, folders }: Members): string[] {
  const names = files.map(({ name }) => name);
  for (const name of folders.keys()) names.push(name);
  return names;
}

function bar(members: Members, entry: OriginEntry, folderPath: string, why: Reason): void {
  const path = pathIn(folderPath, entry.name);
  const isFolder = entry.kind === 'folder';
  if (isFolder) members.barred.push({ entry, why });
  members.results.push(settled('failed', path, why, { kind: isFolder ? 'folder' : 'file' }));
}

function whySkipped({ name, kind }: OriginEntry): Reason | undefined {
  if (kind === 'symlink') return reason('symlink', 'symbolic links are not followed');
  if (kind === 'special-file') return reason('special-file', 'it is no ordinary file');
  if (kind === 'file' && isTemporaryName(name)) {
    return reason('unfinished', 'a download that is not finished');
  }
  return undefined;
}

function whyRefused(
  { name, kind }: OriginEntry,
  earlier: OriginEntry['kind'] | undefined,
  refusal: Refusal,
): Reason | undefined {
  if (earlier !== undefined && (earlier !== 'folder' || kind !== 'folder')) {
    return reason('name-collision', 'another source has the same name');
  }
  const refused = refusal(name, kind === 'folder' ? 'folder' : 'file');
  return refused === undefined ? undefined : reason('name-refused', refused);
}
