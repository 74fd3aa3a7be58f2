import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { CommandContext } from './context.ts';

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

/** Standard input is not touched before the first question. */
export function openPrompt(context: CommandContext): Prompt {
  const { stdin, output, signal } = context;
  const terminal = stdin.isTTY === true;
  let reader: Reader | undefined;
  return {
    ask: async (question, { hidden } = { hidden: false }) => {
      signal.throwIfAborted();
      reader ??= openReader(context, terminal);
      output.people.write(question);
      const answer = await reader.line(hidden && terminal);
      // Whoever types an answer that is shown ends the line himself.
      const isEnded = terminal && !hidden && answer !== undefined;
      if (!isEnded) output.people.write('\n');
      signal.throwIfAborted();
      return answer?.trim();
    },
    close: () => reader?.close(),
  };
}

interface Reader {
  /** The next line; what is typed for it is shown unless `muted`. */
  line(muted: boolean): Promise<string | undefined>;
  close(): void;
}

function openReader({ stdin, output, signal }: CommandContext, terminal: boolean): Reader {
  let isMuted = false;
  const echo = new Writable({
    write: (chunk: Buffer, _encoding, written) => {
      if (!isMuted) output.people.write(chunk);
      written();
    },
  });
  const lines = createInterface({ input: stdin, output: echo, terminal });
  const answers = lines[Symbol.asyncIterator]();
  const close = () => lines.close();
  signal.addEventListener('abort', close, { once: true });
  // In raw mode Ctrl-C is a key like any other: it must still mean what it always means.
  lines.on('SIGINT', () => process.kill(process.pid, 'SIGINT'));
  return {
    line: async (muted) => {
      isMuted = muted;
      const { value, done } = await answers.next();
      isMuted = false;
      return done === true ? undefined : value;
    },
    close: () => {
      signal.removeEventListener('abort', close);
      close();
    },
  };
}
