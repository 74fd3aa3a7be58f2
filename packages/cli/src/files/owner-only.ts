/** Files that hold secrets are for their owner only: one that others can get at is refused. */
import { stat } from 'node:fs/promises';
import { CliError } from '../cli-error.ts';
import { isOpenToOthers } from '../environment.ts';
import { quoted } from '../output/quoted.ts';

export interface OwnerOnlyOptions {
  /** --insecure-config: go on whoever can get at it. */
  readonly isInsecureAllowed: boolean;
}

/**
 * Passes a file that is absent, or that nobody but its owner can read or change.
 *
 * @throws CliError with the command that mends it
 */
export async function assertOwnerOnly(path: string, options: OwnerOnlyOptions): Promise<void> {
  const { mode } = await stat(path).catch((error: NodeJS.ErrnoException) => {
    // That there is nothing is for its reader to say.
    if (error.code === 'ENOENT') return { mode: 0o600 };
    throw error;
  });
  assertOwnerOnlyMode(path, mode, options);
}

/**
 * The same for a file whose mode is known already.
 *
 * @throws CliError with the command that mends it
 */
export function assertOwnerOnlyMode(
  path: string,
  mode: number,
  { isInsecureAllowed }: OwnerOnlyOptions,
): void {
  if (isInsecureAllowed || !isOpenToOthers({ mode })) return;
  const octal = (mode & 0o777).toString(8).padStart(3, '0');
  const can = (mode & 0o044) !== 0 ? 'read' : 'changed';
  throw new CliError(
    `${path} can be ${can} by other users (mode ${octal}), and it holds a secret`,
    { ways: [`chmod 600 ${quoted(path)}        (or --insecure-config to go on)`] },
  );
}
