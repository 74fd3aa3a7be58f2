import { join } from 'node:path';

export interface Directories {
  /** Profiles of `boxhaul login`. */
  readonly config: string;
  /** The built-in Box of --local. */
  readonly data: string;
}

/**
 * The user's own folders, by the rules of the platform (XDG on Linux). BOXHAUL_HOME puts both below
 * one folder, for tests and for machines where the home folder is not writable.
 */
export async function userDirectories(
  env: Readonly<Record<string, string | undefined>>,
): Promise<Directories> {
  const home = env.BOXHAUL_HOME;
  if (home) return { config: join(home, 'config'), data: join(home, 'data') };
  const { default: envPaths } = await import('env-paths');
  const paths = envPaths('boxhaul', { suffix: '' });
  return { config: paths.config, data: paths.data };
}
