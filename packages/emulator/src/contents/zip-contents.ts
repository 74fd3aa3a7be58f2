import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { rootFolderId } from '../ids.ts';
import { foldName } from '../names.ts';
import { currentLock } from '../represent/values.ts';
import { type FileRow, type ItemRow, isFile, kinds, typeOf } from '../store/rows.ts';
import type { ZipEntry } from '../store/zip-downloads.ts';

/** Box's own limit; the other one is the user's largest upload. */
const mostFiles = 10_000;

/** What a zip of some items holds, as they are now. */
export interface ZipContents {
  entries: ZipEntry[];
  /** Files that the caller may see but not download. */
  skippedFiles: number;
  skippedFolders: number;
  /** Items of one name, and what each is called in the zip instead. */
  conflicts: NameConflict[][];
}

interface NameConflict {
  id: string;
  type: 'file' | 'folder';
  original_name: string;
  download_name: string;
}

/**
 * Gathers what goes into a zip: files, and folders with all that is below them. Web links do not.
 *
 * @throws BoxError 403 for the root folder; 400 when it is more than Box packs
 */
export function zipContentsOf(access: Access, items: readonly ItemRow[]): ZipContents {
  if (items.some((item) => item.id === rootFolderId)) {
    throw new BoxError('access_denied_insufficient_permissions');
  }
  const { names, conflicts } = namesInZip(items);
  const contents: ZipContents = { entries: [], skippedFiles: 0, skippedFolders: 0, conflicts };
  const limits = { files: mostFiles, bytes: access.view.user(access.userId)?.max_upload_size ?? 0 };
  const waiting = items.map((item) => ({ item, path: names.get(item.id) ?? item.name }));
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { item, path } = next;
    if (isFile(item)) {
      addFile(access, item, path, contents);
      takeFrom(limits, item);
    } else if (item.kind === kinds.folder) {
      const inside = access.store.items.children(item.id, item.owner_id);
      waiting.push(...inside.map((child) => ({ item: child, path: `${path}/${child.name}` })));
      if (inside.length === 0) contents.entries.push({ ...blank(item), path });
    }
  }
  return contents;
}

function takeFrom(limits: { files: number; bytes: number }, file: FileRow): void {
  limits.files -= 1;
  limits.bytes -= file.size;
  if (limits.files < 0) throw new BoxError('zip_download_file_count_exceeded_limit');
  if (limits.bytes < 0) throw new BoxError('zip_download_pre_compressed_bytes_exceeded_limit');
}

function addFile(access: Access, file: FileRow, path: string, contents: ZipContents): void {
  const lock = currentLock(file, access.store.nowSeconds());
  const isBarred = lock?.isDownloadPrevented === true && lock.userId !== access.userId;
  if (isBarred || !access.view.allows(file, 'download')) contents.skippedFiles += 1;
  else contents.entries.push({ ...blank(file), path, sha1: file.sha1, sizeBytes: file.size });
}

function blank(item: ItemRow): Omit<ZipEntry, 'path'> {
  return { sha1: null, sizeBytes: 0, modifiedAt: item.content_modified_at };
}

/** Items from several folders may have one name; then each gets one that stands for its id. */
function namesInZip(items: readonly ItemRow[]): {
  names: Map<number, string>;
  conflicts: NameConflict[][];
} {
  const names = new Map(items.map((item) => [item.id, item.name]));
  const conflicts: NameConflict[][] = [];
  for (const alike of Map.groupBy(items, (item) => foldName(item.name)).values()) {
    if (alike.length === 1) continue;
    for (const item of alike) names.set(item.id, stand(item));
    conflicts.push(
      alike.map((item) => ({
        id: String(item.id),
        type: typeOf(item.kind) === 'folder' ? 'folder' : 'file',
        original_name: item.name,
        download_name: names.get(item.id) ?? item.name,
      })),
    );
  }
  return { names, conflicts };
}

/** Such as `3aa6a7.pdf`, as Box has it. */
function stand(item: ItemRow): string {
  const digits = createHash('sha1').update(String(item.id)).digest('hex').slice(0, 12);
  return isFile(item) ? `${digits}${extname(item.name)}` : digits;
}
