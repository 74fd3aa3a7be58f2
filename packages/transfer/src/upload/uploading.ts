/** One name of an origin, put into Box with all that comes along with it. */

import type { JobContext } from '../job.ts';
import type { TransferResult } from '../transfer.ts';
import type { Carried, Carry, ItemInBox } from './carry.ts';
import { alreadyCarried, carryTo, expectCarry } from './carrying.ts';
import { History } from './history.ts';
import type { PartMemory } from './part-memory.ts';
import { uploadFile } from './upload.ts';
import type { UploadItem } from './upload-item.ts';
import { placeWebLink } from './web-link.ts';

/**
 * @param as whose calls they are
 * @param context the job's own
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function uploadWithDetails(
  item: UploadItem,
  { as, memory, carry }: { as: JobContext; memory: PartMemory; carry?: Carry | undefined },
  context: JobContext,
): Promise<TransferResult> {
  const entries = [item.entry];
  const isLink = item.entry.kind === 'web-link';
  const type = isLink ? 'web_link' : 'file';
  const history = new History(
    (id) =>
      carry !== undefined && alreadyCarried(carry, entries, { type, id }, context) !== undefined,
  );
  const result = isLink
    ? await placeWebLink(item, as)
    : await uploadFile(item, as, memory, history);
  if (carry && context.dryRun && result.action === 'new') expectCarry(carry, entries, context);
  const inBox = whatIsThere(result, type);
  if (!inBox || context.dryRun) return result;
  const before = history.carried;
  if (carry) await carryTo(inBox, entries, { carry, as, before }, context);
  else if (!isNothing(before)) context.carried(inBox, before);
  return result;
}

/** The item with its contents, if it is there now. */
function whatIsThere(
  { id, path, state, action, reason }: TransferResult,
  type: ItemInBox['type'],
): ItemInBox | undefined {
  const isThere = state === 'transferred' || reason?.code === 'same';
  if (id === undefined || !isThere) return undefined;
  const isNew = state === 'transferred' && action === 'new';
  return { type, id, path, isNew };
}

function isNothing({ done, gaps }: Carried): boolean {
  return gaps.length === 0 && Object.keys(done).length === 0;
}
