/** docs/operations/schema-checked.json: the operations whose answers are valid by Box's schema, for docs/coverage.md. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentPath } from './document.ts';
import { type Conformance, runConformance } from './run.ts';

const page = join(import.meta.dirname, '../../docs/operations/schema-checked.json');

/** The operations that the tables found as documented, in order. */
export function schemaChecked({ byOutcome }: Conformance): readonly string[] {
  return byOutcome.get('checked') ?? [];
}

/** The list as it is in the repository. */
export function schemaCheckedInRepository(): readonly string[] {
  return existsSync(page) ? JSON.parse(readFileSync(page, 'utf8')) : [];
}

if (import.meta.main) {
  const path = documentPath();
  if (path === undefined) {
    console.log(`${page} stays as it is: Box’s document is not at hand (BOXHAUL_OPENAPI=…)`);
  } else {
    const checked = schemaChecked(await runConformance(path));
    writeFileSync(page, `${JSON.stringify(checked, undefined, 2)}\n`);
  }
}
