import { type BoxClient, isBoxError } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';

/**
 * The id of a folder that is made, or that has the name already: one call either way.
 *
 * @param way out, where something else has the name
 * @throws CliError something else has it
 */
export async function folderMadeOrThere(
  client: BoxClient,
  folder: { readonly name: string; readonly parentId: string },
  { signal, way }: { readonly signal: AbortSignal; readonly way: string },
): Promise<string> {
  try {
    return (await client.folders.create(folder, { signal, fields: ['id'] })).id;
  } catch (error) {
    const conflict = isBoxError(error, 'item_name_in_use') ? error.conflict : undefined;
    if (conflict === undefined) throw error;
    if (conflict.type !== 'folder') throw noFolder(folder.name, conflict.type, way);
    return conflict.id;
  }
}

/** @param type Box's word for what has the name */
export function noFolder(name: string, type: string, way: string): CliError {
  const kind = type.replace('_', ' ');
  return new CliError(`${printable(name)} is there, and it is a ${kind}, not a folder`, {
    ways: [way],
  });
}
