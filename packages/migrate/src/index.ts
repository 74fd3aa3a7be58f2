/**
 * Files from where they are now into Box: what migrations read from, and what they carry along.
 *
 * @module migrate
 */
export {
  readAddress,
  type S3Address,
  type SftpAddress,
  type SourceAddress,
  type WebDavAddress,
} from './address.ts';
export {
  type BoxDetailsOptions,
  boxDetails,
  DETAIL_KINDS,
  type DetailKind,
} from './box/box-details.ts';
export { type BoxOriginOptions, type BoxPlace, boxOrigin } from './box/box-origin.ts';
export { type CarryDetailsOptions, carryDetails } from './carry/carry-details.ts';
export type {
  CollaborationDetails,
  CommentDetails,
  Details,
  DetailsSource,
  FolderSettings,
  MetadataDetails,
  Person,
  SharedLinkDetails,
  TaskDetails,
} from './details.ts';
export type { OpenOrigin } from './far-origin.ts';
export { type OriginOptions, openOrigin } from './open-origin.ts';
export { type MigrationRecord, openMigrationRecord } from './proof/migration-record.ts';
export type { Signed } from './proof/signed-file.ts';
export type { Verification } from './proof/verify-record.ts';
export { SourceError } from './source-error.ts';
export { UserMap, type UserPair } from './user-map.ts';
