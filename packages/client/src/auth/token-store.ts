import { mkdir, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import * as z from 'zod';
import { InputError } from '../errors.ts';
import { replaceFile, syncDirectory } from './replace-file.ts';
import { withFileLock } from './token-lock.ts';

const tokensSchema = z.object({
  accessToken: z.string().min(1),
  refreshToken: z.string().min(1),
  expiresAtMs: z.number(),
});

/** What an OAuth login is made of. Plain data, for a store to write down. */
export interface OAuthTokens {
  readonly accessToken: string;
  /** Works once; Box gives a new one with each renewal. */
  readonly refreshToken: string;
  /** When the access token stops working, in milliseconds since 1970. */
  readonly expiresAtMs: number;
}

/** Where an OAuth login is kept. What `write` took is safe (on disk, for a file) when it settles. */
export interface TokenStore {
  /** Undefined where nobody is logged in. */
  read(): Promise<OAuthTokens | undefined>;
  /** Takes the place of what was there, whole: a reader sees the one or the other. */
  write(tokens: OAuthTokens): Promise<void>;
  /** Forgets the login. Harmless when there is none. */
  clear(): Promise<void>;
  /**
   * Runs `work` while nobody else who shares this store does: in this process, and for a file in any process of
   * this machine. Rejects with the signal's reason if it fires before its turn has come.
   */
  withLock<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/**
 * Keeps a login as long as this process lives.
 *
 * @example
 * ```ts
 * import { memoryStore } from '@boxhaul/client';
 *
 * const store = memoryStore();
 * console.log(await store.read()); // undefined: nobody is logged in
 * ```
 */
export function memoryStore(tokens?: OAuthTokens): TokenStore {
  let current = tokens;
  let last: Promise<unknown> = Promise.resolve();
  return {
    async read() {
      return current;
    },
    async write(written) {
      current = written;
    },
    async clear() {
      current = undefined;
    },
    withLock(work, signal) {
      const mine = last.then(() => {
        signal?.throwIfAborted();
        return work();
      });
      // Its failure is for whoever began it, not for the next in line.
      last = mine.catch(() => undefined);
      return rejectedOn(signal, mine);
    },
  };
}

/**
 * Keeps a login in a file of mode 0600, replaced as a whole. Any number of processes may share it; the lock is
 * on a file of its own beside it (`<path>.lock`). Missing folders are made, for their owner only.
 *
 * @example
 * ```ts
 * import { fileStore, oauth } from '@boxhaul/client';
 *
 * const { clientID: clientId, clientSecret } = box.app;
 * const auth = oauth({ clientId, clientSecret, store: fileStore('login.json') });
 * console.log(await fileStore('login.json').read(), typeof auth);
 * ```
 */
export function fileStore(path: string): TokenStore {
  return {
    read: () => readTokens(path),
    async write(tokens) {
      await makeFolder(path);
      await replaceFile(path, `${JSON.stringify(tokens, undefined, 2)}\n`);
    },
    async clear() {
      await rm(path, { force: true });
      await makeFolder(path);
      await syncDirectory(dirname(path));
    },
    async withLock(work, signal) {
      await makeFolder(path);
      return await withFileLock(`${path}.lock`, work, signal);
    },
  };
}

async function makeFolder(path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
}

async function readTokens(path: string): Promise<OAuthTokens | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  const tokens = tokensSchema.safeParse(parseJson(text));
  if (tokens.success) return tokens.data;
  // Neither the parser's words nor its error are repeated: they may quote a token.
  throw new InputError(`${path} does not hold a login that can be read: log in again`, {
    code: 'token_store',
  });
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says what is wrong, without the text.
    return undefined;
  }
}

/** As `promise`, but rejected at once when the signal fires. */
function rejectedOn<T>(signal: AbortSignal | undefined, promise: Promise<T>): Promise<T> {
  if (!signal) return promise;
  return new Promise((resolve, reject) => {
    const away = () => reject(signal.reason);
    signal.addEventListener('abort', away, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', away));
  });
}
