import { BoxApiError, BoxConnectionError, BoxhaulError } from '@boxhaul/client';

/** Why a file was skipped or failed. The code is stable, for programs; the words are for people. */
export interface Reason {
  code: ReasonCode;
  words: string;
}

/** All codes: of what was skipped, and of what failed. */
export type ReasonCode = SkipCode | FailureCode;

/** Why nothing was done, and nothing had to be. */
type SkipCode =
  /** The contents are there already. */
  | 'same'
  /** The name is taken by other contents, and the mode is to leave them. */
  | 'exists'
  | 'symlink'
  /** A socket, pipe or device. */
  | 'special-file'
  /** A link to a web page, which has no contents. */
  | 'web-link'
  /** A temporary file of ours: of a run under way, or of one that was killed. */
  | 'unfinished'
  /** It opens the names beside it, and is nothing else. */
  | 'name-key'
  /** It would have been moved, or done. */
  | 'dry-run'
  /** An earlier run of the job did this row. */
  | 'done-before'
  /** Box is already as this row wants it. */
  | 'as-wanted'
  | KeptCode;

/** Why what is extra in a target was left there. */
type KeptCode =
  /** More is extra than may be deleted. */
  | 'too-many-extra'
  | 'source-empty'
  /** Not all of both sides could be looked at. */
  | 'not-all-seen'
  /** Not all files could be moved. */
  | 'not-all-done';

/** Why it could not be done. */
type FailureCode =
  /** Box, or this machine, has no such names. */
  | 'name-refused'
  /** Two names that are one name on the other side. */
  | 'name-collision'
  /** `verify`: Box has nothing of this name there. */
  | 'missing'
  /** `verify`: Box has other contents. */
  | 'different'
  /** `verify`: the source has nothing of this name there. */
  | 'extra'
  /** `verify`: the contents are there under a name in other letters. */
  | 'named-otherwise'
  /** Two targets of one distribution lead to the same folder. */
  | 'same-folder'
  /** Something of another kind has the name. */
  | 'in-the-way'
  | 'changed-while-read'
  | 'changed-on-box'
  /** A file here was written to while its replacement was fetched. */
  | 'changed-on-disk'
  /** What arrived is not what was sent. */
  | 'wrong-contents'
  /** It is sealed for others, or damaged. */
  | 'not-opened'
  | 'not-found'
  | 'no-permission'
  | 'disk-full'
  /** This process, or the machine, may have no more files open. */
  | 'too-many-open'
  /** Anything else that this machine's disk said. */
  | 'local-error'
  /** Anything else that Box said. */
  | 'box-error'
  | 'connection'
  /** What a row asks for cannot be done. */
  | 'refused'
  /** The run was stopped. */
  | 'interrupted'
  | 'unexpected';

export function reason(code: ReasonCode, words: string): Reason {
  return { code, words };
}

/**
 * A file, or a folder and all below it, cannot be done, and the reason is known in full. An {@link Origin} throws it for
 * what it cannot give.
 *
 * @example
 * ```ts
 * import { TransferFailure } from '@boxhaul/transfer';
 *
 * const gone = new TransferFailure('not-found', 'it is not on the server any more');
 * console.log(gone.reason, gone.recovery); // { code: 'not-found', words: … } skip
 * ```
 */
export class TransferFailure extends BoxhaulError {
  readonly reason: Reason;

  constructor(
    code: ReasonCode,
    words: string,
    options: { recovery?: 'restart' | 'skip'; cause?: unknown } = {},
  ) {
    super(words, { code, recovery: options.recovery ?? 'skip', cause: options.cause });
    this.reason = reason(code, words);
  }
}

/** What a large file ends with when the run does, and what is done of it stays. */
export function toBeGoneOnWith(): TransferFailure {
  return new TransferFailure('interrupted', 'the run was stopped; the next one goes on from here');
}

/** The reason that an error amounts to. */
export function reasonOf(error: unknown): Reason {
  if (error instanceof TransferFailure) return error.reason;
  if (error instanceof BoxApiError) return reason(boxCode(error), error.message);
  if (error instanceof BoxConnectionError) return reason('connection', error.message);
  if (error instanceof BoxhaulError) return reason('unexpected', error.message);
  if (isDiskError(error)) return diskReason(error);
  return reason('unexpected', error instanceof Error ? error.message : String(error));
}

function boxCode(error: BoxApiError): FailureCode {
  switch (error.status) {
    case 403:
      return error.code.endsWith('_limit_exceeded') ? 'box-error' : 'no-permission';
    case 404:
      return 'not-found';
    case 412:
      // Of a part it is the digest that was wrong, of anything else If-Match.
      return isPart(error) ? 'wrong-contents' : 'changed-on-box';
    default:
      return error.code === 'item_name_invalid' || error.code === 'item_name_too_long'
        ? 'name-refused'
        : 'box-error';
  }
}

function isPart({ method, path }: BoxApiError): boolean {
  return method === 'PUT' && path.includes('/upload_sessions/');
}

/**
 * Whether what is there of a large file is left to the next run: the network failed, a person has something to change (a
 * token that ended, calls that are spent), or the run was told to end.
 */
export function isForNextRun(error: unknown): boolean {
  if (!(error instanceof BoxhaulError)) return false;
  return (
    error.recovery !== 'restart' && (error.recovery !== 'skip' || error.code === 'interrupted')
  );
}

/** What Node throws for the disk: a code such as `ENOENT`, and the call that failed. */
export function isDiskError(error: unknown): error is NodeJS.ErrnoException & { code: string } {
  return error instanceof Error && 'syscall' in error && 'code' in error;
}

function diskReason(error: NodeJS.ErrnoException & { code: string }): Reason {
  switch (error.code) {
    case 'ENOENT':
      return reason('not-found', 'it is not on this machine (any more)');
    case 'EACCES':
    case 'EPERM':
      return reason('no-permission', `this machine does not permit it (${error.syscall})`);
    case 'EROFS':
      return reason('no-permission', 'the disk can only be read');
    case 'ENOSPC':
    case 'EDQUOT':
      return reason('disk-full', 'there is no room left on the disk');
    case 'EMFILE':
    case 'ENFILE':
      return reason('too-many-open', 'no more files may be open at once on this machine');
    case 'ENAMETOOLONG':
      return reason('name-refused', 'the name or path is longer than this machine allows');
    case 'EILSEQ':
    case 'EINVAL':
      return reason('name-refused', `this machine's disk does not take it (${error.code})`);
    case 'ENOTDIR':
      return reason('in-the-way', 'a file stands where a folder should be');
    case 'EISDIR':
      return reason('in-the-way', 'a folder stands where a file should be');
    case 'ELOOP':
      return reason('in-the-way', 'a symbolic link stands where a file should be');
    default:
      return reason('local-error', error.message);
  }
}
