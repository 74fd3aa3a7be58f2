/** Where something is moved or copied to: a folder that is there, or a new name in one. */
import { type BoxItem, namesOf } from '@boxhaul/client';
import { refusedByBox } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';
import type { FoundPlace } from '../places/box-places.ts';
import type { VerbContext } from '../rows/verb.ts';
import { wordsOf } from './items.ts';

export interface Destination {
  readonly folderId: string;
  /** What it is to be called there; undefined keeps its name. */
  readonly name: string | undefined;
  /** For people, with the name. */
  words(itemName: string): string;
}

/**
 * As with `mv`: a folder receives it under its own name; a path that is not there is a new name in the folder above.
 * @param moved a name of its own is where it is, and no other's is free
 * @param name beats what the path says
 * @throws CliError there is no such folder, or a file has the name
 */
export async function destinationOf(
  word: string,
  name: string | undefined,
  moved: BoxItem | undefined,
  context: VerbContext,
): Promise<Destination> {
  const [place, last] = await placeOf(word, context);
  const { item } = place;
  if (item.type !== 'folder') {
    if (item.id !== moved?.id || !item.parent) throw isTaken(place);
    const path = wordsOf(place);
    return { folderId: item.parent.id, name: item.name, words: () => path };
  }
  const newName = name ?? last;
  const folder = wordsOf(place);
  return {
    folderId: item.id,
    name: newName,
    words: (itemName) => `${folder === '/' ? '' : folder}/${newName ?? itemName}`,
  };
}

async function placeOf(
  word: string,
  { item }: VerbContext,
): Promise<[place: FoundPlace, name: string | undefined]> {
  try {
    return [await item(word), undefined];
  } catch (error) {
    const isNewName = word.startsWith('/') && !word.endsWith('/') && error instanceof CliError;
    if (!isNewName) throw error;
    const last = namesOf(word).at(-1) ?? '';
    const above = await item(word.slice(0, word.lastIndexOf('/')) || '/').catch(() => undefined);
    // What is wrong is said of what was typed.
    if (above?.item.type !== 'folder') throw error;
    return [above, checked(last.replace(/\\(.)/g, '$1'))];
  }
}

function checked(name: string): string {
  const why = refusedByBox(name);
  if (why === undefined) return name;
  throw new CliError(`"${printable(name)}" is no name that Box takes`, {
    details: [why],
    ways: ['give another name'],
  });
}

function isTaken(place: FoundPlace): CliError {
  const there = wordsOf(place);
  return new CliError(`${there} is there already: a ${place.item.type.replace('_', ' ')}`, {
    ways: [
      'give the folder that it is to be in, or a name in it that is free',
      `boxhaul rm ${there}    puts that one into the trash first`,
    ],
  });
}
