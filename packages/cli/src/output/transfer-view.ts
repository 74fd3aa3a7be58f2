/**
 * What is shown of a running transfer. Each view takes the same events; which ones are open depends on
 * who watches: a person at a terminal, a log that people read later, a program, or several of them.
 */
import type { CallCounts } from '@boxhaul/client';
import type { TransferEvent } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { jsonView } from './json.ts';
import { logView } from './log-view.ts';
import { plainView } from './plain.ts';
import { quietView } from './quiet.ts';
import { terminalView } from './terminal.ts';

/** Takes the events of one transfer, in order. */
export interface TransferView {
  event(event: TransferEvent): void;
  /** Leaves the screen as it should be, however the transfer ended. Harmless when repeated. */
  close(): void;
}

/** What is known of a transfer before it begins. */
export interface TransferTitle {
  /** `↑ weekly → /Backups (update)`. */
  readonly text: string;
  /** The calls spent until now. */
  readonly calls: () => CallCounts;
}

/** Opens the views that the options and the streams ask for. */
export function openTransferView(context: CommandContext, title: TransferTitle): TransferView {
  const { output } = context;
  const forPeople = output.quiet
    ? quietView(context)
    : output.redraws
      ? terminalView(context, title)
      : plainView(context, title);
  const views = [forPeople, logView(context.log), ...(output.json ? [jsonView(output)] : [])];
  return {
    event: (event) => {
      for (const view of views) view.event(event);
    },
    close: () => {
      for (const view of views) view.close();
    },
  };
}
