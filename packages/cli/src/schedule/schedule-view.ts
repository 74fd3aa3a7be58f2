/** What is said between the runs of a command: to people, to programs and in the log. */
import type { Clock } from '@boxhaul/client';
import type { CommandContext } from '../context.ts';
import { formatNumberOf, formatRemaining } from '../output/format.ts';
import type { ScheduleEvent } from './repeat.ts';
import { isElsewhere } from './run-end.ts';
import type { Timetable } from './timetable.ts';

/** Says how often the command runs, and answers what says all that happens. */
export function scheduleView(
  context: Pick<CommandContext, 'output' | 'log' | 'options'>,
  timetable: Timetable,
  clock: Clock,
): (event: ScheduleEvent) => void {
  const { output, log, options } = context;
  const { style, errorStyle } = output;
  const { every, cron, tz } = options;
  output.say(style.dim(`${timetable.words}, until Ctrl-C`));
  output.event('scheduled', {
    ...(every !== undefined && { everySeconds: every / 1000 }),
    cron,
    timeZone: tz,
  });

  const skipped = (words: string, fields: Readonly<Record<string, unknown>>) => {
    output.warn(`${errorStyle.yellow('skipped:')} ${words}`);
    output.event('run-skipped', fields);
    log.warn(fields, 'run skipped');
  };
  return (event) => {
    switch (event.type) {
      case 'waiting': {
        const inWords = formatRemaining((event.nextMs - clock.now()) / 1000);
        output.say(style.dim(`next run ${timeWords(event.nextMs, timetable)}, in ${inWords}`));
        output.event('waiting', { until: isoTime(event.nextMs) });
        break;
      }
      case 'started': {
        const { number, startedMs } = event;
        output.say(style.dim(`run ${number}   ${timeWords(startedMs, timetable)}`));
        output.event('run', { state: 'started', number, startedAt: isoTime(startedMs) });
        log.info({ number }, 'run started');
        break;
      }
      case 'ended': {
        const { number, end, nextMs } = event;
        const { startedMs, endedMs, exitCode } = end;
        const fields = { number, exitCode, nextRunAt: isoTime(nextMs) };
        output.event('run', {
          state: 'ended',
          ...fields,
          startedAt: isoTime(startedMs),
          endedAt: isoTime(endedMs),
        });
        log.info(fields, 'run ended');
        if (isElsewhere(end)) {
          const dueAt = isoTime(startedMs);
          const words = 'the job runs in another process, and is left to it';
          skipped(words, { reason: 'job-running', count: 1, dueAt });
        }
        break;
      }
      case 'skipped': {
        const { count, firstDueMs } = event;
        const due = `${formatNumberOf(count, 'run')}, due ${count === 1 ? 'at' : 'from'} ${timeWords(firstDueMs, timetable)}`;
        const dueAt = isoTime(firstDueMs);
        skipped(`${due}: the one before took until now`, { reason: 'still-running', count, dueAt });
        break;
      }
      case 'over':
        output.say(style.dim(`ended after ${formatNumberOf(event.runs, 'run')}`));
        break;
    }
  };
}

/** `2026-12-01 02:00:00`, where the timetable counts. */
function timeWords(ms: number, { timeZone }: Timetable): string {
  // Sweden writes dates as ISO does.
  return new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'medium',
    ...(timeZone !== undefined && { timeZone }),
  }).format(ms);
}

function isoTime(ms: number): string;
function isoTime(ms: number | undefined): string | undefined;
function isoTime(ms: number | undefined): string | undefined {
  return ms === undefined || !Number.isFinite(ms) ? undefined : new Date(ms).toISOString();
}
