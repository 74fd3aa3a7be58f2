/**
 * The words of a transfer: what callers ask for, what happens to each file, and what is told while it
 * runs. Read this first; the other files of the package are how it is done.
 *
 * A transfer moves files one way, between local disks and one Box folder. Each file ends in exactly one
 * `TransferResult`: transferred (its size and SHA-1 are the same on both sides), skipped (and why) or
 * failed (and why). One file's failure never stops the others; only an error after which nothing could
 * work (`recovery: 'stop'`, such as a refused sign-in) ends the run, and the call then throws it.
 */
import type { BoxClient, CallCounts } from '@boxhaul/client';
import type { Identity } from './identities.ts';
import type { MaxDelete } from './mirror/limit.ts';
import type { Origin } from './origins/origin.ts';
import type { Reason } from './reason.ts';
import type { OpenOptions, SealOptions } from './sealing/options.ts';
import type { Filter } from './selection/filter.ts';
import type { TransferState } from './state/state.ts';
import type { Carry, Gap, ItemInBox } from './upload/carry.ts';
import type { ZipMode } from './zip/choosing.ts';

/** Which way files move: to Box, or to this machine. */
export type Direction = 'upload' | 'download';

/**
 * What a job does: it moves files one way, makes changes in Box, a row each (`changeRows`), or compares both sides
 * (`verify`).
 */
export type JobKind = Direction | 'change' | 'verify';

/**
 * What an upload does with a name that is taken in Box by a file with other contents.
 *
 * - `upload` leaves it alone: only what is not there is sent.
 * - `overwrite` puts a new file in its place; the old one goes to Box's trash once the new one is
 *   complete and verified.
 * - `update` adds a version to it and keeps its history.
 *
 * A file whose contents are there already is sent in no mode, unless `force` is set.
 */
export type UploadMode = 'upload' | 'overwrite' | 'update';

/** What both directions take. */
export interface TransferOptions {
  client: BoxClient;
  /** Which files take part. @default all */
  filter?: Filter;
  /** Moves files whose contents are the same on both sides as well. @default false */
  force?: boolean;
  /** How many files (or folders) are worked on at once. @default 16 */
  concurrency?: number;
  /** Stops the run at once: what is in flight is given up without leaving a half file. */
  signal?: AbortSignal;
  /** Ends the run in good order: nothing new begins, what is in flight is finished. */
  drain?: AbortSignal;
  /**
   * Other users who share the work on single files, each within limits of their own; `client` acts as the first.
   * @default nobody
   */
  others?: readonly Identity[];
  /** Takes part in what is remembered between runs; without it each run stands alone. */
  remember?: Remembering;
  /** Only these files, and what is below these folders, by the paths that results have; or what failed in this job. */
  only?: readonly string[] | 'failed';
  /** Called in order, synchronously; it must not throw. */
  onEvent?: (event: TransferEvent) => void;
  /** Compares and reports, but changes nothing on either side. @default false */
  dryRun?: boolean;
  /**
   * Makes the target equal to the source: files that were moved or renamed in the source are moved in the target, and
   * what the source does not have goes to the trash (Box's; or `<directory>.boxhaul-trash` beside the target) when all
   * else has ended well. What the filter leaves out stays. It has no effect together with `only`. @default false
   */
  deleteExtra?: boolean;
  /** How much may go to the trash; if it would be more, nothing does. @default '25%' of the files in the target */
  maxDelete?: MaxDelete;
}

/**
 * What a run needs to find what earlier ones left, and to leave what later ones find: the job it is one of, what
 * was moved of large files, the SHA-1 of files that have not changed.
 */
export interface Remembering {
  state: TransferState;
  /** Whose Box it is, in any words that stay the same: what one account began, another cannot go on with. */
  account: string;
  /** For people: `weekly → /Backups (update)`. */
  title: string;
  /** The words that run it again, and the folder in which they do; no secrets. */
  command: { argv: readonly string[]; cwd: string };
}

/** What is sent, where to, and what gives way to it. */
export interface UploadOptions extends TransferOptions {
  /**
   * Files and folders on this machine. `photos` becomes `photos` inside the folder; `photos/`, `.` and
   * whatever ends in `/.` or `..` sends what is in it. A symbolic link that is named here is followed;
   * links met below are not, and are reported as skipped. Or what another {@link Origin} holds.
   */
  sources: readonly string[] | Origin;
  /** The Box folder that receives them; `"0"` is the root. */
  folderId: string;
  /**
   * In a dry run, of a folder that is not there yet: how many calls making it takes, the listing of it among them. Then
   * `folderId` is not looked at, and nothing there is extra.
   */
  wouldTake?: number;
  mode: UploadMode;
  /** Does more with each file, folder and web link, once it is there. @default nothing */
  carry?: Carry;
  /** Seals what is sent; earlier versions stay behind. @default files go as they are */
  seal?: SealOptions;
}

