import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandDocs, commandDocsInRepository } from '../scripts/make-command-docs.ts';

test('docs/commands.md says what the program says', () => {
  assert.equal(commandDocsInRepository(), commandDocs(), 'run: npm run docs');
});
