/** The upload session of one file, kept between runs, so that the next goes on from the parts that Box has. */
import { type BoxClient, type BoxPart, type BoxUploadSession, isBoxError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import type { Source } from '../origins/source.ts';
import { isForNextRun } from '../reason.ts';
import type { OpenUploads } from '../state/open-uploads.ts';
import type { Destination, Sending } from './destination.ts';

/** Where open sessions are remembered, and whose they are. */
export interface RememberedUploads {
  readonly openUploads: OpenUploads;
  readonly account: string;
  /** Where the file is in the end, whichever way it takes. */
  readonly place: { folderId: string; name: string };
}

export interface KeptSession {
  /** What an earlier run left, and Box still has. What is of no use any more is closed. */
  find(): Promise<{ session: BoxUploadSession; stored: BoxPart[] } | undefined>;
  put(session: BoxUploadSession): void;
  /** The session is over. */
  drop(): void;
  /** Leaves it to the next run. */
  release(): void;
  /** Whether the next run can go on where this error came. */
  isGoneOnWithAfter(error: unknown): boolean;
}

/** A run that remembers nothing keeps none, and so does one that meets another at the same file. */
const NONE: KeptSession = {
  find: async () => undefined,
  put() {},
  drop() {},
  release() {},
  isGoneOnWithAfter: () => false,
};

/** How long closing a session may hold up what comes behind it. */
const CLOSING_MS = 5_000;

/** For a file of this job, where it remembers. */
export function rememberedUploads(
  { name, folderId }: { name: string; folderId: string },
  { memory }: JobContext,
): RememberedUploads | undefined {
  if (!memory) return undefined;
  const { state, account } = memory;
  return { openUploads: state.openUploads, account, place: { folderId, name } };
}

/** Takes the upload of a file in hand: `drop` or `release` ends it. */
export function keptSession(
  source: Source,
  destination: Destination,
  { client, signal, remembered }: Sending,
): KeptSession {
  const key = remembered && keyOf(source.key, remembered);
  const claim = key === undefined ? undefined : remembered?.openUploads.claim(key);
  if (!remembered || key === undefined || !claim) return NONE;
  const { openUploads } = remembered;
  const contents = JSON.stringify([source.fingerprint, destination]);
  return {
    async find() {
      const { left } = claim;
      if (!left) return undefined;
      if (left.contents === contents) return await foundInBox(left.session, client, signal);
      await closeQuietly(client, left.session);
      return undefined;
    },
    put: (session) => openUploads.put(key, session, contents),
    drop: () => openUploads.drop(key),
    release: () => openUploads.release(key),
    isGoneOnWithAfter: (error) => signal.aborted || isForNextRun(error),
  };
}

/** Closes what earlier runs left of an upload that is done, or has become needless. Never throws what Box says. */
export async function closeLeftSession(
  client: BoxClient,
  sourceKey: string,
  remembered: RememberedUploads,
): Promise<void> {
  const { openUploads } = remembered;
  const key = keyOf(sourceKey, remembered);
  if (!openUploads.has(key)) return;
  const claim = openUploads.claim(key);
  if (!claim) return;
  if (claim.left) await closeQuietly(client, claim.left.session);
  openUploads.drop(key);
}

/** Box forgets a session within days in any case. */
export async function closeQuietly(client: BoxClient, session: BoxUploadSession): Promise<void> {
  const closing = { signal: AbortSignal.timeout(CLOSING_MS) };
  await client.uploadSessions.abort(session, closing).catch(() => undefined);
}

/** What Box answers of a session that has expired, or that another account opened. */
const GONE: ReadonlySet<number> = new Set([403, 404, 410]);

async function foundInBox(
  session: BoxUploadSession,
  client: BoxClient,
  signal: AbortSignal,
): Promise<{ session: BoxUploadSession; stored: BoxPart[] } | undefined> {
  try {
    const stored = await Array.fromAsync(client.uploadSessions.parts(session, { signal }));
    return { session, stored };
  } catch (error) {
    if (isBoxError(error) && GONE.has(error.status)) return undefined;
    throw error;
  }
}

function keyOf(sourceKey: string, { account, place }: RememberedUploads): string {
  return JSON.stringify([account, sourceKey, place.folderId, place.name]);
}