/**
 * How a distribution brings a file to its targets.
 *
 * - `upload` sends it to each.
 * - `copy` sends it once; Box copies it to the others, and where Box refuses that the file fails there.
 * - `auto` does the same, and sends it to those that Box does not copy it to.
 *
 * Only what is sent can become a new version of a file that is there: a copy never does.
 */
export type Via = 'upload' | 'copy' | 'auto';

/**
 * A Box folder that receives all that is distributed, or why it cannot be had. Results name what is below it by its
 * label, `//` and the path, so that no two have the same name: `/Customers/Acme//weekly/a.txt`. `wouldTake`, in a dry run:
 * it is not there yet, and making it would take so many calls.
 */
export type DistributionTarget = { label: string } & (
  | { folderId: string }
  | { missing: Reason }
  | { wouldTake: number }
);

/** What is sent to several Box folders at once. */
export interface DistributeOptions extends Omit<TransferOptions, 'deleteExtra' | 'maxDelete'> {
  /** As for `upload`. They are read once, however many targets there are. */
  sources: readonly string[] | Origin;
  /** Each folder once, under a label of its own, which has no `//` in it and no `/` at its end. */
  targets: readonly DistributionTarget[];
  mode: UploadMode;
  /** @default 'auto' */
  via?: Via;
  /**
   * Seals what is sent, each file once, and what Box copies is what was sealed; earlier versions stay behind.
   * @default files go as they are
   */
  seal?: SealOptions;
}

/** What is compared with what. */
export interface VerifyOptions
  extends Omit<TransferOptions, 'deleteExtra' | 'maxDelete' | 'dryRun' | 'force'> {
  /** What ought to be in Box, as for `upload`. */
  sources: readonly string[] | Origin;
  /** The Box folder that ought to have it. */
  folderId: string;
  /** How it was sealed on its way there: then what is in Box is compared by what it holds. @default not at all */
  seal?: SealOptions;
}

/** What is fetched, and where to. */
export interface DownloadOptions extends TransferOptions {
  /** The Box folder whose contents are fetched, or (`fileId`) one file. */
  folderId?: string;
  fileId?: string;
  /** Where they go; made if it is not there. */
  directory: string;
  /** Whether many small files come as one archive, which costs two calls. @default 'auto' */
  zip?: ZipMode;
  /** Opens what is sealed. @default files come as they are */
  open?: OpenOptions;
}

/**
 * How a file came to be where it is: `replaced` is a new file whose predecessor went to the trash, `moved` one that
 * was elsewhere in the target.
 */
export type TransferAction = 'new' | 'version' | 'replaced' | 'moved';

/** What became of one file, of one folder that could not be worked on, or of one row of changes. */
export interface TransferResult {
  kind: 'file' | 'folder' | 'row';
  /**
   * Below the target (upload) or the Box folder (download), with `/` between names on every system; of a row what
   * it is called among the others.
   */
  path: string;
  /** Of a row: `transferred` is done. */
  state: 'transferred' | 'skipped' | 'failed';
  /** What was done; in a dry run, what would be. */
  action?: TransferAction;
  /** The contents were not sent: Box copied them from another target of the distribution; or would. */
  via?: 'copy';
  /** Which target of a distribution it is about, by its label. */
  target?: string;
  /** Why it was skipped or failed: words for a person, a code for a program. */
  reason?: Reason;
  /** What a failure was caused by, where there was an error behind it. */
  error?: unknown;
  /** The file's id in Box, where it is known. */
  id?: string;
  /** SHA-1 (hex) of the contents, where it is known. */
  sha1?: string;
  /** The file's size. */
  bytes: number;
  /** What it takes in Box, where it is sealed there and that is known. */
  sealedBytes?: number;
  /** Of an upload: its source told no end of it, so that what was sent may not be all of it. */
  mayBeCut?: true;
  /** SHA-1 (hex) of what is in Box, of an upload whose file is sealed there. */
  sealedSha1?: string;
  ms: number;
  /** Of a row: what was done, or would be. */
  row?: RowOutcome;
}

/** What one row came to. */
export interface RowOutcome {
  /** Its place among the rows, from 1. */
  number: number;
  /** What is done, for people: `/a.txt → /b/`. Absent when it was not found out. */
  words?: string;
  /** What came of it, for programs and for reports: ids, a link. */
  made?: Readonly<Record<string, string | number | boolean>>;
}

