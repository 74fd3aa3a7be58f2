/** Writes docs/commands.md: what `boxhaul <verb> --help` prints, for every verb. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { createProgram } from '../packages/cli/src/program.ts';

const page = join(import.meta.dirname, '../docs/commands.md');

const introduction = `# Commands

Made by \`npm run docs\` from the program itself; a test keeps it current. \`boxhaul <command> --help\`
says the same.

Every command ends with 0 (done), 1 (some of the work failed, and what failed was named), 2 (wrong
use: nothing was started), 3 (no credentials, or Box refused them) or 130 (interrupted).
`;

/** Groups of options that many commands share: shown once, at the end of the page. */
const shared = [
  {
    heading: 'Which Box, and who:',
    title: 'Options of every command that talks to Box',
    note: '`--local`, `--config`, …: [which Box, and who](#options-of-every-command-that-talks-to-box).',
  },
  {
    heading: 'Output:',
    title: 'Options of every command',
    note: '`--json`, `--quiet`, …: [output](#options-of-every-command).',
  },
];

/** The page as it should be now. */
export function commandDocs(): string {
  const helps = helpOfEveryCommand();
  const verbs = helps.map(({ name, paragraphs }) => {
    const own = paragraphs.filter(
      (text) => !shared.some(({ heading }) => text.startsWith(heading)),
    );
    const notes = shared.filter(({ heading }) =>
      paragraphs.some((text) => text.startsWith(heading)),
    );
    return [
      `${'#'.repeat(name.split(' ').length + 1)} ${name}`,
      fenced(own.join('\n\n')),
      ...notes.map(({ note }) => note),
    ];
  });
  const groups = shared.flatMap(({ heading, title }) => {
    const text = helps.flatMap(({ paragraphs }) => paragraphs).find((it) => it.startsWith(heading));
    return text === undefined ? [] : [[`## ${title}`, fenced(text)]];
  });
  return `${[[introduction.trimEnd()], ...verbs, ...groups].flat().join('\n\n')}\n`;
}

interface Help {
  name: string;
  paragraphs: string[];
}

function helpOfEveryCommand(): Help[] {
  const stdout = Object.assign(new PassThrough(), { columns: 100 });
  const program = createProgram(
    {
      stdin: new PassThrough(),
      stdout,
      stderr: new PassThrough(),
      env: {},
      cwd: '/',
      signal: new AbortController().signal,
      stopNow: new AbortController().signal,
    },
    { exitCode: 0 },
  );
  const helpOf = (command: typeof program, words: readonly string[]): Help[] => {
    command.outputHelp();
    const name = [...words, command.name()];
    const paragraphs = String(stdout.read()).trim().split('\n\n');
    const below = command.commands.flatMap((second) => helpOf(second, name));
    return [{ name: name.join(' '), paragraphs }, ...below];
  };
  return program.commands.flatMap((command) => helpOf(command, []));
}

function fenced(text: string): string {
  return `\`\`\`text\n${text}\n\`\`\``;
}

/** The page as it is in the repository. */
export function commandDocsInRepository(): string {
  return readFileSync(page, 'utf8');
}

if (import.meta.main) writeFileSync(page, commandDocs());
