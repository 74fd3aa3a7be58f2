import type { CommandContext } from '../context.ts';
import { fileLine } from './file-line.ts';
import { formatBytes, formatCount, formatNumberOf, formatRate, formatRemaining } from './format.ts';
import { fractionDone } from './progress.ts';
import { summaryLines } from './summary.ts';
import type { Tally } from './tally.ts';
import type { TransferView, Watched } from './transfer-view.ts';

const reportEveryMs = 30_000;

/**
 * Lines one below the other, for files, pipes and cron: how far it is and what is left every half minute, also when
 * nothing moves, then the summary.
 */
export function plainView(context: CommandContext, { text, tally }: Watched): TransferView {
  const { output, signal, stopNow } = context;
  const timer = setInterval(() => output.say(statusLine(tally, Date.now())), reportEveryMs);
  timer.unref();
  const ending = () =>
    output.say(
      `  finishing what is in flight${tally.job === undefined ? '' : `; boxhaul resume ${tally.job} continues`}`,
    );
  const stopping = () => output.say('  stopping now');
  signal.addEventListener('abort', ending, { once: true });
  stopNow.addEventListener('abort', stopping, { once: true });
  const close = () => {
    clearInterval(timer);
    signal.removeEventListener('abort', ending);
    stopNow.removeEventListener('abort', stopping);
  };
  return {
    event: (event) => {
      if (event.type === 'started') {
        output.say(tally.job === undefined ? text : `${text}   job ${tally.job}`);
      }
      const line = output.verbose ? fileLine(event, output.style) : undefined;
      if (line !== undefined) output.say(line);
      if (event.type !== 'finished') return;
      close();
      for (const words of summaryLines(event.report, tally, output.style)) output.say(words);
    },
    close,
  };
}

/** `  47%   4,310 of 9,204 files   4,894 files, 10.7 GB left   182 MB/s   about 1 min   0 failed`. */
export function statusLine(tally: Tally, nowMs: number): string {
  const rate = tally.rate(nowMs);
  const remaining = tally.remainingSeconds(nowMs);
  const filesLeft = Math.max(0, tally.filesPlanned - tally.filesDone);
  const bytesLeft = Math.max(0, tally.bytesPlanned - tally.bytesDone);
  const left = `${formatNumberOf(filesLeft, 'file')}, ${formatBytes(bytesLeft)} left`;
  return [
    tally.isFinal ? `${Math.floor(fractionDone(tally) * 100)}%`.padStart(5) : '     ',
    `${formatCount(tally.filesDone)} of ${formatNumberOf(tally.filesPlanned, 'file')}`,
    tally.isFinal ? left : `${left} of what was found so far`,
    ...(rate === undefined ? [] : [formatRate(rate)]),
    ...(remaining === undefined ? [] : [`about ${formatRemaining(remaining)}`]),
    `${formatCount(tally.failed)} failed`,
  ].join('   ');
}
