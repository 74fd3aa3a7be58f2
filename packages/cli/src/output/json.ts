import type { TransferEvent, TransferReport, TransferResult } from '@boxhaul/transfer';
import type { Output } from './output.ts';
import type { PlannedTransfers, Tally } from './tally.ts';
import type { TransferView } from './transfer-view.ts';

const progressEveryMs = 1000;

/**
 * --json: `started`, then `folder`, `file`, `retry` as they happen and `progress` once a second while
 * anything moves, and at the end `summary`. docs/json.md describes each.
 */
export function jsonView(output: Output, tally: Tally): TransferView {
  let said = '';
  const timer = setInterval(() => {
    const fields = progressFields(tally, Date.now());
    const text = JSON.stringify(fields);
    if (text !== said) output.event('progress', fields);
    said = text;
  }, progressEveryMs);
  timer.unref();
  return {
    event: (event) => {
      const line = lineOf(event, tally.planned);
      if (line !== undefined) output.event(...line);
      if (event.type === 'finished') clearInterval(timer);
    },
    close: () => clearInterval(timer),
  };
}

/** An event's line: its type and fields; nothing for those that `progress` sums up. */
function lineOf(
  event: TransferEvent,
  planned: PlannedTransfers,
): [type: string, fields: Record<string, unknown>] | undefined {
  switch (event.type) {
    case 'started':
      return [
        'started',
        { direction: event.direction, mode: event.mode, dryRun: event.dryRun, job: event.job },
      ];
    case 'folder':
      return ['folder', { state: event.state, path: event.path, id: event.id }];
    case 'trashed': {
      const { type, ...fields } = event;
      return [type, fields];
    }
    case 'left-out': {
      const { code, words } = event.reason;
      return ['left-out', { user: event.user, path: event.path, reason: code, message: words }];
    }
    case 'notice':
      return ['notice', { code: event.code, message: event.words }];
    case 'gap':
      return ['gap', gapFields(event)];
    case 'retry': {
      const { code, words } = event.reason;
      return ['retry', { path: event.path, attempt: event.attempt, reason: code, message: words }];
    }
    case 'file':
      return [event.result.kind, resultFields(event.result)];
    case 'finished':
      return [
        'summary',
        { ...summaryFields(event.report), ...(event.report.dryRun && { planned }) },
      ];
    case 'planned':
    case 'file-started':
    case 'progress':
    case 'archive':
      return undefined;
  }
}

/** One file's outcome, as events and logs carry it. */
export function resultFields(result: TransferResult): Record<string, unknown> {
  return {
    state: result.state,
    action: result.action,
    via: result.via,
    target: result.target,
    path: result.path,
    id: result.id,
    sha1: result.sha1,
    bytes: result.bytes,
    sealedBytes: result.sealedBytes,
    mayBeCut: result.mayBeCut,
    ms: Math.round(result.ms),
    reason: result.reason?.code,
    message: result.reason?.words,
  };
}

/** What did not come along with an item, as events and logs carry it. */
export function gapFields({
  item: { type: kind, path, id },
  gap: { what, code, words, mayPass },
}: Extract<TransferEvent, { type: 'gap' }>): Record<string, unknown> {
  const passes = mayPass && { mayPass };
  return { kind, path, id, what, reason: code, message: words, ...passes };
}

/** A whole run's outcome; the files that failed were events of their own. */
export function summaryFields(report: TransferReport): Record<string, unknown> {
  const { failures: _, seconds, ...rest } = report;
  return {
    ...rest,
    seconds: Math.round(seconds * 1000) / 1000,
    bytesPerSecond: seconds > 0 ? Math.round(report.bytes / seconds) : 0,
  };
}

function progressFields(tally: Tally, nowMs: number): Record<string, unknown> {
  return {
    files: tally.filesPlanned,
    filesDone: tally.filesDone,
    bytes: tally.bytesPlanned,
    bytesDone: tally.bytesDone,
    final: tally.isFinal,
    failed: tally.failed,
    bytesPerSecond: Math.round(tally.rate(nowMs) ?? 0),
  };
}
