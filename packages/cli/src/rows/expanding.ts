/** Words of a command line that stand for several things. */

import type { Connection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { openPlaces, type Places } from '../places/box-places.ts';
import { openPrompt } from '../prompt.ts';
import type { Cell, RawRow } from './raw-row.ts';
import type { Columns, Verb } from './verb.ts';
import { verbContext } from './verb-context.ts';

/** A glob among the words is a row for each that it matches. */
export async function expanded<C extends Columns>(
  rows: readonly RawRow[],
  verb: Verb<C>,
  { client }: Connection,
  context: CommandContext,
): Promise<RawRow[]> {
  const { each, last, columns, whole } = verb;
  const { expand } = await verb.load();
  const mayBeGlob = expand !== undefined || columns[each]?.kind === 'place';
  const prompt = openPrompt(context);
  const shared = verbContext(client, context, { signal: context.signal, prompt });
  const expect = columns[each]?.only;
  const places = openPlaces(client, { signal: context.signal, ...(expect && { expect }) });
  const all: Pick<RawRow, 'cells' | 'shown'>[] = [];
  for (const { cells } of rows) {
    const word = cells[each];
    if (!mayBeGlob || typeof word !== 'string' || !/[*?[{]/.test(word)) {
      all.push({ cells });
      continue;
    }
    const isWhole = whole !== undefined && cells[whole] === 'yes';
    const words = expand ? expand(word, shared) : matchesOf(word, places, isWhole);
    for await (const { word: one, ...more } of words) {
      all.push({ cells: { ...cells, [each]: one }, ...more });
    }
  }
  const isMany = all.length > 1;
  return all.map(({ cells, ...more }, index) => ({
    ...more,
    number: index + 1,
    cells: last !== undefined && isMany ? { ...cells, [last]: folderMeant(cells[last]) } : cells,
  }));
}

/** Several things go into a folder, as with mv: a path that is not there is no new name for the first of them. */
function folderMeant(to: Cell | undefined): Cell {
  const isPath = typeof to === 'string' && to.startsWith('/') && !to.endsWith('/');
  return isPath ? `${to}/` : (to ?? '');
}

/** @param isWhole what lies in a folder that matches goes with it */
async function* matchesOf(
  word: string,
  places: Places,
  isWhole: boolean,
): AsyncGenerator<{ word: string; shown?: string }> {
  let above: string | undefined;
  for await (const { path, isMatch, item } of places.at(word)) {
    if (isWhole && above !== undefined && path?.startsWith(`${above}/`)) continue;
    if (item.type === 'folder') above = path;
    yield isMatch && path !== undefined ? { word: literal(path), shown: path } : { word };
  }
}

/** A path that stands for itself, whatever signs are in it. */
function literal(path: string): string {
  return path.replace(/[\\*?[\]{}]/g, '\\$&');
}
