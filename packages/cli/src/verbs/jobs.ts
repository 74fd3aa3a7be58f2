/** jobs, resume, retry: what they take. What they do is in `commands/`. */
import type { Command } from 'commander';
import type { JobsCommandOptions } from '../commands/jobs.ts';
import { addConnectionOptions, addGlobalOptions } from '../options/global-options.ts';
import { addDistribute } from './distribute.ts';
import { addMigrate } from './migrate.ts';
import { addSchedule } from './schedule.ts';
import { examples, type Start } from './start.ts';
import { addVerify } from './verify.ts';

export function addJobVerbs(program: Command, start: Start): void {
  program.commandsGroup('Jobs');
  addDistribute(program, start);
  addMigrate(program, start);
  addVerify(program, start);
  addJobs(program, start);
  addAgain(program, start, {
    verb: 'resume',
    summary: 'go on with a job that was interrupted',
    description:
      'Run a job again: what is done is not done twice, and large files go on where they stopped.\n' +
      'Without an id it is the latest job that did not come to its end.',
    onlyFailed: false,
  });
  addAgain(program, start, {
    verb: 'retry',
    summary: 'do again only what failed in a job',
    description:
      'Try again the files that failed when a job last ran, and no others.\n' +
      'Without an id it is the latest job in which something failed.',
    onlyFailed: true,
  });
  addSchedule(program, start);
}

function addJobs(program: Command, start: Start): void {
  const jobs = program
    .command('jobs')
    .summary('list what was begun, and how far it came')
    .description('List the jobs of this machine, or say all that is known of one.')
    .argument('[job]', 'the id of one')
    .option('--forget', 'forget it: the next run begins a new one');
  addGlobalOptions(jobs)
    .addHelpText('after', examples('boxhaul jobs', 'boxhaul jobs 7k2m', 'boxhaul jobs --json'))
    .action((id: string | undefined, options: JobsCommandOptions) =>
      start(jobs, async (context) => {
        const { runJobs } = await import('../commands/jobs.ts');
        return runJobs(context, id, options);
      }),
    );
}

interface AgainVerb {
  verb: 'resume' | 'retry';
  summary: string;
  description: string;
  onlyFailed: boolean;
}

function addAgain(
  program: Command,
  start: Start,
  { verb, summary, description, onlyFailed }: AgainVerb,
): void {
  const again = program
    .command(verb)
    .summary(summary)
    .description(description)
    .argument('[job]', 'its id, as `boxhaul jobs` lists it');
  addConnectionOptions(again);
  addGlobalOptions(again)
    .addHelpText('after', examples(`boxhaul ${verb}`, `boxhaul ${verb} 7k2m`))
    .action((id: string | undefined) =>
      start(again, async (context) => {
        const { runAgain } = await import('../commands/again.ts');
        return runAgain(context, id, { verb, onlyFailed });
      }),
    );
}
