import { join } from 'node:path';

export interface Directories {
  /** Profiles of `boxhaul login`. */
  readonly config: string;
  /** The built-in Box of --local. */
  readonly data: string;
  /** What is remembered between runs: jobs, parts of large files, SHA-1s. */
  readonly state: string;
}

/**
 * The user's own folders, by the rules of the platform (XDG on Linux). BOXHAUL_HOME puts all below
 * one folder, for tests and for machines where the home folder is not writable.
 */
export async function userDirectories(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Directories> {
  const home = env.BOXHAUL_HOME;
  if (home)
    return { config: join(home, 'config'), data: join(home, 'data'), state: join(home, 'state') };
  const { default: envPaths } = await import('env-paths');
  const paths = envPaths('boxhaul', { suffix: '' });
  // What env-paths calls the log folder is XDG_STATE_HOME on Linux; elsewhere logs have a place of their own.
  const state = process.platform === 'linux' ? paths.log : join(paths.data, 'state');
  return { config: paths.config, data: paths.data, state };
}
