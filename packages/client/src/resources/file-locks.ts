import type { BoxFileLock } from '../box-types.ts';
import { BoxConnectionError } from '../errors.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, pathOf } from './answers.ts';
import { boxTime, type CallOptions } from './call-options.ts';

/** How a file is locked. */
export interface LockOptions extends CallOptions {
  /** @default never */
  readonly expiresAt?: Date | string | undefined;
  /** Keeps others from downloading it, too. @default false */
  readonly isDownloadPrevented?: boolean | undefined;
}

interface Locked {
  readonly type: 'file';
  readonly id: string;
  readonly lock?: BoxFileLock | null;
}

/** Locks a file; see `Files.lock`. */
export async function lockFile(
  send: Send,
  id: string,
  { expiresAt, isDownloadPrevented = false, signal }: LockOptions,
): Promise<BoxFileLock> {
  const lock = {
    access: 'lock',
    expires_at: boxTime(expiresAt),
    is_download_prevented: isDownloadPrevented,
  };
  const locked = await setLock(send, id, lock, signal);
  if (locked.lock) return locked.lock;
  const path = pathOf('/files', id);
  throw new BoxConnectionError(`PUT ${path} was answered without the lock that it should set`, {
    code: 'unexpected_answer',
    method: 'PUT',
    path,
  });
}

/** Takes a file's lock off; see `Files.unlock`. */
export async function unlockFile(send: Send, id: string, { signal }: CallOptions): Promise<void> {
  await setLock(send, id, null, signal);
}

async function setLock(
  send: Send,
  id: string,
  lock: object | null,
  signal: AbortSignal | undefined,
): Promise<Locked> {
  const path = pathOf('/files', id);
  return await answerOf<Locked>(
    send,
    { method: 'PUT', path, query: { fields: 'lock' }, json: { lock }, signal },
    entity('file'),
  );
}
