/**
 * Makes what is published: every package compiled to JavaScript with declarations in
 * `dist/<package>/`, beside a `package.json` that points there. The command is bundled.
 *
 * One compilation serves all packages, because in the repository they import each other's
 * sources; the package names in the emitted imports stay as they are.
 */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { bundleCommand, separate } from './bundle-command.ts';

interface Manifest {
  name: string;
  private?: boolean;
  workspaces?: string[];
  exports?: Record<string, string>;
  bin?: Record<string, string>;
  dependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
  [key: string]: unknown;
}

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');

rmSync(dist, { recursive: true, force: true });
execFileSync('tsc', ['-p', join(root, 'tsconfig.build.json')], { stdio: 'inherit' });
for (const workspace of readManifest(root).workspaces ?? []) {
  if (!readManifest(join(root, workspace)).private) publishable(workspace);
}
await bundleCommand(join(dist, 'cli'));

/** Completes the compiled package with its manifest and the files that every package carries. */
function publishable(workspace: string): void {
  const source = join(root, workspace);
  const target = join(dist, workspace.replace('packages/', ''));
  mkdirSync(target, { recursive: true });
  for (const extra of ['bin', 'assets', 'README.md']) {
    if (existsSync(join(source, extra))) {
      cpSync(join(source, extra), join(target, extra), { recursive: true });
    }
  }
  cpSync(join(root, 'LICENSE'), join(target, 'LICENSE'));
  const manifest = publishedManifest(readManifest(source));
  if (manifest.bin) manifest.dependencies = separate(allDependencies(manifest));
  writeFileSync(join(target, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);
  link(manifest.name, target);
  console.log(`${manifest.name}  →  dist/${workspace.replace('packages/', '')}`);
}

/** What a package stands on, and what those of ours among it do. */
function allDependencies({ dependencies = {} }: Manifest): Record<string, string> {
  const ours = Object.keys(dependencies).filter((name) => name.startsWith('@boxhaul/'));
  const theirs = ours.map((name) => {
    const folder = join(root, 'packages', name.replace('@boxhaul/', ''));
    return allDependencies(readManifest(folder));
  });
  return Object.assign({}, ...theirs, dependencies);
}

/** What is built finds what is built, not the sources that the workspace has under the same name. */
function link(name: string, target: string): void {
  const path = join(dist, 'node_modules', name);
  mkdirSync(dirname(path), { recursive: true });
  symlinkSync(target, path, 'dir');
}

function publishedManifest({ devDependencies, ...manifest }: Manifest): Manifest {
  const exports = Object.entries(manifest.exports ?? {}).map(([entry, path]) => [
    entry,
    { types: path.replace(/\.ts$/, '.d.ts'), default: path.replace(/\.ts$/, '.js') },
  ]);
  return { ...manifest, ...(exports.length > 0 && { exports: Object.fromEntries(exports) }) };
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
}
