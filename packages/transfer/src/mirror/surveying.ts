/** How both sides are looked at before a run that mirrors: folder by folder, several at once, changing nothing. */
import { BoxhaulError, type BoxItem } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { reasonOf } from '../reason.ts';
import { type Findings, readBoxFolder, walk } from '../tree/tree.ts';
import type { Survey } from './survey.ts';

/**
 * Visits a tree. A folder that cannot be looked at is told by `survey.unseen`: from then on nothing is known to be
 * extra.
 * @throws what ends the run
 */
export async function surveyTree<Visit extends { path: string }>(
  root: Visit,
  visit: (at: Visit, findings: Findings<Visit, never>) => Promise<void>,
  survey: Survey,
  context: JobContext,
): Promise<void> {
  const look = async (at: Visit, findings: Findings<Visit, never>) => {
    try {
      await visit(at, findings);
    } catch (error) {
      if (error instanceof BoxhaulError && error.recovery === 'stop') throw error;
      const where = at.path === '' ? 'the folder itself' : at.path;
      survey.unseen ??= `${where} could not be listed: ${reasonOf(error).words}`;
    }
  };
  const looking = walk<Visit, never>(root, look, context);
  try {
    await looking.take();
  } finally {
    await looking.settled;
  }
  if (context.ending.aborted) survey.unseen ??= 'the run was stopped while both sides were listed';
}

/** So many items are in hand at once. */
const BATCH = 1_000;

/** Goes through a folder in Box, some items at a time, and keeps what it holds for the run. */
export async function* listFolder(
  folderId: string,
  survey: Survey,
  context: JobContext,
): AsyncGenerator<BoxItem[]> {
  let batch: BoxItem[] = [];
  for await (const item of readBoxFolder(context, folderId)) {
    batch.push(item);
    if (batch.length < BATCH) continue;
    survey.keepListing(folderId, batch);
    yield batch;
    batch = [];
  }
  survey.keepListing(folderId, batch);
  survey.isListed(folderId);
  yield batch;
}
