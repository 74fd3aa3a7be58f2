/**
 * The code in the READMEs is true: all of it is right by its types, and what says all that it needs is run, on a Box
 * of its own. What it leaves to its reader, such as where to keep a position, is given here.
 */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, suite, test } from 'node:test';
import { BoxClient, developerToken } from '@boxhaul/client';
import { startEmulator } from '@boxhaul/emulator';
import { runProgram, typeFaults, writePrograms } from './doc-examples/program.ts';
import type { DocExample } from './doc-examples/read.ts';

const root = join(import.meta.dirname, '..');

/** Sections that are one program, what goes before them, and whether they can run. */
interface Excerpt {
  readonly readme: string;
  /** By their titles; the text before the first one is called ''. */
  readonly sections: readonly string[];
  readonly before?: string;
  readonly runs: boolean;
}

const unseen = 'const process = { stdout: { write(_chunk: unknown) {} } };';

const EXCERPTS: readonly Excerpt[] = [
  { readme: 'README.md', sections: ['For programs'], runs: false },
  { readme: 'packages/transfer/README.md', sections: [''], runs: false },
  { readme: 'packages/migrate/README.md', sections: [''], runs: false },
  { readme: 'packages/transfer/README.md', sections: ['Many targets'], runs: false },
  { readme: 'packages/transfer/README.md', sections: ['Proof'], runs: false },
  { readme: 'packages/seal/README.md', sections: [''], runs: false },
  {
    readme: 'packages/client/README.md',
    sections: ['Connect'],
    before: "const clientId = '', clientSecret = '';",
    runs: false,
  },
  {
    readme: 'packages/client/README.md',
    sections: ['Use', 'Around files', 'People'],
    before: `import { writeFile } from 'node:fs/promises';\n${unseen}`,
    runs: true,
  },
  {
    readme: 'packages/client/README.md',
    sections: ['What happens in Box'],
    before: `import { IncomingMessage, ServerResponse } from 'node:http';
const { signal } = new AbortController(), rawBody = '', primary = '', secondary = '';
const remember = async (position: string) => console.log(position);
const request = {} as IncomingMessage, response = {} as ServerResponse;`,
    runs: false,
  },
  {
    readme: 'packages/client/README.md',
    sections: ['Every operation'],
    before: unseen,
    runs: false,
  },
  { readme: 'packages/client/README.md', sections: ['Errors'], runs: true },
  { readme: 'packages/emulator/README.md', sections: [''], runs: true },
  {
    readme: 'packages/emulator/README.md',
    sections: ['In tests'],
    before: "import assert from 'node:assert/strict';",
    runs: true,
  },
  { readme: 'packages/emulator/README.md', sections: ['Weather'], runs: true },
  {
    readme: 'packages/emulator/README.md',
    sections: ['The same again'],
    before: "import { startEmulator } from '@boxhaul/emulator';",
    runs: false,
  },
];

suite('the code in the READMEs', async () => {
  const folder = await mkdtemp(join(root, '.doc-examples-'));
  const programs = await writePrograms(folder, EXCERPTS.map(programOf));
  const started = process.cwd();
  let work: string;
  before(async () => {
    work = await mkdtemp(join(tmpdir(), 'boxhaul-readmes-'));
    process.chdir(work);
    await writeFile('report.pdf', '%PDF-1.4 a report');
  });
  after(async () => {
    process.chdir(started);
    await rm(work, { recursive: true });
    await rm(folder, { recursive: true });
  });

  test('is right by its types', async () => {
    assert.deepEqual(await typeFaults(folder, programs), []);
  });

  programs.forEach((program, index) => {
    if (!EXCERPTS[index]?.runs) return;
    test(`runs: ${program.example.file} ${program.example.subject}`, async () => {
      const box = await startEmulator();
      const client = new BoxClient({ auth: developerToken(box.token), baseUrl: box.url });
      const seeded = await box.seed({ '/Team/Reports/may.txt': 'hello' });
      try {
        const fileId = seeded['/Team/Reports/may.txt']?.id ?? '';
        await runProgram(program, { client, box, folderId: '0', fileId, console: { log() {} } });
      } finally {
        await client.close();
        await box.close();
      }
    });
  });

  test('is all of it', () => {
    for (const readme of new Set(EXCERPTS.map((excerpt) => excerpt.readme))) {
      const named = EXCERPTS.filter((other) => other.readme === readme);
      const titles = named.flatMap(({ sections }) => sections);
      assert.deepEqual(Object.keys(codeIn(readme)).sort(), titles.sort(), readme);
    }
  });
});

function programOf({ readme, sections, before: given = '' }: Excerpt): DocExample {
  const code = codeIn(readme);
  const text = sections.map((title) => code[title] ?? '').join('\n');
  const name = sections.join(', ');
  const file = `${readme.replaceAll('/', '-')}-${name.replaceAll(/\W+/g, '-')}.ts`;
  return { file, line: 1, subject: name, code: `${given}\n${text}` };
}

/** The programs of a README, fenced or set in, by the sections that they stand in. */
function codeIn(readme: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const section of readFileSync(join(root, readme), 'utf8').split(/^## /m)) {
    const isFirst = section.startsWith('# ');
    const title = isFirst ? '' : section.slice(0, section.indexOf('\n'));
    const fenced = [...section.matchAll(/^```[jt]s\n([\s\S]*?)^```$/gm)].map(([, code]) => code);
    const [setIn] = /^ {4}import (?:.+\n)+\n(?: {4}.*\n)+/m.exec(section) ?? [];
    const blocks = [...fenced, ...(setIn === undefined ? [] : [setIn.replaceAll(/^ {4}/gm, '')])];
    if (blocks.length > 0) found[title] = blocks.join('\n');
  }
  return found;
}
