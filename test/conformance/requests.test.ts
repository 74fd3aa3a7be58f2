/** Every request that the client's own methods send is one that Box's document knows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentPath, readCorrected } from './document.ts';
import { judgeFor } from './requests/judge.ts';
import { handWrittenMethods } from './requests/methods.ts';
import { requestsOfTests } from './requests/sent-request.ts';

const path = documentPath();
const skip = path === undefined && 'left out: Box’s document is not at hand (BOXHAUL_OPENAPI=…)';

test('requests of the client are as Box’s document says', { skip }, async () => {
  const judge = judgeFor(readCorrected(path ?? ''));
  // What was refused may have been wrong on purpose. What no operation is for, Box gave the address of.
  const answered = (await requestsOfTests()).filter(({ status }) => status < 400);
  const judged = answered.flatMap((request) => {
    const complaints = judge(request);
    return complaints ? [{ ...request, complaints }] : [];
  });
  const wrong = judged.filter(({ complaints }) => complaints.length > 0);
  const spoiled = new Set(wrong.map(({ by }) => by));
  const sending = new Set(answered.map(({ by }) => by));
  const methods = handWrittenMethods().map(({ label }) => label);
  const unseen = methods.filter((label) => !sending.has(label));
  const valid = methods.filter((label) => sending.has(label) && !spoiled.has(label));
  console.log(`requests: ${valid.length} of ${methods.length} hand-written methods valid`);
  if (unseen.length > 0)
    console.log(`  no test or example has them answered: ${unseen.join(', ')}`);
  const lines = wrong.map(
    ({ by, method, path, complaints }) => `${by}: ${method} ${path}\n  ${complaints.join('\n  ')}`,
  );
  assert.deepEqual([...new Set(lines)], []);
  assert.deepEqual(unseen, []);
});
