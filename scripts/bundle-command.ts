/**
 * The command in few files: Node needs a third of a second to find and read the hundreds that our packages and
 * those they stand on have, and a tenth for these. Each file costs a start nearly a millisecond, however small it is.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type CodeSplittingOptions, type Plugin, rolldown } from 'rolldown';
import { withoutFacades } from './without-facades.ts';

/** What stays a package of its own: it is large and seldom wanted, or finds its own files by where it lies. */
const SEPARATE: ReadonlySet<string> = new Set([
  '@aws-sdk/client-s3',
  '@boxhaul/emulator',
  '@boxhaul/seal',
  'open',
  'pino',
  'ssh2',
  'webdav',
]);

const UNDICI: Plugin = {
  name: 'undici for the command',
  resolveId(id, importer = '') {
    if (id === 'undici') return join(import.meta.dirname, 'undici-for-command.js');
    if (!/node_modules[\\/]undici[\\/]/.test(importer)) return null;
    // Of Node's own half of HTTP it takes a class and a number, and that half takes a start longer than all of ours.
    if (id === 'node:http') return join(import.meta.dirname, 'http-for-undici.js');
    return UNUSED.test(id) ? join(import.meta.dirname, 'unused-of-undici.js') : null;
  },
};

/** As undici's files name each other. */
const UNUSED = /\/web\/|\/milo\/|\/client-h2\.js$/;

/** It starts programs for commands that are programs of their own; ours are not, and Node's half of it takes its time. */
const COMMANDER: Plugin = {
  name: 'commander for the command',
  resolveId: (id, importer = '') =>
    id === 'node:child_process' && /node_modules[\\/]commander[\\/]/.test(importer)
      ? join(import.meta.dirname, 'child-process-for-commander.js')
      : null,
};

const BUILT_IN: Plugin = {
  name: "Node's own modules for the command",
  renderChunk(code) {
    return withoutFacades(code, this.parse(code).body);
  },
};

/**
 * What every start reads is one file, and what so many commands share another, though not each of them needs all of it.
 * With less of them zod would be in it, which is a sixth of all that `ls` reads and is seldom needed.
 */
const FILES: CodeSplittingOptions = {
  groups: [
    { name: 'start', tags: ['$initial'], priority: 2 },
    { name: 'shared', minShareCount: 16, priority: 1 },
  ],
};

/** The dependencies that a package still has when what it stands on is bundled with it. */
export function separate(dependencies: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => SEPARATE.has(name)));
}

/** Puts what `src/main.js` of a compiled package loads into its place, and their licences beside it. */
export async function bundleCommand(folder: string): Promise<void> {
  const source = join(folder, 'src');
  const bundled = join(folder, 'bundled');
  const bundle = await rolldown({
    input: join(source, 'main.js'),
    platform: 'node',
    external: [...SEPARATE],
    plugins: [UNDICI, COMMANDER, BUILT_IN],
    // The grammar's compiler evaluates what it made.
    checks: { eval: false },
  });
  const { output } = await bundle.write({
    dir: bundled,
    format: 'esm',
    codeSplitting: FILES,
    // Names stay, as errors show them; blanks and comments would only be read.
    minify: { compress: false, mangle: false },
  });
  await bundle.close();
  rmSync(source, { recursive: true });
  renameSync(bundled, source);
  const inputs = output.flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
  const notices = [...packagesOf(inputs)].sort().map(noticeOf);
  writeFileSync(join(folder, 'THIRD-PARTY-NOTICES'), notices.join('\n'));
}

function packagesOf(inputs: readonly string[]): Set<string> {
  const folders = inputs.map((path) => /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(path)?.[0] ?? '');
  return new Set(folders.filter((folder) => folder !== ''));
}

function noticeOf(folder: string): string {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const file = readdirSync(folder).find((entry) => /^licen[sc]e/i.test(entry));
  const text =
    file !== undefined && existsSync(join(folder, file))
      ? readFileSync(join(folder, file), 'utf8')
      : '';
  return `${name} ${version} (${license})\n\n${text}`;
}
