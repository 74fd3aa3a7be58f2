/** One item in Box, as a line for people and as an event for programs. */
import type { BoxItem } from '@boxhaul/client';
import { formatBytes } from './format.ts';
import { localTime } from './local-time.ts';
import type { Output } from './output.ts';
import { printable } from './width.ts';

/** What a listing must say of each item beside the mini form. */
export const SHOWN_FIELDS = [
  'name',
  'size',
  'modified_at',
  'content_modified_at',
  'sha1',
  'url',
] as const;

/** @param path from the root down, where it is known */
export function itemFields(item: BoxItem, path?: string): Record<string, unknown> {
  return {
    kind: item.type,
    id: item.id,
    name: item.name,
    path,
    bytes: item.type === 'web_link' ? undefined : item.size,
    sha1: item.type === 'file' ? item.sha1 : undefined,
    modifiedAt: item.modified_at,
    contentModifiedAt: item.type === 'web_link' ? undefined : item.content_modified_at,
    url: item.type === 'web_link' ? item.url : undefined,
  };
}

/**
 * `  1.2 MB  2026-03-01 14:05  1234567890  report.pdf`; a folder's name ends in `/`.
 *
 * @param called what to show for its name
 */
export function itemLine({ style }: Output, item: BoxItem, called: string = item.name): string {
  const size = item.type === 'file' && item.size !== undefined ? formatBytes(item.size) : '-';
  const name = printable(called);
  const shown =
    item.type === 'folder'
      ? style.cyan(name.endsWith('/') ? name : `${name}/`)
      : item.type === 'web_link'
        ? `${name} ${style.dim(`→ ${printable(item.url)}`)}`
        : name;
  return [size.padStart(10), localTime(item.modified_at), item.id.padEnd(13), shown].join('  ');
}
