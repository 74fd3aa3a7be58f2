import type { BoxItem } from '@boxhaul/client';
import { openPlace } from '../box-place.ts';
import { openConnection } from '../connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { formatBytes } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { printable } from '../output/width.ts';

const fields = ['name', 'size', 'modified_at', 'content_modified_at', 'sha1', 'url'];

/** `boxhaul ls [folder]`: a line for each item, as the listing arrives. */
export async function runLs(context: CommandContext, folder: string): Promise<ExitCode> {
  const { output, signal } = context;
  const connection = await openConnection(context);
  try {
    const { item, client } = await openPlace(connection.client, folder, { signal });
    if (item.type === 'folder') {
      let isEmpty = true;
      for await (const entry of client.folders.items(item.id, { fields, signal })) {
        signal.throwIfAborted();
        list(output, entry);
        isEmpty = false;
      }
      // A program that reads the lines is not to take this for one.
      if (isEmpty && output.people.isTTY) output.say('the folder is empty');
    } else if (item.type === 'file') {
      list(output, await client.files.get(item.id, { fields, signal }));
    } else {
      list(output, item);
    }
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}

function list(output: Output, item: BoxItem): void {
  output.event('item', {
    kind: item.type,
    id: item.id,
    name: item.name,
    bytes: item.type === 'web_link' ? undefined : item.size,
    sha1: item.type === 'file' ? item.sha1 : undefined,
    modifiedAt: item.modified_at,
    contentModifiedAt: item.type === 'web_link' ? undefined : item.content_modified_at,
    url: item.type === 'web_link' ? item.url : undefined,
  });
  output.print(lineOf(output, item));
}

/** `  1.2 MB  2026-03-01 14:05  1234567890  report.pdf`; a folder's name ends in `/`. */
function lineOf({ style }: Output, item: BoxItem): string {
  const size = item.type === 'file' && item.size !== undefined ? formatBytes(item.size) : '-';
  const name = printable(item.name);
  const shown =
    item.type === 'folder'
      ? style.cyan(`${name}/`)
      : item.type === 'web_link'
        ? `${name} ${style.dim(`→ ${printable(item.url)}`)}`
        : name;
  return [size.padStart(10), localTime(item.modified_at), item.id.padEnd(13), shown].join('  ');
}

/** A time of Box's in this machine's time zone, to the minute. */
function localTime(time: string | null | undefined): string {
  const date = time ? new Date(time) : undefined;
  if (date === undefined || Number.isNaN(date.getTime())) return '-'.padEnd(16);
  const two = (number: number) => String(number).padStart(2, '0');
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day} ${two(date.getHours())}:${two(date.getMinutes())}`;
}
