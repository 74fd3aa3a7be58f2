/** The trees that a command looks through: folders as typed, and what its options choose of them. */
import { type Filter, type FoundInBox, walkBox } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import type { ExitCode } from '../exit-codes.ts';
import { openProblems, type Problems } from '../output/problems.ts';
import { printable } from '../output/width.ts';
import { type FoundPlace, openPlaces } from '../places/box-places.ts';
import { type ChoiceOptions, selectionFilter } from '../transfer/selection.ts';
import { eachPlace } from './each-place.ts';

/** A folder that is looked through. */
export interface Tree {
  readonly id: string;
  /** From the root down where that can be known, otherwise its name. */
  readonly path: string;
  /** The path of something in it, as other commands take it; `''` is the folder itself. */
  pathOf(below: string): string;
  walk(fields?: readonly string[]): AsyncGenerator<FoundInBox, void, undefined>;
  /** Says that a folder in it could not be listed, so that the command ends with 1. */
  unreadable(below: string, why: string): void;
}

/**
 * Looks through each folder that the words name, or the root.
 *
 * @param check what the options have to be, told before anything is asked of Box
 * @throws CliError a word names no folder, or the options are wrong
 */
export async function throughTrees(
  context: CommandContext,
  words: readonly string[],
  options: ChoiceOptions,
  look: (tree: Tree) => Promise<void>,
  check: (filter: Filter) => void = () => {},
): Promise<ExitCode> {
  const { signal, cwd } = context;
  const filter = await selectionFilter(options, { side: 'box', cwd });
  check(filter);
  const { client, close } = await openConnection(context);
  try {
    const problems = openProblems(context);
    const places = openPlaces(client, { expect: 'folder', signal });
    await eachPlace(words.length === 0 ? ['/'] : words, places, problems, async (place) => {
      // What is reached by a shared link lies in someone else's tree.
      const isOwn = place.path === undefined && place.client === client;
      const path = isOwn ? await client.folders.path(place.item.id, { signal }) : place.path;
      await look(treeAt(place, path ?? place.words, { filter, signal, problems }));
    });
    return problems.exitCode;
  } finally {
    await close();
  }
}

function treeAt(
  { item: { id }, client }: FoundPlace,
  path: string,
  given: { readonly filter: Filter; readonly signal: AbortSignal; readonly problems: Problems },
): Tree {
  const { filter, signal, problems } = given;
  const pathOf = (below: string) => (below === '' ? path : `${path === '/' ? '' : path}/${below}`);
  return {
    id,
    path,
    pathOf,
    walk: (fields = []) => walkBox({ client, folderId: id, filter, fields, signal }),
    unreadable(below, why) {
      const words = `${printable(pathOf(below))} could not be listed: ${printable(why)}`;
      problems.report(new CliError(words));
    },
  };
}
