import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boxTypes, boxTypesInRepository, documentsFolder } from '../scripts/generate-box-types.ts';

const folder = documentsFolder();
const skip =
  folder === undefined && 'left out: Box’s OpenAPI documents are not at hand (BOX_SPEC=<folder>)';

test('the types of Box’s operations are those of its documents', { skip }, () => {
  for (const [name, text] of boxTypes(folder ?? '')) {
    // Compared by hand: a difference of two long texts would be printed whole.
    assert.ok(boxTypesInRepository(name) === text, `${name} is not current: npm run generate`);
  }
});
