import type { CommandContext } from '../context.ts';
import { fileLine } from './file-line.ts';
import { formatCount, formatNumberOf } from './format.ts';
import { fractionDone, paceWords } from './progress.ts';
import { summaryLines } from './summary.ts';
import { createTally, type Tally } from './tally.ts';
import type { TransferTitle, TransferView } from './transfer-view.ts';

const reportEveryMs = 10_000;

/** Lines one below the other, for files and pipes: how far it is every ten seconds, then the summary. */
export function plainView({ output, signal }: CommandContext, title: TransferTitle): TransferView {
  const tally = createTally();
  output.say(title.text);
  let said = '';
  const timer = setInterval(() => {
    const line = statusLine(tally, Date.now());
    if (line !== said) output.say(line);
    said = line;
  }, reportEveryMs);
  timer.unref();
  const stopping = () => output.say('  stopping when what is in flight is done');
  signal.addEventListener('abort', stopping, { once: true });
  const close = () => {
    clearInterval(timer);
    signal.removeEventListener('abort', stopping);
  };
  return {
    event: (event) => {
      tally.add(event, Date.now());
      const line = output.verbose ? fileLine(event, output.style) : undefined;
      if (line !== undefined) output.say(line);
      if (event.type !== 'finished') return;
      close();
      for (const words of summaryLines(event.report, tally.planned, output.style))
        output.say(words);
    },
    close,
  };
}

/** `  47%   9.4 of 20.1 GB   182 MB/s   1 min left   4,310 of 9,204 files   0 failed`. */
function statusLine(tally: Tally, nowMs: number): string {
  return [
    ...(tally.isFinal ? [`${Math.floor(fractionDone(tally) * 100)}%`.padStart(5)] : ['   ']),
    ...paceWords(tally, nowMs),
    `${formatCount(tally.filesDone)} of ${formatNumberOf(tally.filesPlanned, 'file')}`,
    `${formatCount(tally.failed)} failed`,
  ].join('   ');
}
