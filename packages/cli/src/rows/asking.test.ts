import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openOutput } from '../output/output.ts';
import { nowhere } from '../testing/in-process.ts';
import { rm } from '../verbs/tidy/rm.ts';
import { askBefore } from './asking.ts';

/** Asks before three rows go, of which so many go for ever, and gets this answer. */
async function ask(forEver: number, answer: string | undefined, isYesGiven = false) {
  const asked: string[] = [];
  const prompt = {
    ask: async (question: string) => {
      asked.push(question);
      return answer;
    },
    close: () => undefined,
  };
  const stdin = Object.assign(nowhere.stdin, { isTTY: true });
  const output = openOutput({}, nowhere);
  const checked = { count: 3, destroying: 3, forEver, names: ['/a', '/b'] };
  const asking = { prompt, isYesGiven, isInputTaken: false };
  const outcome = await askBefore(rm, checked, { stdin, output }, asking).then(
    () => 'goes on',
    (error: Error) => error.message,
  );
  return { outcome, asked: asked.join() };
}

test('at a terminal a person is asked, and only yes is a yes', async () => {
  for (const answer of ['y', 'yes', 'Y']) assert.equal((await ask(0, answer)).outcome, 'goes on');
  for (const answer of ['', 'n', 'yep', undefined]) {
    const { outcome, asked } = await ask(0, answer);
    assert.equal(outcome, 'nothing was done');
    assert.equal(asked, 'boxhaul: 3 items go to the trash (/a, /b and 1 more). Go on? [y/N] ');
  }
});

test('what is for ever wants more than a yes', async () => {
  const { outcome, asked } = await ask(2, 'y');
  assert.equal(outcome, 'nothing was done');
  assert.match(
    asked,
    /2 items are deleted for ever \(.*\): nobody can bring them back\. Type "delete 2"/,
  );
  assert.equal((await ask(2, 'delete 2')).outcome, 'goes on');
});

test('with --yes nothing is asked', async () => {
  assert.deepEqual(await ask(2, undefined, true), { outcome: 'goes on', asked: '' });
});
