import type { CommandContext } from '../context.ts';
import { fileLine } from './file-line.ts';
import { LiveBlock } from './live-block.ts';
import { progressLines } from './progress.ts';
import { summaryLines } from './summary.ts';
import { createTally } from './tally.ts';
import type { TransferTitle, TransferView } from './transfer-view.ts';
import { shortened } from './width.ts';

const frameEveryMs = 100;

/** A block of lines at the bottom of the terminal, drawn ten times a second; the summary replaces it. */
export function terminalView(context: CommandContext, title: TransferTitle): TransferView {
  const { output, signal } = context;
  const { people, style } = output;
  const block = new LiveBlock(people);
  const tally = createTally();
  const columns = () => people.columns ?? 80;
  // Thousands of files end between two frames: their lines are written with the next one.
  let waiting: string[] = [];

  const flush = () => {
    if (waiting.length > 0) block.writeAbove(waiting.map((line) => `${line}\n`).join(''));
    waiting = [];
  };
  const draw = () => {
    flush();
    const nowMs = Date.now();
    const frame = { tally, calls: title.calls(), nowMs, columns: columns(), style };
    block.draw(progressLines({ ...frame, isStopping: signal.aborted }));
  };
  const timer = setInterval(draw, frameEveryMs);
  people.on('resize', draw);
  signal.addEventListener('abort', draw, { once: true });
  people.write(`${style.bold(shortened(title.text, columns() - 1))}\n`);
  draw();

  const close = () => {
    clearInterval(timer);
    people.off('resize', draw);
    signal.removeEventListener('abort', draw);
    flush();
    block.close();
  };
  return {
    event: (event) => {
      tally.add(event, Date.now());
      const line = output.verbose ? fileLine(event, style) : undefined;
      if (line !== undefined) waiting.push(line);
      if (event.type !== 'finished') return;
      close();
      people.write(`${summaryLines(event.report, tally.planned, style).join('\n')}\n`);
    },
    close,
  };
}
