import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '@boxhaul/emulator';
import { CliError } from '../cli-error.ts';
import type { Env } from '../environment.ts';
import { ExitCode } from '../exit-codes.ts';
import { userDirectories } from '../files/directories.ts';

/** Where the built-in Box of --local keeps everything. */
async function localBoxFolder(env: Env): Promise<string> {
  return join((await userDirectories(env)).data, 'local-box');
}

/**
 * Starts the built-in Box of --local in this process. Its state is on the disk: each command starts its
 * own and all see the same contents, also at the same time.
 *
 * @throws CliError when its folder cannot be used.
 */
export async function startLocalBox(env: Env): Promise<Emulator> {
  const dataDir = await localBoxFolder(env);
  const { startEmulator } = await import('@boxhaul/emulator');
  try {
    await mkdir(dataDir, { recursive: true, mode: 0o700 });
    return await startEmulator({ dataDir });
  } catch (error) {
    throw new CliError(
      `the built-in Box cannot use its folder ${dataDir}: ${error instanceof Error ? error.message : error}`,
      {
        ways: ['export BOXHAUL_HOME=/a/folder/of/yours    keeps it elsewhere'],
        exitCode: ExitCode.failed,
        cause: error,
      },
    );
  }
}
