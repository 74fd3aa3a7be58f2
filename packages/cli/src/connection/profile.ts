/**
 * The accounts that `boxhaul login` stored, each as two files that only their owner can read:
 *
 *     profiles/work.json           client id and secret, which Box, whose account
 *     profiles/work.tokens.json    the client's `fileStore`, which every renewal replaces
 */
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod';
import { CliError } from '../cli-error.ts';
import { userDirectories } from '../files/directories.ts';
import { replacePrivateFile } from '../files/private-file.ts';
import { tokensPath, tokensSuffix } from './profile-path.ts';

const storedProfile = z.object({
  clientId: z.string().min(1),
  clientSecret: z.string().min(1),
  baseUrl: z.string().exactOptional(),
  login: z.string().exactOptional(),
});

/** What an account needs beside its tokens: the app that they belong to, and the Box if it is not Box's own. */
export type Profile = z.infer<typeof storedProfile>;

/** The names of all stored profiles, in order. */
export async function profileNames(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string[]> {
  const { config } = await userDirectories(env);
  const files = await readdir(join(config, 'profiles')).catch(absentAs<string[]>([]));
  return files
    .flatMap((file) => /^(.*)\.json$/.exec(file)?.[1] ?? [])
    .filter((name) => !name.endsWith(tokensSuffix))
    .sort();
}

/**
 * The profile in the file `path`, or `undefined` where there is none.
 *
 * @throws CliError when the file is not a profile.
 */
export async function readProfile(path: string): Promise<Profile | undefined> {
  const text = await readFile(path, 'utf8').catch(absentAs(undefined));
  if (text === undefined) return undefined;
  const parsed = storedProfile.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data;
  throw new CliError(`${path} is not a profile`, {
    details: z.prettifyError(parsed.error).split('\n'),
    ways: ['boxhaul login    writes it anew'],
  });
}

/** Stores a profile in the file `path`, readable by its owner only. */
export async function writeProfile(path: string, profile: Profile): Promise<void> {
  await replacePrivateFile(path, `${JSON.stringify(profile, null, 2)}\n`);
}

/** Forgets a profile and its tokens. The tokens go first: without them the rest opens nothing. */
export async function removeProfile(path: string): Promise<void> {
  await rm(tokensPath(path), { force: true });
  await rm(path, { force: true });
}

function absentAs<T>(value: T): (error: NodeJS.ErrnoException) => T {
  return (error) => {
    if (error.code === 'ENOENT') return value;
    throw error;
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON at all: the check of its shape says so.
    return undefined;
  }
}
