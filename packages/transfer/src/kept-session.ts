/** The upload session of one file, kept between runs, so that the next goes on from the parts that Box has. */
import { BoxhaulError, type BoxPart, type BoxUploadSession, isBoxError } from '@boxhaul/client';
import type { Destination, Sending } from './destination.ts';
import type { Source } from './source.ts';

export interface KeptSession {
  /** What an earlier run left, and Box still has. */
  find(): Promise<{ session: BoxUploadSession; stored: BoxPart[] } | undefined>;
  put(session: BoxUploadSession): void;
  drop(): void;
  /** Whether the next run can go on where this error came. */
  isGoneOnWithAfter(error: unknown): boolean;
}

/** A run that remembers nothing keeps none. */
const NONE: KeptSession = {
  find: async () => undefined,
  put() {},
  drop() {},
  isGoneOnWithAfter: () => false,
};

/** What Box answers of a session that has expired, or that another account opened. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);

export function keptSession(
  source: Source,
  destination: Destination,
  { client, signal, remembered }: Sending,
): KeptSession {
  if (!remembered) return NONE;
  const { openUploads, account } = remembered;
  const to =
    'fileId' in destination ? [destination.fileId] : [destination.folderId, destination.name];
  const key = JSON.stringify([account, source.path, ...to]);
  return {
    async find() {
      const session = openUploads.find(key, source.opened);
      if (!session) return undefined;
      try {
        const stored = await Array.fromAsync(client.uploadSessions.parts(session, { signal }));
        return { session, stored };
      } catch (error) {
        if (isBoxError(error) && GONE.has(error.status)) return undefined;
        throw error;
      }
    },
    put: (session) => openUploads.put(key, source.opened, session),
    drop: () => openUploads.drop(key),
    isGoneOnWithAfter: (error) =>
      signal.aborted ||
      (error instanceof BoxhaulError &&
        (error.recovery === 'retry' || error.code === 'interrupted')),
  };
}
