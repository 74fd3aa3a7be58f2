/** What Box has and the source has not. */
import type { BoxItem } from '@boxhaul/client';
import type { JobContext, Planned } from '../job.ts';
import { type InTarget, sortTarget } from '../mirror/extras.ts';
import { reason } from '../reason.ts';
import { failureResult, settled } from '../result.ts';
import type { ChoosingInBox } from '../selection/choosing-in-box.ts';
import type { Filter } from '../selection/filter.ts';
import { type Findings, pathIn, readBoxFolder } from '../tree/tree.ts';

/** A folder in Box that the source has not. */
export interface ExtraFolder {
  readonly path: string;
  readonly extraId: string;
  /** What the source leaves out there. */
  readonly filter: Filter;
}

/** What looking for it takes. */
export interface LookingInBox extends JobContext {
  readonly choosing: ChoosingInBox;
}

/** Nothing of it is left to be compared: all is told, or entered. */
type Found = Findings<ExtraFolder, Planned<never>>;

/** Looks through a folder that only Box has, for the files in it that take part. */
export async function visitExtra(
  { path, extraId, filter }: ExtraFolder,
  findings: Found,
  context: LookingInBox,
): Promise<void> {
  try {
    for await (const item of readBoxFolder(context, extraId, context.choosing.fields)) {
      await foundBeside(item, path, filter, findings, context);
    }
  } catch (error) {
    const result = failureResult(error, path, context.ending, { kind: 'folder' });
    await findings.found({ result });
  }
}

/** Something that only Box has. A folder is told as one, with all that is in it, unless files were chosen. */
export async function foundBeside(
  item: BoxItem,
  folderPath: string,
  filter: Filter,
  findings: Found,
  context: LookingInBox,
): Promise<void> {
  const { extra } = sortTarget([inTarget(item)], () => false, filter, folderPath);
  if (extra.length === 0) return;
  const path = pathIn(folderPath, item.name);
  const { id } = item;
  const why = reason('extra', 'it is only in Box');
  if (item.type === 'file') {
    if (!context.choosing.takes(item, path)) return;
    context.plan(1, 0);
    const { sha1, size: bytes = 0 } = item;
    await findings.found({ result: settled('failed', path, why, { id, sha1, bytes }) });
  } else if (context.filter.selective) findings.enter({ path, extraId: id, filter });
  else await findings.found({ result: settled('failed', path, why, { kind: 'folder', id }) });
}

function inTarget({ type, name }: BoxItem): InTarget {
  return { name, kind: type === 'web_link' ? 'other' : type };
}
