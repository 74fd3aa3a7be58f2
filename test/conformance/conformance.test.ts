/** Every operation of Box's document, once valid and once invalid: the emulator answers as documented. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentPath } from './document.ts';
import type { Outcome } from './drive.ts';
import { runConformance } from './run.ts';
import { schemaChecked, schemaCheckedInRepository } from './schema-checked.ts';

const path = documentPath();
const skip = path === undefined && 'left out: Box’s document is not at hand (BOXHAUL_OPENAPI=…)';

test('the emulator answers as Box’s document says', { skip }, async (t) => {
  const conformance = await runConformance(path ?? '');
  for (const [noun, findings] of conformance.findings) {
    await t.test(noun, () => {
      const wrong = findings.filter(({ outcome }) => outcome === 'wrong');
      const lines = wrong.flatMap(({ operation, complaints }) => [operation, ...complaints]);
      assert.ok(lines.length === 0, lines.join('\n  '));
    });
  }
  await t.test('what was checked once still is', () => {
    const checked = new Set(schemaChecked(conformance));
    const lost = schemaCheckedInRepository().filter((operation) => !checked.has(operation));
    assert.deepEqual(lost, [], 'docs/operations/schema-checked.json; npm run docs writes it anew');
  });
  report(conformance);
});

const WORDS: Readonly<Record<Outcome | 'no scenario', string>> = {
  checked: 'checked',
  refused: 'only the refusal checked, nothing here can bring about more',
  not_emulated: 'not emulated',
  'out of reach': 'out of reach, for want of an answer before',
  wrong: 'wrong',
  'no scenario': 'no scenario yet',
};

function report({ byOutcome, total }: Awaited<ReturnType<typeof runConformance>>): void {
  const count = byOutcome.get('checked')?.length ?? 0;
  console.log(`conformance: ${count} of ${total} operations checked, valid and invalid`);
  for (const [outcome, operations] of byOutcome) {
    if (outcome === 'checked') continue;
    console.log(`  ${WORDS[outcome]}: ${operations.length}`);
    for (const operation of operations) console.log(`    ${operation}`);
  }
}
