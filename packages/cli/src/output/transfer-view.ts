/**
 * What is shown of a running transfer. Each view takes the same events; which ones are open depends on
 * who watches: a person at a terminal, a log that people read later, a program, or several of them. What a run has
 * come to is folded once, for all of them, into memory that does not grow with the number of files.
 */
import type { CallCounts } from '@boxhaul/client';
import type { TransferEvent } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { jsonView } from './json.ts';
import type { Limits } from './limits.ts';
import { logView } from './log-view.ts';
import { plainView } from './plain.ts';
import { quietView } from './quiet.ts';
import { createTally, type Tally } from './tally.ts';
import { terminalView } from './terminal.ts';

/** Takes the events of one transfer, in order. */
export interface TransferView {
  /** The tally has the event already. */
  event(event: TransferEvent, nowMs: number): void;
  /** Leaves the screen as it should be, however the transfer ended. Harmless when repeated. */
  close(): void;
}

/** What is known of a transfer before it begins. */
export interface TransferTitle {
  /** `↑ weekly → /Backups (update)`. */
  readonly text: string;
  /** The calls spent until now. */
  readonly calls: () => CallCounts;
  /** What is used of Box's limits now; asked once a second at most. */
  readonly limits?: (() => Limits) | undefined;
}

/** A transfer under way. */
export interface Watched extends TransferTitle {
  readonly tally: Tally;
}

/** All views of one transfer. */
export interface TransferWatch {
  event(event: TransferEvent): void;
  close(): void;
}

/**
 * Opens the views that the options and the streams ask for.
 * @throws CliError when --metrics-port cannot be had
 */
export async function openTransferView(
  context: CommandContext,
  title: TransferTitle,
): Promise<TransferWatch> {
  const { output } = context;
  const tally = createTally();
  const watched = { ...title, tally };
  const metrics = await openMetrics(context, watched);
  const forPeople = output.quiet
    ? quietView(context)
    : output.redraws
      ? terminalView(context, watched)
      : plainView(context, watched);
  const views = [
    forPeople,
    logView(context.log),
    ...(output.json ? [jsonView(output, tally)] : []),
    ...(metrics ? [metrics] : []),
  ];
  return {
    event: (event) => {
      const nowMs = Date.now();
      tally.add(event, nowMs);
      for (const view of views) view.event(event, nowMs);
      if (event.type === 'finished') context.witness?.report(event.report);
    },
    close: () => {
      for (const view of views) view.close();
    },
  };
}

async function openMetrics(
  { options, output }: CommandContext,
  watched: Watched,
): Promise<TransferView | undefined> {
  const { metricsPort: port, metricsHost: host = '127.0.0.1' } = options;
  if (port === undefined) return undefined;
  const { metricsView } = await import('./metrics.ts');
  const view = await metricsView(watched, { port, host });
  output.say(`metrics at ${view.url}`);
  output.event('metrics', { url: view.url });
  return view;
}
