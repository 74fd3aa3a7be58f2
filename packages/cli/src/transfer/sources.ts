/** What is to be sent, as typed. */
import { stat } from 'node:fs/promises';
import { basename, resolve, sep } from 'node:path';
import { addAbortSignal } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CliError } from '../cli-error.ts';
import type { CommandContext } from '../context.ts';
import { printable } from '../output/width.ts';

/**
 * The paths to send, each made absolute with its meaning kept: `photos/` and `.` stand for what is in
 * them. `-` stands for the names that standard input gives.
 *
 * @throws CliError there are none, or one is not there
 */
export async function sourcesOf(
  context: CommandContext,
  paths: readonly string[],
  { verb, dir }: { readonly verb: string; readonly dir?: string | undefined },
): Promise<string[]> {
  const named: string[] = [];
  for (const path of paths) {
    if (path === '-') named.push(...(await namesFrom(context)));
    else named.push(path);
  }
  if (dir !== undefined) named.push(`${dir}/`);
  assertSourcesSaid(named, verb);
  for (const path of named) await assertThere(context.cwd, path);
  return named.map((path) => withEnding(resolve(context.cwd, path), path));
}

/** @throws CliError nothing is named */
export function assertSourcesSaid(named: readonly string[], verb: string): void {
  if (named.length > 0) return;
  throw new CliError('it is not said what to send', {
    ways: [`boxhaul ${verb} ./photos --to /Backups`],
  });
}

/** `resolve` drops the ending that tells a folder from its contents. */
function withEnding(absolute: string, typed: string): string {
  const last = typed.split(sep === '/' ? '/' : /[/\\]/).at(-1);
  const meansContents = last === '' || last === '.' || last === '..';
  return meansContents && !absolute.endsWith(sep) ? `${absolute}/` : absolute;
}

/** Names a line each, or with NUL between them, as `find -print0` writes. */
async function namesFrom({ stdin, signal }: CommandContext): Promise<string[]> {
  const given = await text(addAbortSignal(signal, stdin));
  const names = given.split(given.includes('\0') ? '\0' : /\r?\n/);
  return names.filter((name) => name !== '');
}

async function assertThere(cwd: string, path: string): Promise<void> {
  try {
    await stat(resolve(cwd, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const absent = code === 'ENOENT' || code === 'ENOTDIR';
    throw new CliError(
      absent ? `${path} is not there` : `${path} cannot be read (${code ?? error})`,
      {
        details: [`paths are taken from ${cwd}`],
        ways: [absent ? 'check its spelling' : 'get the right to read it'],
        cause: error,
      },
    );
  }
}

/** `weekly`, `weekly/`, `a.txt, b.txt`, `a.txt and 12 more`. */
export function namesOf(sources: readonly string[]): string {
  const names = sources.map((source) => basename(source) + (source.endsWith('/') ? '/' : ''));
  const words = names.length > 3 ? `${names[0]} and ${names.length - 1} more` : names.join(', ');
  return printable(words);
}
