import { BoxError } from '../box-error.ts';
import type { Store } from '../store/store.ts';

/**
 * Keeps contents, then commits the rows that refer to them: whoever sees the rows finds the
 * contents, whenever a process dies. Async only when keeping them takes time.
 */
export function storeContents<T>(
  store: Store,
  sha1: string,
  keep: () => Promise<void> | undefined,
  commit: () => T,
): T | Promise<T> {
  const finish = () => store.transaction(() => commitRows(store, sha1, commit));
  const keeping = keep();
  return keeping ? keeping.then(finish) : finish();
}

function commitRows<T>(store: Store, sha1: string, commit: () => T): T {
  // The last file with the same contents may have been deleted for good in this very moment, and
  // the contents with it. The client holds them still and will send them again.
  if (!store.blobs.has(sha1))
    throw new BoxError('unavailable', { headers: { 'retry-after': '1' } });
  return commit();
}

/**
 * Removes contents that no version has (any more). Under the write lock, so that no upload of the
 * same contents, here or in another process, comes to refer to them meanwhile; outside of the
 * transaction that dropped them, so that a crash leaves at worst contents that nobody needs.
 */
export function dropUnusedContents(store: Store, sha1: string): void {
  store.transaction(() => {
    if (!store.versions.holdContents(sha1)) store.blobs.remove(sha1);
  });
}
