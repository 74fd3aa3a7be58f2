import { type ItemRow, kinds } from '../store/rows.ts';
import type { View } from './view.ts';

/** An item's `watermark_info`. A watermark on a folder is on all that is in it. */
export function watermarkInfo(item: ItemRow, view: View) {
  const { watermarks } = view.store;
  const isInherited = view
    .path(item.parent_id)
    .some((folder) => watermarks.of(folder.id) !== undefined);
  const isOwn = item.kind !== kinds.web_link && watermarks.of(item.id) !== undefined;
  return {
    is_watermarked: isOwn || isInherited,
    is_watermark_inherited: isInherited,
    is_watermarked_by_access_policy: false,
  };
}
