import assert from 'node:assert/strict';
import { PassThrough, Writable } from 'node:stream';
import { suite, test } from 'node:test';
import type { CommandContext } from './context.ts';
import { openPrompt } from './prompt.ts';

suite('a question at a terminal', () => {
  function terminal() {
    const stdin = Object.assign(new PassThrough(), { isTTY: true });
    let shown = '';
    const people = new Writable({
      write(chunk, _encoding, written) {
        shown += chunk;
        written();
      },
    });
    const ctrlC = new AbortController();
    const context = { stdin, output: { people }, signal: ctrlC.signal };
    const prompt = openPrompt(context as unknown as CommandContext);
    return { stdin, prompt, ctrlC, shown: () => shown };
  }

  test('that nobody answers ends its line, so that what comes next has one of its own', async () => {
    const { stdin, prompt, shown } = terminal();
    const answer = prompt.ask('Go on? ');
    stdin.end();
    assert.equal(await answer, undefined);
    assert.match(shown(), /^Go on\? [\s\S]*\n$/);
    prompt.close();
  });

  test('that is interrupted ends its line, too', async () => {
    const { prompt, ctrlC, shown } = terminal();
    const answer = prompt.ask('Go on? ');
    ctrlC.abort(new Error('interrupted'));
    await assert.rejects(answer, /interrupted/);
    assert.match(shown(), /^Go on\? [\s\S]*\n$/);
  });
});
