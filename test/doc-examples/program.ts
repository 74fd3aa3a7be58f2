import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { BoxClient } from '@boxhaul/client';
import type { Emulator } from '@boxhaul/emulator';
import type { DocExample } from './read.ts';

/** What examples may use without making it. */
export interface Scene {
  /** Of the admin. */
  readonly client: BoxClient;
  /** Where `client` leads. */
  readonly box: Emulator;
  /** Of the folder `/Reports`. */
  readonly folderId: string;
  /** Of the file `/Reports/report.txt`. */
  readonly fileId: string;
  readonly console: { log(...values: unknown[]): void };
}

/** An example as a module that can be checked and run. */
export interface Program {
  readonly example: DocExample;
  readonly path: string;
}

const IMPORT = /^import [^;]*;\n/gm;

/** The names of {@link Scene}. */
const SCENE = '{ client, box, folderId, fileId, console }';

/** Writes each example as a module into a new folder of the repository, from where packages are found. */
export async function writePrograms(
  folder: string,
  examples: readonly DocExample[],
): Promise<readonly Program[]> {
  const programs = examples.map((example) => ({
    example,
    path: join(folder, example.file.replace(/\.ts$/, `-${example.line}.ts`)),
  }));
  for (const { example, path } of programs) {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, moduleOf(example.code));
  }
  const files = programs.map(({ path }) => path);
  const compilerOptions = { rewriteRelativeImportExtensions: false };
  const config = { extends: '../tsconfig.json', compilerOptions, include: [], files };
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
  return programs;
}

/** All that the compiler has to say about the programs in a folder, by the lines of the comments. */
export async function typeFaults(
  folder: string,
  programs: readonly Program[],
): Promise<readonly string[]> {
  const output = await new Promise<string>((done) => {
    execFile('tsc', ['-p', folder, '--pretty', 'false'], (_, stdout) => done(stdout));
  });
  const lines = output.split('\n').filter((line) => line.includes('error TS'));
  return lines.map((line) => {
    const [, path = '', row = '', words = ''] = /^(.+)\((\d+),\d+\): (.*)$/.exec(line) ?? [];
    const program = programs.find((other) => other.path === resolve(path));
    return program ? `${placeOf(program.example, Number(row) - 1)}: ${words}` : line;
  });
}

/** Where an example is, for people: `packages/client/src/client.ts:57 BoxClient`. */
export function placeOf({ file, line, subject }: DocExample, row = 1): string {
  return `${file}:${line + row - 1} ${subject}`;
}

/** Runs an example; it rejects as the example does. */
export async function runProgram({ path }: Program, scene: Scene): Promise<void> {
  const { default: run } = (await import(path)) as { default(scene: Scene): Promise<void> };
  await run(scene);
}

/** The first line holds all that is added, so that an example's lines are one further down. */
function moduleOf(code: string): string {
  const imports = (code.match(IMPORT) ?? []).join('').replaceAll('\n', ' ');
  const body = code.replaceAll(IMPORT, (lines) => lines.replaceAll(/[^\n]/g, ''));
  const scene = `import type { Scene } from '${join(import.meta.dirname, 'program.ts')}';`;
  // A block of its own: an example may call a client that it makes `client`.
  return `${scene} ${imports}export default async function (${SCENE}: Scene): Promise<void> { {
${body}} }
`;
}
