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
export type {
  CollaborationDetails,
  CommentDetails,
  Details,
  DetailsSource,
  MetadataDetails,
  Person,
  SharedLinkDetails,
  TaskDetails,
} from './details.ts';
export { SourceError } from './source-error.ts';
