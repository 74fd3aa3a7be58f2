/**
 * Writes `packages/client/src/generated/`: the types of all of Box's operations, and the table of what sets some
 * of them apart. `npm run generate -- <folder with openapi-full.json, openapi-2025.0.json, openapi-2026.0.json>`
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readDocuments } from './box-spec/document.ts';
import { generatedFiles } from './box-spec/generated-files.ts';

const root = join(import.meta.dirname, '..');
const target = join(root, 'packages/client/src/generated');

/** Where Box's documents are: `BOX_SPEC`, or beside the checkout; undefined if they are not at hand. */
export function documentsFolder(): string | undefined {
  const folder = process.env.BOX_SPEC ?? join(root, '../shared/box-api');
  return existsSync(join(folder, 'openapi-full.json')) ? folder : undefined;
}

/** Each generated file's name and text, as they should be now. */
export function boxTypes(folder: string): Map<string, string> {
  return generatedFiles(readDocuments(folder));
}

/** A generated file as it is in the repository. */
export function boxTypesInRepository(name: string): string {
  return readFileSync(join(target, name), 'utf8');
}

if (import.meta.main) {
  const folder = process.argv[2] ?? documentsFolder();
  if (folder === undefined) {
    console.error('Where are Box’s documents? npm run generate -- <folder>');
    process.exitCode = 2;
  } else {
    mkdirSync(target, { recursive: true });
    for (const [name, text] of boxTypes(folder)) writeFileSync(join(target, name), text);
  }
}
