/**
 * Files and trees of files between this machine and Box, verified: `upload` and `download`. Its
 * [readme](https://www.npmjs.com/package/@boxhaul/transfer) is the guide.
 *
 * @module transfer
 */

export { distribute } from './distribute/distribute.ts';
export { download } from './download/download-tree.ts';
export { type ReadOptions, readFile } from './download/reading.ts';
export {
  type Governor,
  type GovernorOptions,
  type Limit,
  openGovernor,
} from './governor/governor.ts';
export type { Identity } from './identities.ts';
export type { MaxDelete } from './mirror/limit.ts';
export { diskOrigin } from './origins/disk-origin.ts';
export { type MendingOptions, mended } from './origins/mending.ts';
export type { EarlierState, Origin, OriginContext, OriginEntry } from './origins/origin.ts';
export type { Source } from './origins/source.ts';
export { type SpooledFile, spooledSource } from './origins/spooled-source.ts';
export { type StreamedFile, streamedSource } from './origins/streamed-source.ts';
export { type Reason, type ReasonCode, TransferFailure } from './reason.ts';
export {
  type Begun,
  type Change,
  changeRows,
  type Made,
  type NamedRow,
  type NoChange,
  type RowContext,
  type RowsOptions,
} from './rows/rows.ts';
export type { OpenOptions, SealOptions } from './sealing/options.ts';
export { type ResealOptions, reseal } from './sealing/reseal.ts';
export { createSealTemplate } from './sealing/template.ts';
export { type ChoosingInBox, choosingInBox } from './selection/choosing-in-box.ts';
export type { Condition } from './selection/condition.ts';
export type { FileFacts, KnownFile } from './selection/file-facts.ts';
export { type FactRules, type Filter, type FilterRules, filterOf } from './selection/filter.ts';
export { readFilterFile } from './selection/filter-file.ts';
export type { PathRule } from './selection/path-rules.ts';
export { ConditionError } from './selection/where/expression.ts';
export type { Side } from './selection/where/fields.ts';
export { parseCondition } from './selection/where/parse-condition.ts';
export type { EventPositions, EventReader, KeptPosition } from './state/event-positions.ts';
export type { Likeness } from './state/hashes.ts';
export type { JobFailure, JobSummary } from './state/jobs.ts';
export type { Spending } from './state/ledger.ts';
export { openState, type TransferState } from './state/state.ts';
export type {
  Direction,
  DistributeOptions,
  DistributionTarget,
  DownloadOptions,
  JobKind,
  MirrorReport,
  Remembering,
  RowOutcome,
  TransferAction,
  TransferEvent,
  TransferOptions,
  TransferReport,
  TransferResult,
  UploadMode,
  UploadOptions,
  VerifyOptions,
  Via,
} from './transfer.ts';
export { type FoundInBox, type WalkBoxOptions, walkBox } from './tree/box-tree.ts';
export { refusedByBox } from './tree/names.ts';
export type { Carried, Carry, CarryContext, Gap, ItemInBox } from './upload/carry.ts';
export { upload } from './upload/upload-tree.ts';
export { type ManifestEntry, manifestOrigin } from './verify/manifest-origin.ts';
export { verify } from './verify/verify.ts';
export type { ZipMode } from './zip/choosing.ts';
