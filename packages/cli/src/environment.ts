/**
 * The environment, and beneath it the `.env` file of the current folder. Of that file only `BOX_*`
 * names count: the others belong to other programs.
 */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from './cli-error.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** What a `.env` file gave. */
export interface EnvFile {
  readonly path: string;
  /** The names whose values come from it; what the environment says itself is not among them. */
  readonly names: ReadonlySet<string>;
  /** Whether other users of this machine can read it. */
  readonly isOpenToOthers: boolean;
}

/**
 * Reads `.env` in `cwd`, if there is one, and lays the environment over it.
 *
 * @throws CliError when the file is there and cannot be read.
 */
export async function readEnvironment(
  env: Env,
  cwd: string,
): Promise<{ env: Env; envFile: EnvFile | undefined }> {
  const path = join(cwd, '.env');
  const contents = await readEnvFile(path);
  if (contents === undefined) return { env, envFile: undefined };
  const { default: dotenv } = await import('dotenv');
  const given = Object.entries(dotenv.parse(contents)).filter(
    ([name, value]) => name.startsWith('BOX_') && value !== '' && !env[name],
  );
  if (given.length === 0) return { env, envFile: undefined };
  return {
    env: { ...env, ...Object.fromEntries(given) },
    envFile: {
      path,
      names: new Set(given.map(([name]) => name)),
      isOpenToOthers: isOpenToOthers(await stat(path)),
    },
  };
}

/** Whether a file's mode lets anyone but its owner at it. Windows has no such modes. */
export function isOpenToOthers({ mode }: { readonly mode: number }): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}

async function readEnvFile(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A folder called .env is a Python environment, and none of ours.
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw new CliError(`.env in the current folder cannot be read (${code})`, { cause: error });
  }
}
