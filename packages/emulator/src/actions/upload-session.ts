import { BoxError } from '../box-error.ts';
import type { UploadSessionRow } from '../store/rows.ts';
import type { Store } from '../store/store.ts';

export const sessionLifeSeconds = 7 * 24 * 3600;

/** How long a session that expired is remembered, to say that it did. */
const graceSeconds = 24 * 3600;

const usualPartBytes = 8 * 1024 * 1024;
const mostParts = 10_000;

/** The length of every part but the last: 8 MiB, doubled until there are not too many parts. */
export function partSizeFor(sizeBytes: number): number {
  let partBytes = usualPartBytes;
  while (partBytes * mostParts < sizeBytes) partBytes *= 2;
  return partBytes;
}

export function partCount(session: UploadSessionRow): number {
  return Math.ceil(session.size / session.part_size);
}

/**
 * A session of the user's, committed or not.
 *
 * @throws BoxError 404, 403 `forbidden` (another user's), 410 `session_expired`
 */
export function findSession(store: Store, id: string, userId: number): UploadSessionRow {
  const session = store.uploadSessions.get(id);
  if (!session) throw new BoxError('not_found');
  if (session.user_id !== userId) throw new BoxError('forbidden');
  if (session.expires_at <= store.nowSeconds()) throw new BoxError('session_expired');
  return session;
}

/** Ends a session; what it made stays. */
export function forgetSession(store: Store, id: string): void {
  store.transaction(() => store.uploadSessions.delete(id));
  store.blobs.discardAssembled(id);
}

/** Ends the sessions whose life was over long ago. */
export function forgetExpiredSessions(store: Store): void {
  const before = store.nowSeconds() - graceSeconds;
  for (const id of store.uploadSessions.expiredBefore(before)) forgetSession(store, id);
}
