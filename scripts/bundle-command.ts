/**
 * The command in few files: Node needs a third of a second to find and read the hundreds that our packages and
 * those they stand on have, and a tenth for these.
 */
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

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

/** CommonJS among what is bundled still asks for Node's modules in its own way. */
const REQUIRE = `import { createRequire } from 'node:module';\nconst require = createRequire(import.meta.url);`;

/** The dependencies that a package still has when what it stands on is bundled with it. */
export function separate(dependencies: Record<string, string> = {}): Record<string, string> {
  return Object.fromEntries(Object.entries(dependencies).filter(([name]) => SEPARATE.has(name)));
}

/** Puts what `src/main.js` of a compiled package loads into its place, and their licences beside it. */
export async function bundleCommand(folder: string): Promise<void> {
  const source = join(folder, 'src');
  const bundled = join(folder, 'bundled');
  const { metafile } = await build({
    entryPoints: [join(source, 'main.js')],
    outdir: bundled,
    bundle: true,
    splitting: true,
    metafile: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    banner: { js: REQUIRE },
    external: [...SEPARATE],
    logLevel: 'error',
  });
  rmSync(source, { recursive: true });
  renameSync(bundled, source);
  const notices = [...packagesOf(Object.keys(metafile.inputs))].sort().map(noticeOf);
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
