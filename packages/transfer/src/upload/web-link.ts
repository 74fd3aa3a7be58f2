/** One web link of an origin: a name in Box that leads elsewhere. It has no contents, so that its address is compared. */
import { type BoxWebLink, isBoxError } from '@boxhaul/client';
import type { JobContext } from '../job.ts';
import { reason } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { TransferAction, TransferResult } from '../transfer.ts';
import type { UploadItem } from './upload-item.ts';

/**
 * Makes it in Box, or has the one that is there lead where it should, which is told as a version. Every outcome is a
 * result.
 * @throws {BoxhaulError} with `recovery: 'stop'`
 */
export async function placeWebLink(item: UploadItem, context: JobContext): Promise<TransferResult> {
  const { path, entry, mode, inBox } = item;
  const { url = '' } = entry;
  const { occupant } = inBox;
  if (occupant && occupant.type !== 'web_link') {
    const words = `a ${occupant.type} in Box has this name`;
    return settled('failed', path, reason('in-the-way', words), { id: occupant.id });
  }
  if (occupant?.url === url) {
    return settled('skipped', path, reason('same', 'leads to the same address'), {
      id: occupant.id,
    });
  }
  if (occupant && mode === 'upload') {
    const why = reason('exists', 'it is in Box already, and leads elsewhere');
    return settled('skipped', path, why, { id: occupant.id });
  }
  const action: TransferAction = occupant ? 'version' : 'new';
  if (context.dryRun) {
    return settled('skipped', path, reason('dry-run', 'would be made'), { action });
  }
  try {
    const link = occupant
      ? await context.client.webLinks.update(occupant.id, { url }, { signal: context.signal })
      : await makeLink(item, url, context);
    return { kind: 'file', path, state: 'transferred', action, id: link.id, bytes: 0, ms: 0 };
  } catch (error) {
    return failureResult(error, path, context.signal);
  }
}

async function makeLink(
  { name, folderId: parentId }: UploadItem,
  url: string,
  { client, signal }: JobContext,
): Promise<BoxWebLink> {
  try {
    return await client.webLinks.create({ url, name, parentId }, { signal });
  } catch (error) {
    // Another run at the same link, or a first try whose answer was lost.
    const conflict = isBoxError(error, 'item_name_in_use') ? error.conflict : undefined;
    if (conflict?.type !== 'web_link') throw error;
    const found = await client.webLinks.get(conflict.id, { signal });
    if (found.url !== url) throw error;
    return found;
  }
}
