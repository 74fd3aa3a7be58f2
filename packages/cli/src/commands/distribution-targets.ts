/** The folders that a distribution goes to, found with as few calls as it takes: an id needs none. */
import { type BoxClient, InputError, isBoxError, namesOf, parseReference } from '@boxhaul/client';
import type { DistributionTarget, Reason } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { formatNumberOf } from '../output/format.ts';
import { printable } from '../output/width.ts';
import { openTarget } from '../places/box-place.ts';
import { openPlaces, type Places } from '../places/box-places.ts';
import { NotThere } from '../places/on-path.ts';
import type { TypedTarget } from '../transfer/target-list.ts';

/** What becomes of a path that leads to no folder. */
export interface MakingTargets {
  /** All that is missing of it is made. */
  readonly parents: boolean;
  /** It is only said that it would be. */
  readonly dryRun: boolean;
}

/**
 * Finds all of them, or makes them. What is not there is a target all the same, so that the run tells of it and does
 * the others; a folder that is named twice is one, and that is said.
 *
 * @throws InputError a word is no reference; CliError it points at a file, or two have one name
 */
export async function findTargets(
  client: BoxClient,
  typed: readonly TypedTarget[],
  making: MakingTargets,
  { signal, output }: Pick<CommandContext, 'signal' | 'output'>,
): Promise<DistributionTarget[]> {
  const places = openPlaces(client, { expect: 'folder', signal });
  const found = await Promise.all(typed.map((one) => targetsOf(one, places)));
  if (making.parents) {
    const imagined = new Set<string>();
    // One after the other: several may lie in a folder that the first of them makes.
    for (const [index, one] of typed.entries()) {
      const isMissing = found[index]?.some((target) => 'missing' in target);
      if (!isMissing || !isPlainPath(one.word)) continue;
      const made = await madeFor(one, client, making, { signal, output });
      found[index] = [made ?? (await notYetThere(one, places, imagined))];
    }
  }
  const byId = new Map<string, DistributionTarget>();
  const byLabel = new Map<string, DistributionTarget>();
  const twice: string[] = [];
  for (const [index, targets] of found.entries()) {
    for (const target of targets) {
      const same = ('folderId' in target && byId.get(target.folderId)) || undefined;
      const namesake = byLabel.get(target.label);
      if (same ?? (namesake && isSame(namesake, target))) twice.push(target.label);
      else if (namesake) throw namedAlike(target.label, typed[index]);
      else {
        byLabel.set(target.label, target);
        if ('folderId' in target) byId.set(target.folderId, target);
      }
    }
  }
  if (twice.length > 0) {
    const words = formatNumberOf(new Set(twice).size, 'folder');
    output.say(`${words} named more than once: ${printable([...new Set(twice)].join(', '))}`);
  }
  return [...byLabel.values()];
}

/** What is not there has no id to tell it by. */
function isSame(one: DistributionTarget, other: DistributionTarget): boolean {
  return !('folderId' in one) && !('folderId' in other);
}

async function targetsOf(
  { word, name }: TypedTarget,
  places: Places,
): Promise<DistributionTarget[]> {
  const reference = parseReference(word);
  const hasId = reference.kind === 'id' || reference.kind === 'folder';
  // Listing it, which the run does in any case, tells whether it is there.
  if (hasId) return [{ label: name ?? reference.id, folderId: reference.id }];
  if (reference.kind === 'file' || reference.kind === 'web_link') {
    throw new CliError(`${printable(word)} is a ${reference.kind.replace('_', ' ')}`, {
      ways: ['give a folder'],
    });
  }
  const targets: DistributionTarget[] = [];
  try {
    for await (const { item, path } of places.at(word)) {
      const label = name ?? labelOf(path ?? item.id);
      targets.push({ label, folderId: item.id });
    }
    return targets;
  } catch (error) {
    const { code, words } = reasonFor(error);
    const missing = { code, words: [words, ...waysOut(word, error)].join('; ') };
    return [{ label: name ?? labelOf(word), missing }];
  }
}

/** In the same line: there may be thousands of them. */
function waysOut(word: string, error: unknown): string[] {
  if (!(error instanceof NotThere) || !isPlainPath(word)) return [];
  const { meant } = error;
  return [...(meant === undefined ? [] : [`did you mean ${meant}?`]), '--parents makes it'];
}

/** Of a pattern that matches nothing nobody can tell which folders are meant. */
function isPlainPath(word: string): boolean {
  return parseReference(word).kind === 'path' && !/[*?[\]{}\\]/.test(word);
}

/**
 * What making a target would take: a call for each folder that is missing, and the listing that the run makes of each
 * target. What another would make before is not made again, and is listed on the way.
 */
async function notYetThere(
  { word, name }: TypedTarget,
  places: Places,
  imagined: Set<string>,
): Promise<DistributionTarget> {
  let wouldTake = 1;
  const names = namesOf(word);
  for (const [index] of names.entries()) {
    const path = `/${names.slice(0, index + 1).join('/')}`;
    // They were listed when it was looked for.
    if (await isThere(path, places)) continue;
    imagined.add(path.toLowerCase());
    wouldTake += 1;
  }
  return { label: name ?? labelOf(word), wouldTake };
}

async function isThere(path: string, places: Places): Promise<boolean> {
  try {
    await places.one(path);
    return true;
  } catch (error) {
    if (error instanceof CliError) return false;
    throw error;
  }
}

/** @returns undefined in a dry run that would make it */
async function madeFor(
  { word, name }: TypedTarget,
  client: BoxClient,
  { dryRun }: MakingTargets,
  context: Pick<CommandContext, 'signal' | 'output'>,
): Promise<DistributionTarget | undefined> {
  const label = name ?? labelOf(word);
  try {
    const target = await openTarget(context, client, word, { parents: true, dryRun });
    return target.wouldTake === undefined ? { label, folderId: target.folderId } : undefined;
  } catch (error) {
    return { label, missing: reasonFor(error) };
  }
}

/** The root has no name to begin paths with. */
function labelOf(path: string): string {
  return path.replace(/\/+$/, '').replaceAll(/\/{2,}/g, '/') || '0';
}

/**
 * Why there is no such folder. What Box does not let this account see or make does not hold up the other targets.
 * @throws what is no reason of its own
 */
function reasonFor(error: unknown): Reason {
  if (isBoxError(error) && error.recovery !== 'stop') {
    const code = error.status === 403 ? 'no-permission' : 'box-error';
    return { code, words: error.message };
  }
  const isAbsent = error instanceof CliError || error instanceof InputError;
  if (isAbsent) return { code: 'not-found', words: error.message.split('\n')[0] ?? '' };
  throw error;
}

function namedAlike(label: string, typed: TypedTarget | undefined): CliError {
  const where = typed?.line === undefined ? '' : `line ${typed.line}: `;
  return new CliError(`${where}two folders are called "${printable(label)}"`, {
    ways: ['give each a name of its own, or none'],
  });
}
