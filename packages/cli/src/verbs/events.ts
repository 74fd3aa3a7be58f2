/** events: what it takes. What it does is in `commands/events.ts`. */
import { type Command, Option } from 'commander';
import type { EventsCommandOptions } from '../commands/events.ts';
import { moment } from '../options/moment.ts';
import { duration, words } from '../options/option-values.ts';
import { finish, type Start } from './start.ts';

export function addEvents(program: Command, start: Start): void {
  const events = program
    .command('events')
    .summary('what happened in Box, or happens')
    .description(
      'Tell what happened in Box, to this user or in the whole enterprise, and with --follow what happens\n' +
        'until Ctrl-C. Who follows goes on the next time where they stopped.',
    )
    .option('-f, --follow', 'wait for what comes')
    .addOption(
      new Option('--stream <stream>', 'which events (all)').choices([
        'all',
        'changes',
        'sync',
        'admin_logs',
        'admin_logs_streaming',
      ]),
    )
    .option('--enterprise', "the enterprise's: admin_logs, or followed admin_logs_streaming")
    .option(
      '--since <time>',
      'begin there: 2026-01-31, 2026-01-31T12:00Z, 2d (ago), or now',
      (text) => (text === 'now' ? 'now' : moment(text)),
    )
    .option('--reader <name>', 'keep under this name how far it was read, and go on there')
    .option('--type <list>', 'only these: ITEM_UPLOAD,ITEM_TRASH', words)
    .option(
      '--every <duration>',
      'how often to look at the stream of the enterprise, which cannot be waited for (10s)',
      duration,
    );
  finish(events, [
    'boxhaul events --local',
    'boxhaul events --follow --json --reader indexer',
    'boxhaul events --enterprise --since 7d --type DELETE,DOWNLOAD --json',
    'boxhaul events --enterprise --follow --since now',
  ]).action((options: EventsCommandOptions) =>
    start(events, async (context) => {
      const { runEvents } = await import('../commands/events.ts');
      return runEvents(context, options);
    }),
  );
}
