import type { TransferEvent } from '@boxhaul/transfer';
import { formatBytes, formatNumberOf } from './format.ts';
import type { Style } from './style.ts';
import { failureLine } from './summary.ts';
import { printable } from './width.ts';

/** With --verbose: a line about one file or folder, or nothing for events that need none. */
export function fileLine(event: TransferEvent, style: Style): string | undefined {
  switch (event.type) {
    case 'file': {
      const { result } = event;
      const path = printable(result.path);
      if (result.state === 'failed') return failureLine(result, style);
      if (result.state === 'skipped' && result.reason?.code !== 'dry-run') {
        return style.dim(`  ${'skipped'.padEnd(8)}  ${path}   ${result.reason?.words ?? ''}`);
      }
      return `  ${style.green((result.action ?? 'done').padEnd(8))}  ${path}   ${formatBytes(result.bytes)}`;
    }
    case 'trashed':
      return `  ${style.yellow('trashed'.padEnd(8))}  ${printable(event.path)}${event.kind === 'folder' ? `/   ${formatNumberOf(event.files, 'file')}` : ''}   ${formatBytes(event.bytes)}`;
    case 'folder':
      return event.state === 'exists'
        ? undefined
        : `  ${style.green((event.state === 'moved' ? 'moved' : 'folder').padEnd(8))}  ${printable(event.path)}`;
    case 'retry':
      return style.yellow(
        `  ${'again'.padEnd(8)}  ${printable(event.path)}   try ${event.attempt}: ${printable(event.reason.words)}`,
      );
    case 'gap':
      return style.yellow(
        `  ${'gap'.padEnd(8)}  ${printable(event.item.path)}   ${event.gap.what}: ${printable(event.gap.words)}`,
      );
    case 'left-out':
      return style.yellow(
        `  ${'left out'.padEnd(8)}  ${printable(event.path)}/   ${printable(event.user)}: ${printable(event.reason.words)}`,
      );
    case 'notice':
    case 'started':
    case 'planned':
    case 'file-started':
    case 'progress':
    case 'archive':
    case 'finished':
      return undefined;
  }
}
