import type { BoxEvent } from '@boxhaul/client';
import { localTime } from './local-time.ts';
import type { Output } from './output.ts';
import { printable } from './width.ts';

/** `2026-03-01 14:05  ITEM_UPLOAD            report.pdf (file 123)  by Ann <ann@example.com>`. */
export function eventLine({ style }: Output, event: BoxEvent): string {
  const { created_at: at, event_type: type, created_by: by } = event;
  const who = by ? `by ${printable(by.name)}${by.login ? ` <${printable(by.login)}>` : ''}` : '';
  return [localTime(at), style.cyan(printable(type).padEnd(24)), sourceWords(event), style.dim(who)]
    .filter((cell) => cell !== '')
    .join('  ');
}

function sourceWords({ source }: BoxEvent): string {
  if (!source) return '';
  if ('item_id' in source) {
    return printable(`${source.item_name} (${source.item_type} ${source.item_id})`);
  }
  // Box's empty source is an object without anything in it.
  const { name, type, id } = source as Partial<typeof source>;
  return id === undefined ? '' : printable(`${name ?? ''} (${type} ${id})`);
}
