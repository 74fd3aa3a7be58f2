/** An app's JSON config file: found, its mode checked, parsed. What is in it the client checks. */
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { CliError } from '../cli-error.ts';
import { assertOwnerOnlyMode, type OwnerOnlyOptions } from '../files/owner-only.ts';
import { quoted } from '../output/quoted.ts';

/** A config file as it lies on the disk. */
export interface ConfigFile {
  readonly path: string;
  /** Its JSON, not checked. */
  readonly json: unknown;
  /** Permission bits: 0o600. */
  readonly mode: number;
}

/**
 * Reads a config file that nobody but its owner can read.
 *
 * @param options.isInsecureAllowed --insecure-config: go on whoever can read it.
 * @throws CliError when it is absent, open to others, or not JSON.
 */
export async function readConfigFile(path: string, options: OwnerOnlyOptions): Promise<ConfigFile> {
  const { text, mode } = await readWithMode(path);
  assertOwnerOnlyMode(path, mode, options);
  return { path, json: parsed(path, text), mode };
}

async function readWithMode(path: string): Promise<{ text: string; mode: number }> {
  try {
    // One handle for both, so that the file which was judged is the one that is read.
    await using file = await open(path, 'r');
    const { mode } = await file.stat();
    return { text: await file.readFile('utf8'), mode: mode & 0o777 };
  } catch (error) {
    throw unreadable(path, error as NodeJS.ErrnoException);
  }
}

function unreadable(path: string, error: NodeJS.ErrnoException): CliError {
  const absent = error.code === 'ENOENT' || error.code === 'ENOTDIR';
  return new CliError(
    absent
      ? `there is no config file ${path}`
      : `the config file ${path} cannot be read (${error.code ?? error.message})`,
    {
      ways: absent
        ? ['give its path: -c config.json, or export BOX_CONFIG_PATH=…']
        : [`ls -l ${quoted(path)}`],
      cause: error,
    },
  );
}

function parsed(path: string, text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    // The parser's message quotes the text around the fault, which may be a key.
    throw new CliError(`${path} is not JSON`, {
      ways: [
        `download it again: developer console, your app, Configuration (${basename(path)} is Box's own format)`,
      ],
    });
  }
}
