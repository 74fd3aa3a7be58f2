/** What a walk tells of a tree as it finds it, put in the order of the tree. */
import type { BoxItem } from '@boxhaul/client';
import type { FoundInBox } from '@boxhaul/transfer';

/** One folder of a tree that is told from top to bottom. */
export interface FolderInOrder<Kept> {
  /** Below the folder that was walked through, which is `''` itself. */
  readonly path: string;
  readonly id: string;
  readonly kept: readonly Kept[];
  /** The paths of the folders that come next, each followed by those in it. */
  readonly entered: readonly string[];
  /** Why it could not be listed, or not to its end. */
  readonly failed: string | undefined;
}

/**
 * Each folder, then those in it. What comes early waits for its turn, so `keep` should hold on to no more of an item
 * than is needed; a walk visits folders in nearly this order, so that few wait.
 */
export async function* foldersInOrder<Kept>(
  found: AsyncIterable<FoundInBox>,
  keep: (item: BoxItem, path: string) => Kept,
): AsyncGenerator<FolderInOrder<Kept>, void, undefined> {
  const kept = new Map<string, Kept[]>();
  const ended = new Map<string, FolderInOrder<Kept>>();
  const coming = [''];
  for await (const one of found) {
    if (one.type === 'item') {
      const folder = parentOf(one.path);
      const others = kept.get(folder);
      const own = keep(one.item, one.path);
      if (others) others.push(own);
      else kept.set(folder, [own]);
      continue;
    }
    const { path, id, entered, failed } = one;
    ended.set(path, { path, id, entered, failed: failed?.words, kept: kept.get(path) ?? [] });
    kept.delete(path);
    for (let next = ended.get(coming.at(-1) ?? ''); next; next = ended.get(coming.at(-1) ?? '')) {
      ended.delete(next.path);
      coming.pop();
      for (const below of next.entered.toReversed()) coming.push(below);
      yield next;
    }
  }
}

/** The path of the folder that a path lies in. */
export function parentOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
