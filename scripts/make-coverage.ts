/**
 * Writes docs/coverage.md: every operation of Box's, and what there is for it here. What the script cannot find
 * out by itself stands in docs/operations/*.json.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UNDOCUMENTED } from './box-spec/corrections.ts';
import { readDocuments } from './box-spec/document.ts';
import { emulatedAmong } from './box-spec/emulated.ts';
import { type Operation, operationsIn } from './box-spec/operations.ts';
import { boxTypesInRepository, documentsFolder } from './generate-box-types.ts';

const docs = join(import.meta.dirname, '../docs');
const page = join(docs, 'coverage.md');

/** What is known of one operation; a mark, or words. Empty: it is not there. Undefined: nobody has looked. */
interface Column {
  readonly title: string;
  readonly cell: (operation: string) => string | undefined;
}

const introduction = `# Coverage

Every operation of Box's API, made by \`npm run docs\` from Box's OpenAPI documents; a test keeps it current where
they are at hand.

- **typed**: \`client.call('…')\` knows its parameters, body and answer
- **by hand**: the client's own method for it
- **emulated**: the emulator answers it
- **checked**: the emulator's answers are valid by Box's schema
- **SDK**: a test drives it on the emulator with Box's own SDK

\`#…\` marks a variant that Box documents apart; the call is the same. † is not in Box's documents, but Box's SDKs
use it.`;

/** The page as it should be now. */
export async function coveragePage(folder: string): Promise<string> {
  const operations = operationsIn(readDocuments(folder));
  const columns = await columnsFor(operations.map(({ key }) => key));
  const areas = Map.groupBy(operations, ({ area }) => area);
  const sections = [...areas]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([area, own]) => `## ${area}\n\n${table(own, columns)}`);
  return `${[introduction, totals(operations), counts(operations, columns), ...sections].join('\n\n')}\n`;
}

/** The page as it is in the repository. */
export function coveragePageInRepository(): string {
  return readFileSync(page, 'utf8');
}

/** The client's own methods, by operation: `files.get`. */
export function handWritten(): Readonly<Record<string, string>> {
  return JSON.parse(readFileSync(join(docs, 'operations/resources.json'), 'utf8'));
}

async function columnsFor(keys: readonly string[]): Promise<Column[]> {
  const types = boxTypesInRepository('operations.ts');
  const methods = handWritten();
  const emulated = await emulatedAmong(keys);
  const checked = listed('schema-checked.json');
  const tested = listed('sdk-tested.json');
  return [
    { title: 'typed', cell: (key) => mark(types.includes(`\n  '${key}': {`)) },
    { title: 'by hand', cell: (key) => methods[key] && `\`${methods[key]}\`` },
    { title: 'emulated', cell: (key) => mark(emulated.has(key)) },
    { title: 'checked', cell: (key) => checked && mark(checked.has(key)) },
    { title: 'SDK', cell: (key) => tested && mark(tested.has(key)) },
  ];
}

/** Operations that a test run found; undefined as long as none has written them down. */
function listed(name: string): Set<string> | undefined {
  const path = join(docs, 'operations', name);
  return existsSync(path) ? new Set(JSON.parse(readFileSync(path, 'utf8'))) : undefined;
}

function totals({ length }: readonly Operation[]): string {
  return `Box documents ${length - UNDOCUMENTED.length} operations; with † there are ${length}.`;
}

function counts(operations: readonly Operation[], columns: readonly Column[]): string {
  const lines = columns.map(({ title, cell }) => {
    const cells = operations.map(({ key }) => cell(key));
    const isKnown = title === 'by hand' || cells.some((text) => text !== undefined);
    return `| ${title} | ${isKnown ? `${cells.filter(Boolean).length} of ${operations.length}` : 'not measured yet'} |`;
  });
  return ['|  | operations |', '| --- | --- |', ...lines].join('\n');
}

function table(operations: readonly Operation[], columns: readonly Column[]): string {
  const titles = ['operation', ...columns.map(({ title }) => title)];
  const rows = operations.map(({ key, version }) => {
    const notes = [version && `(${version})`, UNDOCUMENTED.includes(key) && '†'].filter(Boolean);
    return [`\`${key}\`${notes.map((note) => ` ${note}`).join('')}`].concat(
      columns.map(({ cell }) => cell(key) ?? ''),
    );
  });
  return [titles, titles.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
}

function mark(isThere: boolean): string {
  return isThere ? '✓' : '';
}

if (import.meta.main) {
  const folder = process.argv[2] ?? documentsFolder();
  if (folder === undefined) {
    console.log('docs/coverage.md stays as it is: Box’s documents are not at hand (BOX_SPEC=…)');
  } else {
    writeFileSync(page, await coveragePage(folder));
  }
}
