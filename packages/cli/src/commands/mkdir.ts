import { namesOf } from '@boxhaul/client';
import { refusedByBox } from '@boxhaul/transfer';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';
import { folderMadeOrThere, noFolder } from '../places/made-folder.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { MkdirRow } from '../verbs/tidy/mkdir.ts';
import { wordsOf } from './items.ts';

const WAY = 'give another name';

/** `boxhaul mkdir`. */
export const mkdir: Doing<MkdirRow> = {
  async find({ path, in: parent, parents }, context) {
    const names = namesOf(path);
    const refused = names.find((name) => refusedByBox(name) !== undefined);
    if (names.length === 0 || refused !== undefined) {
      throw new CliError(`"${printable(refused ?? path)}" is no name that a folder can have`, {
        details: [refusedByBox(refused ?? '') ?? ''],
        ways: ['give the names from the root down: /Projects/2027'],
      });
    }
    const { signal } = context;
    const start = await context.folder(parent ?? '/');
    const { folderId, missing, walked } = await deepestThere(start.item.id, names, context);
    const base = wordsOf(start) === '/' ? '' : wordsOf(start);
    const words = `${base}/${names.join('/')}/`;
    if (missing.length === 0) return { words, because: 'it is there already' };
    if (missing.length > 1 && !parents) throw nothingAbove(`${base}${walked}`, words, missing);
    return {
      words,
      make: async () => {
        let id = folderId;
        for (const name of missing) {
          // Another row may have made it since the listing.
          id = await folderMadeOrThere(start.client, { name, parentId: id }, { signal, way: WAY });
        }
        return { id, fields: { path: words } };
      },
    };
  },
};

/** How far down the names lead to folders that are there. */
async function deepestThere(
  startId: string,
  names: readonly string[],
  { children }: VerbContext,
): Promise<{ folderId: string; missing: readonly string[]; walked: string }> {
  let folderId = startId;
  let walked = '';
  for (const [index, name] of names.entries()) {
    const found = await children(folderId).named(name);
    if (!found) return { folderId, missing: names.slice(index), walked };
    if (found.type !== 'folder') throw noFolder(name, found.type, WAY);
    folderId = found.id;
    walked += `/${found.name}`;
  }
  return { folderId, missing: [], walked };
}

function nothingAbove(there: string, words: string, missing: readonly string[]): CliError {
  const above = `${there === '' ? 'the root' : there} holds no "${missing[0]}"`;
  return new CliError(`${words} has no folder to be made in: ${printable(above)}`, {
    ways: ['--parents makes all that is missing'],
  });
}
