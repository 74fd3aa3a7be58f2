/** schedule add, list, remove: what they take. What they do is in `commands/`. */
import type { Command } from 'commander';
import type { ScheduleAddOptions, ScheduleRemoveOptions } from '../commands/schedule.ts';
import { addGlobalOptions } from '../options/global-options.ts';
import { addTimeOptions } from '../options/schedule-options.ts';
import { addGroup } from './group.ts';
import { examples, type Start } from './start.ts';

export function addSchedule(program: Command, start: Start): void {
  const schedule = addGroup(program, 'schedule', {
    summary: 'let the system run a command by the clock',
    description:
      'Let systemd or cron run a command by the clock. To have one process do it, give the command itself\n' +
      '--every or --cron.',
    lines: [
      "boxhaul schedule add --cron '0 2 * * *' upload ./out/ --to /Inbox -c config.json",
      'boxhaul schedule list',
      'boxhaul schedule remove upload-out',
    ],
  }).enablePositionalOptions();
  addAdd(schedule, program, start);
  addList(schedule, start);
  addRemove(schedule, start);
}

function addAdd(schedule: Command, program: Command, start: Start): void {
  const add = schedule
    .command('add')
    .summary('write a timer of systemd, or a line of the crontab')
    .description(
      'Write a timer of systemd (where it runs; else a line of the crontab) that runs a command in this\n' +
        'folder. Options of schedule stand before the command, those of the command behind it.',
    )
    .argument('<command...>', 'what to run: upload ./out/ --to /Inbox -c config.json')
    .passThroughOptions();
  addTimeOptions(add);
  add
    .option('--name <name>', 'what it is called (by default after the command)')
    .option('--systemd', 'a timer of systemd, of this user')
    .option('--system', "a timer of systemd, of the whole machine: needs root's rights")
    .option('--crontab', "a line of this user's crontab")
    .option('--print', 'only show what would be written')
    .option('-y, --yes', 'write it without asking');
  addGlobalOptions(add)
    .addHelpText(
      'after',
      examples(
        'boxhaul schedule add --every 5m upload ./out/ --to /Inbox',
        "boxhaul schedule add --cron '0 2 * * *' --tz Europe/Berlin --print download /Reports ./in",
      ),
    )
    .action((words: string[], options: ScheduleAddOptions) =>
      start(add, async (context) => {
        const { runScheduleAdd } = await import('../commands/schedule.ts');
        return runScheduleAdd(context, words, options, program);
      }),
    );
}

function addList(schedule: Command, start: Start): void {
  const list = schedule
    .command('list')
    .summary('what the system runs')
    .description('List what `schedule add` has written on this machine.');
  addGlobalOptions(list)
    .addHelpText('after', examples('boxhaul schedule list', 'boxhaul schedule list --json'))
    .action(() =>
      start(list, async (context) => {
        const { runScheduleList } = await import('../commands/schedule.ts');
        return runScheduleList(context);
      }),
    );
}

function addRemove(schedule: Command, start: Start): void {
  const remove = schedule
    .command('remove')
    .summary('take one away')
    .description('Take away what `schedule add` has written.')
    .argument('<name>', 'as `boxhaul schedule list` lists it')
    .option('-y, --yes', 'do it without asking');
  addGlobalOptions(remove)
    .addHelpText(
      'after',
      examples('boxhaul schedule remove upload-out', 'boxhaul schedule remove upload-out --yes'),
    )
    .action((name: string, options: ScheduleRemoveOptions) =>
      start(remove, async (context) => {
        const { runScheduleRemove } = await import('../commands/schedule.ts');
        return runScheduleRemove(context, name, options);
      }),
    );
}
