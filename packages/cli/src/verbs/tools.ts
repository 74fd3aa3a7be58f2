/** emulator, demo, completion: what they take. What they do is in `commands/`. */
import { Argument, type Command, Option } from 'commander';
import type { DemoCommandOptions } from '../commands/demo.ts';
import type { EmulatorCommandOptions } from '../commands/emulator.ts';
import { addGlobalOptions } from '../options/global-options.ts';
import { duration, rate, repeated, wholeNumber } from '../options/option-values.ts';
import { addApi } from './api.ts';
import { addEvents } from './events.ts';
import { examples, type Start } from './start.ts';

export function addToolVerbs(program: Command, start: Start): void {
  program.commandsGroup('Tools');
  addEmulator(program, start);
  addEvents(program, start);
  addApi(program, start);
  addDemo(program, start);
  addCompletion(program, start);
}

function addEmulator(program: Command, start: Start): void {
  const emulator = program
    .command('emulator')
    .summary('run a Box on this machine')
    .description('Run a Box on this machine until Ctrl-C; any Box client can be pointed at it.')
    .option('--port <n>', 'the port to listen on; 0 takes a free one', wholeNumber(0, 65_535), 4010)
    .option('--host <address>', 'the address to listen on', '127.0.0.1')
    .option('--data <dir>', 'keep everything in this folder (by default in memory)')
    .option(
      '--token <token>',
      'an access token that never expires; may be given several times',
      repeated,
    )
    .option('--app <file>', 'register the app of this file (by default one is made)')
    .addOption(
      new Option('--limits <limits>', "Box's limits on calls a minute, or none")
        .choices(['none', 'box'])
        .default('none'),
    )
    .option('--latency <time>', 'wait before each answer: 120ms', duration)
    .option('--bandwidth <rate>', 'of each connection: 50MB/s', rate)
    .option('--faults <file>', 'a JSON list of fault rules')
    .option('--seed <n>', 'of everything random', wholeNumber(0, 4_294_967_295))
    .option('--tls', "serve Box's own host names through a proxy, for clients that fix them");
  addGlobalOptions(emulator)
    .addHelpText(
      'after',
      examples(
        'boxhaul emulator',
        'boxhaul emulator --port 4010 --data ./box --token secret',
        'boxhaul emulator --limits box --latency 120ms --bandwidth 50MB/s',
      ),
    )
    .action((options: EmulatorCommandOptions) =>
      start(emulator, async (context) => {
        const { runEmulator } = await import('../commands/emulator.ts');
        return runEmulator(context, options);
      }),
    );
}

function addDemo(program: Command, start: Start): void {
  const demo = program
    .command('demo')
    .summary('watch it work on a built-in Box')
    .description(
      'Send a folder up in all modes, bring it down, compare, and survive a broken line.',
    )
    .argument('[dir]', "the folder to send (by default the project's own documentation)")
    .option('--keep', 'leave what was downloaded where it is');
  addGlobalOptions(demo)
    .addHelpText('after', examples('boxhaul demo', 'boxhaul demo ./photos'))
    .action((dir: string | undefined, options: DemoCommandOptions) =>
      start(demo, async (context) => {
        const { runDemo } = await import('../commands/demo.ts');
        return runDemo(context, dir, options);
      }),
    );
}

function addCompletion(program: Command, start: Start): void {
  const completion = program
    .command('completion')
    .summary('completion for your shell')
    .description('Print the completion script of a shell.')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']));
  addGlobalOptions(completion)
    .addHelpText(
      'after',
      examples(
        'boxhaul completion bash > ~/.local/share/bash-completion/completions/boxhaul',
        'boxhaul completion zsh > "$' + '{fpath[1]}/_boxhaul"',
        'boxhaul completion fish > ~/.config/fish/completions/boxhaul.fish',
      ),
    )
    .action((shell: 'bash' | 'zsh' | 'fish') =>
      start(completion, async (context) => {
        const { runCompletion } = await import('../commands/completion.ts');
        return runCompletion(context, shell, program);
      }),
    );
}