/** What a notice is about, for programs. */
type NoticeCode =
  /** Names look encrypted, and no key opens them: they come as they are in Box. */
  | 'names-not-opened'
  /** A list of files has an address with a password, and the way there is not encrypted. */
  | 'password-in-the-clear'
  /** Where files come from takes long to tell what is in a folder. */
  | 'slow-source';

/** What is told while a run lasts: `started` first, `finished` last, one `file` for each file between. */
export type TransferEvent =
  | { type: 'started'; direction: JobKind; mode?: UploadMode; dryRun: boolean; job?: string }
  /** Totals known so far: files that are to be compared or moved. They grow until `final`. */
  | { type: 'planned'; files: number; bytes: number; final: boolean }
  /** `moved`: it was elsewhere in the target, and is here now with all that it holds. */
  | { type: 'folder'; path: string; id?: string; state: 'created' | 'exists' | 'moved' }
  /** Bytes of this file begin to move. Files that are skipped never start. */
  | { type: 'file-started'; path: string; bytes: number }
  /** `bytesDone` can fall when a broken transfer begins again. */
  | { type: 'progress'; path: string; bytesDone: number; bytes: number }
  /**
   * Small files come together. `bytes` is what they have of the whole, `bytesDone` what has come of it: both fall as
   * its files end, and are 0 when there is no more to it.
   */
  | { type: 'archive'; number: number; files: number; bytes: number; bytesDone: number }
  /** Another try at the same file: the second is `attempt: 2`. */
  | { type: 'retry'; path: string; attempt: number; reason: Reason }
  /** Something that whoever runs it ought to know, and that is no file's end; each once in a run. */
  | { type: 'notice'; code: NoticeCode; words: string }
  /** One of the other users is given no more work in this folder, which Box does not let them into. */
  | { type: 'left-out'; user: string; path: string; reason: Reason }
  /** It is in Box, and this did not come along with it. */
  | { type: 'gap'; item: ItemInBox; gap: Gap }
  | { type: 'file'; result: TransferResult }
  /**
   * Something that the source does not have went to the trash (in a dry run: would): a file, or a folder with all
   * that was in it, which is so many files and bytes.
   */
  | {
      type: 'trashed';
      kind: 'file' | 'folder';
      path: string;
      id?: string;
      files: number;
      bytes: number;
    }
  | { type: 'finished'; report: TransferReport };

/** What became of what is extra in a target. */
export interface MirrorReport {
  /** Files that the target held when the run began; those that the filter leaves out are not counted. */
  held: number;
  /** Of them, those that the source does not have, neither there nor (moved) elsewhere. */
  extra: number;
  /** Of those, how many went to the trash; in a dry run, how many would. */
  trashed: number;
  /** Folders of Box that were renamed or moved with all that they hold; their files count as the same. */
  movedFolders?: number;
  /** The folder on this machine that they are in now. */
  trash?: string;
  /** Why they were left: nothing, or not all, was deleted. */
  left?: Reason;
}

/** What a whole run came to. */
export interface TransferReport {
  direction: JobKind;
  /** The job that this was a run of, if it is remembered. */
  job?: string;
  /** `interrupted`: a signal ended it before it was done. `stopped`: an error did, and the call throws it. */
  ended: 'complete' | 'interrupted' | 'stopped';
  dryRun: boolean;
  transferred: number;
  skipped: number;
  failed: number;
  /** Files that were found and not ended, because the run was. */
  left: number;
  /** How many were transferred in each way. */
  transferredBy: Partial<Record<TransferAction, number>>;
  /** How many of them Box copied; in a dry run, would copy. Absent where it is none. */
  copied?: number;
  /** How many were skipped for each reason's code. */
  skippedBy: Record<string, number>;
  /** How many failed for each reason's code. */
  failedBy: Record<string, number>;
  /** The first thousand results that failed; `failed` counts them all, and each was an event. */
  failures: TransferResult[];
  foldersCreated: number;
  /** What became of what is extra in the target, where `deleteExtra` was asked for. */
  mirror?: MirrorReport;
  /** What came along besides contents, and what did not, by what it is; where anything was to. */
  carried?: { done: Record<string, number>; gaps: Record<string, number> };
  /** Bytes of the files that were transferred, but for those that were moved or copied within Box. */
  bytes: number;
  seconds: number;
  /** Calls that all of it takes when nothing goes wrong; in a dry run, that it would take. */
  predictedCalls: number;
  /** What the run spent of the client's calls. */
  calls: CallCounts;
}
