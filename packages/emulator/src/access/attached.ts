import { BoxError, notFound } from '../box-error.ts';
import { textOf } from '../http/text-of.ts';
import { parseId } from '../ids.ts';
import type { FileRow } from '../store/rows.ts';
import type { Access } from './access.ts';

/**
 * Something that is attached to a file (a comment, a task), for whoever may see the file.
 *
 * @param role Box's word for it, for the error
 * @throws BoxError 404 when there is no such thing, or its file is out of reach or in the trash
 */
export function attached<T extends { file_id: number }>(
  access: Access,
  role: string,
  id: unknown,
  find: (id: number) => T | undefined,
): { row: T; file: FileRow } {
  const row = find(parseId(id) ?? -1);
  const file = row && fileOf(access, row.file_id);
  if (!file) throw notFound(role, textOf(id));
  return { row, file };
}

function fileOf(access: Access, fileId: number): FileRow | undefined {
  try {
    return access.activeFile(fileId);
  } catch (error) {
    if (error instanceof BoxError && error.status === 404) return undefined;
    throw error;
  }
}
