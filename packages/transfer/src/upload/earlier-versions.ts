/**
 * The states that a file had before, sent as versions under the one that it has now. Box puts a version only on top of
 * those that are there: so they go up oldest first, and what is there already is found by SHA-1, whoever put it there
 * and however a run ended that was at it.
 */
import type { BoxFile } from '@boxhaul/client';
import { fileCalls } from '../cost.ts';
import type { JobContext } from '../job.ts';
import type { EarlierState, Origin, OriginEntry } from '../origins/origin.ts';
import { TransferFailure } from '../reason.ts';
import type { Gap } from './carry.ts';
import { contentsOf } from './contents.ts';
import type { Destination, Sending } from './destination.ts';
import { send } from './sending.ts';
import type { UploadItem } from './upload-item.ts';

/** How a file's states in Box stand to those that it had where it comes from. */
export interface Alignment {
  /** So many of its states are there, or lie under what is there: the rest can follow on top. */
  readonly reached: number;
  /** How many of those really are there. */
  readonly matched: number;
}

/**
 * Finds where in `states` the last version in Box stands: at the place where most of what comes before it is there as
 * well, and of several such at the first, so that nothing is taken for sent that may not be.
 * @param states SHA-1s, oldest first, and so `inBox`
 */
export function align(states: readonly string[], inBox: readonly string[]): Alignment {
  let best: Alignment = { reached: 0, matched: 0 };
  for (const [index, sha1] of states.entries()) {
    if (sha1 !== inBox.at(-1)) continue;
    const matched = matchedBackwards(states.slice(0, index + 1), inBox);
    if (matched > best.matched) best = { reached: index + 1, matched };
  }
  return best;
}

function matchedBackwards(states: readonly string[], inBox: readonly string[]): number {
  let matched = 0;
  for (let at = states.length - 1; at >= 0; at--) {
    if (states[at] === inBox[inBox.length - 1 - matched]) matched += 1;
  }
  return matched;
}

/** The SHA-1s of a file in Box, the oldest version first, the current one last. */
export async function versionsInBox(
  { id, sha1 }: { id: string; sha1?: string },
  { client, signal, expect }: JobContext,
): Promise<string[]> {
  expect(1);
  const earlier = await Array.fromAsync(
    client.fileVersions.list(id, { fields: ['sha1', 'trashed_at'], signal }),
  );
  // Box lists the latest first.
  const kept = earlier.filter((version) => typeof version.trashed_at !== 'string').reverse();
  return [...kept.map((version) => version.sha1), ...(sha1 === undefined ? [] : [sha1])];
}

/**
 * Sends states, oldest first, each proven before the next. One that its origin does not give (any more) is a gap.
 * @returns where what follows them goes
 * @throws what sending throws
 */
export async function sendEarlier(
  states: readonly EarlierState[],
  { origin }: Pick<UploadItem, 'origin'>,
  to: Destination,
  sending: Sending,
  { context, told }: { context: JobContext; told: { done(): void; gap(gap: Gap): void } },
): Promise<Destination> {
  let destination = to;
  for (const { entry, sha1 } of states) {
    try {
      const file = await sendState(origin, entry, destination, sending, context);
      destination = { fileId: file.id, ifMatch: file.etag ?? undefined };
      told.done();
    } catch (error) {
      if (!isLostState(error)) throw error;
      const { code, words } = error.reason;
      told.gap({ what: 'version', code, words: `the one with SHA-1 ${sha1}: ${words}` });
    }
  }
  return destination;
}

async function sendState(
  origin: Origin,
  entry: OriginEntry,
  destination: Destination,
  sending: Sending,
  { signal, expect }: JobContext,
): Promise<BoxFile> {
  const source = await origin.open(entry, signal);
  const contents = contentsOf(source, signal);
  try {
    const file = await send(contents, destination, { ...sending, onProgress: () => undefined });
    expect(fileCalls('upload', { action: 'version', bytes: contents.sizeBytes }));
    return file;
  } finally {
    await contents.close();
    await source.close();
  }
}

/** What Box says of its own side is never such a failure. */
function isLostState(error: unknown): error is TransferFailure {
  return error instanceof TransferFailure && ['not-found', 'no-permission'].includes(error.code);
}
