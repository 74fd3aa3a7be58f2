/** The files that the demo moves: a copy, so that changing some of them harms nobody. */
import { constants } from 'node:fs';
import { appendFile, copyFile, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { CliError } from '../cli-error.ts';
import { packageFolder } from '../package-folder.ts';

/** Beyond this the demo would take longer than anybody watches. */
const mostBytes = 2_000_000_000;

/** Where the demo's files come from. */
export interface Material {
  /** `the project's documentation and examples`, or the folder as it was given. */
  title: string;
  /** Absolute paths of regular files, and where each belongs below the demo's folder. */
  files: readonly MaterialFile[];
  bytes: number;
}

export interface MaterialFile {
  source: string;
  /** With `/` between names. */
  path: string;
  bytes: number;
}

/** The folder that was given, or something to show that is always there. */
export async function demoMaterial(dir: string | undefined): Promise<Material> {
  if (dir === undefined) return ownMaterial();
  const files = await regularFiles(dir, '').catch((error: NodeJS.ErrnoException) => {
    throw new CliError(
      error.code === 'ENOENT' || error.code === 'ENOTDIR'
        ? `${dir} is not a folder on this machine`
        : `${dir} cannot be read: ${error.message}`,
      { ways: ['boxhaul demo    without a folder takes its own documentation'], cause: error },
    );
  });
  const material = total(basename(dir), files);
  if (files.length === 0) throw new CliError(`${dir} has no files to show anything with`);
  if (material.bytes > mostBytes) {
    throw new CliError(`${dir} holds ${Math.round(material.bytes / 1e9)} GB: too much to watch`, {
      details: ['the demo copies it, sends it up three times and brings it down twice'],
      ways: [`boxhaul upload ${dir} --to / --local    keeps it on the Box on this machine`],
    });
  }
  return material;
}

/** Copies the material to `folder`, keeping its tree. */
export async function layOut(material: Material, folder: string): Promise<void> {
  for (const file of material.files) {
    const target = join(folder, file.path);
    await mkdir(dirname(target), { recursive: true });
    await copyFile(file.source, target, constants.COPYFILE_FICLONE);
  }
}

/** Changes the copies of some files, as an editor would. */
export async function change(folder: string, paths: readonly string[]): Promise<void> {
  for (const path of paths) await appendFile(join(folder, path), '\nChanged by boxhaul demo.\n');
}

/** The extension that most of the files have: `.md`; none where no file has one. */
export function commonestExtension(files: readonly MaterialFile[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const extension = extname(path).toLowerCase();
    if (extension.length > 1) counts.set(extension, (counts.get(extension) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

/**
 * In a clone of the project its documentation and examples; in an installation the package itself,
 * which is all that is sure to be there.
 */
async function ownMaterial(): Promise<Material> {
  const packageDir = packageFolder();
  const root = join(packageDir, '../..');
  if (!(await isProject(root))) {
    return total('the program itself', await regularFiles(packageDir, ''));
  }
  const pages = (await readdir(root)).filter((name) => name.endsWith('.md') || name === 'LICENSE');
  const files = await Promise.all(
    [...pages, 'docs', 'examples'].map((name) => regularFiles(join(root, name), name)),
  );
  return total("the project's documentation and examples", files.flat());
}

async function isProject(root: string): Promise<boolean> {
  try {
    const manifest: unknown = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
    return (manifest as { name?: unknown }).name === 'boxhaul-workspace';
  } catch {
    // No manifest that can be read: this is not the project's folder.
    return false;
  }
}

/** All regular files at or below `start`; links and special files are left out. */
async function regularFiles(start: string, prefix: string): Promise<MaterialFile[]> {
  if ((await stat(start)).isFile()) return [await materialFile(start, prefix)];
  const entries = await readdir(start, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !relative(start, path).split(sep).includes('node_modules'))
    .sort();
  return Promise.all(
    paths.map((path) =>
      materialFile(path, [prefix, ...relative(start, path).split(sep)].filter(Boolean).join('/')),
    ),
  );
}

async function materialFile(source: string, path: string): Promise<MaterialFile> {
  return { source, path, bytes: (await stat(source)).size };
}

function total(title: string, files: readonly MaterialFile[]): Material {
  return { title, files, bytes: files.reduce((sum, file) => sum + file.bytes, 0) };
}
