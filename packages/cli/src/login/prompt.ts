import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CommandContext } from '../context.ts';

/** Asks a person, or reads the lines of a pipe: one question, one line. */
export interface Prompt {
  /**
   * The answer, or `undefined` where standard input has ended. What is typed for a `hidden` question
   * is not shown.
   *
   * @throws the signal's reason when it fires.
   */
  ask(question: string, how?: { hidden: boolean }): Promise<string | undefined>;
  close(): void;
}

export function openPrompt(context: CommandContext): Prompt {
  const { stdin, output, signal } = context;
  let muted = false;
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, written) => {
      if (!muted) output.people.write(chunk);
      written();
    },
  });
  const terminal = stdin.isTTY === true;
  const lines = createInterface({ input: stdin, output: echo, terminal });
  const answers = lines[Symbol.asyncIterator]();
  const stop = () => lines.close();
  signal.addEventListener('abort', stop, { once: true });
  // In raw mode Ctrl-C is a key like any other: it must still mean what it always means.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  return {
    ask: async (question, { hidden } = { hidden: false }) => {
      signal.throwIfAborted();
      output.people.write(question);
      muted = hidden && terminal;
      const { value, done } = await answers.next();
      if (muted || !terminal) output.people.write('\n');
      muted = false;
      signal.throwIfAborted();
      return done === true ? undefined : value.trim();
    },
    close: () => {
      signal.removeEventListener('abort', stop);
      lines.close();
    },
  };
}
