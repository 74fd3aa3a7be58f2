import type { TransferReport } from '@boxhaul/transfer';
import type { CommandContext } from '../context.ts';
import { FailureLines } from './failure-lines.ts';
import { fileLine } from './file-line.ts';
import type { Limits } from './limits.ts';
import { LiveBlock } from './live-block.ts';
import { NamedAbove } from './named-above.ts';
import { progressLines } from './progress.ts';
import { summaryLines } from './summary.ts';
import { titleLine } from './title-line.ts';
import type { TransferView, Watched } from './transfer-view.ts';

const frameEveryMs = 100;
const limitsEveryMs = 1000;

/**
 * A block of lines at the bottom of the terminal, drawn ten times a second; failures scroll away above it, and the
 * summary replaces it, naming those that cannot be seen.
 */
export function terminalView(context: CommandContext, watched: Watched): TransferView {
  const { output, signal, stopNow } = context;
  const { people, style, verbose } = output;
  const { tally } = watched;
  const block = new LiveBlock(people);
  const failures = new FailureLines(style);
  const above = new NamedAbove();
  const limits = seldom(watched.limits, limitsEveryMs);
  const size = () => ({ columns: people.columns ?? 80, rows: people.rows ?? 24 });
  // Thousands of files end between two frames: their lines are written with the next one.
  let waiting: string[] = [];
  let timer: NodeJS.Timeout | undefined;

  const flush = (nowMs: number) => {
    const lines = [...waiting, ...failures.take(nowMs)];
    if (lines.length > 0) block.writeAbove(lines.map((line) => `${line}\n`).join(''));
    above.wrote(lines);
    waiting = [];
  };
  const draw = () => {
    const nowMs = Date.now();
    const { columns, rows } = size();
    flush(nowMs);
    const phase = stopNow.aborted ? 'stopping' : signal.aborted ? 'ending' : 'running';
    const counted = { tally, calls: watched.calls(), limits: limits(nowMs), nowMs };
    block.draw(progressLines({ ...counted, columns, rows: rows - 1, style, phase }));
  };
  const open = () => {
    people.write(`${titleLine(watched.text, tally.job, style, size().columns)}\n`);
    timer = setInterval(draw, frameEveryMs);
    output.drawnBelow((line) => waiting.push(line));
    people.on('resize', draw);
    for (const pressed of [signal, stopNow]) pressed.addEventListener('abort', draw);
    draw();
  };
  const close = () => {
    clearInterval(timer);
    output.drawnBelow(undefined);
    if (waiting.length > 0) flush(Date.now());
    people.off('resize', draw);
    for (const pressed of [signal, stopNow]) pressed.removeEventListener('abort', draw);
    block.close();
  };
  /** Failures that stand just above the summary are not named again in it. */
  const finish = (report: TransferReport, nowMs: number) => {
    if (verbose || waiting.length > 0) flush(nowMs);
    const latest = failures.take(nowMs);
    close();
    const rest = [...latest, ...summaryLines(report, tally, style, 'above')];
    const lines = above.canSeeAll(report.failed, rest, size())
      ? rest
      : summaryLines(report, tally, style);
    people.write(`${lines.join('\n')}\n`);
  };
  return {
    event: (event, nowMs) => {
      if (event.type === 'started') open();
      const hasFailed = event.type === 'file' && event.result.state === 'failed';
      const line = verbose ? fileLine(event, style) : undefined;
      if (line !== undefined) waiting.push(line);
      if (hasFailed && (line !== undefined || failures.add(event.result, nowMs))) above.failure();
      if (event.type === 'finished') finish(event.report, nowMs);
    },
    close,
  };
}

/** Asks the database no more often than this. */
function seldom(
  limits: (() => Limits) | undefined,
  everyMs: number,
): (nowMs: number) => Limits | undefined {
  let askedMs = Number.NEGATIVE_INFINITY;
  let known: Limits | undefined;
  return (nowMs) => {
    if (nowMs - askedMs >= everyMs) {
      known = limits?.();
      askedMs = nowMs;
    }
    return known;
  };
}
