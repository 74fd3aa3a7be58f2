import { randomBytes } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Emulator } from '@boxhaul/emulator';
import { CliError } from './cli-error.ts';
import { userDirectories } from './directories.ts';
import type { Env } from './environment.ts';
import { ExitCode } from './exit-codes.ts';
import { replacePrivateFile } from './private-file.ts';

/** Where the built-in Box of --local keeps everything. */
export async function localBoxFolder(env: Env): Promise<string> {
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
    return await startEmulator({ dataDir, tokens: [await localToken(`${dataDir}.token`)] });
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

/**
 * The token that every command uses: the Box listens on a port that other users of the machine reach too.
 * It is kept, since each new one would be remembered by the Box for ever.
 */
async function localToken(path: string): Promise<string> {
  try {
    const token = (await readFile(path, 'utf8')).trim();
    if (token !== '') return token;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  const token = randomBytes(24).toString('hex');
  await replacePrivateFile(path, `${token}\n`);
  return token;
}
