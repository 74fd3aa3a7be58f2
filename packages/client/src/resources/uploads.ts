import { type HashedBody, hashed, type RequestBody } from '../body.ts';
import type { BoxFile } from '../box-types.ts';
import type { Clock } from '../clock.ts';
import { BoxhaulError } from '../errors.ts';
import { multipartUpload } from '../multipart.ts';
import type { BoxRequest, Lookup, Send } from '../request.ts';
import { answerOf, pathOf, soleEntity } from './answers.ts';
import { boxTime, type ChangeOptions, type FieldsOptions, fieldsOf } from './call-options.ts';
import { lookUpNewFile, lookUpNewVersion } from './lost-uploads.ts';

/** What a new version of a file is made of. */
export interface NewVersion {
  readonly body: RequestBody;
  /** Of the body, lower-case hex. Where it is not given it is taken while the body is sent. */
  readonly sha1?: string | undefined;
  /** Renames the file. */
  readonly name?: string | undefined;
  /** The file's own time. Box keeps whole seconds. @default the time of the upload */
  readonly contentModifiedAt?: Date | string | undefined;
}

/** What a new file is made of. */
export interface NewFile extends NewVersion {
  readonly name: string;
  /** The folder that it goes to; `0` is the root. */
  readonly parentId: string;
  /** @default the time of the upload */
  readonly contentCreatedAt?: Date | string | undefined;
  readonly description?: string | undefined;
}

/** How an upload is watched. */
export interface UploadProgress {
  /**
   * Called as the file's bytes are handed to the network, with how many have been. Begins anew when the upload
   * is repeated.
   */
  readonly onProgress?: ((sentBytes: number) => void) | undefined;
}

/** Where an upload goes. */
interface Destination {
  readonly path: string;
  readonly ifMatch?: string | undefined;
  /** Finds out whether the content arrived, when the answer was lost. */
  readonly lookup: (content: HashedBody) => Lookup;
}

/** Sends a new file; see `Files.upload`. */
export async function uploadFile(
  send: Send,
  clock: Clock,
  file: NewFile,
  options: FieldsOptions & UploadProgress = {},
): Promise<BoxFile> {
  const { name, parentId, contentCreatedAt, description } = file;
  const attributes = {
    name,
    parent: { id: parentId },
    content_created_at: boxTime(contentCreatedAt),
    description,
  };
  const destination: Destination = {
    path: '/files/content',
    lookup: (content) => lookUpNewFile(send, clock, { name, parentId }, content, options),
  };
  return await sendForm(send, file, attributes, destination, options);
}

/** Sends a new version of a file; see `Files.uploadVersion`. */
export async function uploadVersion(
  send: Send,
  clock: Clock,
  fileId: string,
  version: NewVersion,
  { ifMatch, ...options }: ChangeOptions & UploadProgress = {},
): Promise<BoxFile> {
  const destination: Destination = {
    path: `${pathOf('/files', fileId)}/content`,
    ifMatch,
    lookup: (content) => lookUpNewVersion(send, clock, fileId, content, options),
  };
  return await sendForm(send, version, { name: version.name }, destination, options);
}

async function sendForm(
  send: Send,
  { body, sha1, contentModifiedAt }: NewVersion,
  attributes: object,
  { path, ifMatch, lookup }: Destination,
  { fields, signal, onProgress }: FieldsOptions & UploadProgress,
): Promise<BoxFile> {
  const content = sha1 === undefined ? hashed(body) : withSha1(body, sha1);
  const content_modified_at = boxTime(contentModifiedAt);
  const form = multipartUpload({ ...attributes, content_modified_at }, content);
  const request: BoxRequest = {
    method: 'POST',
    host: 'upload',
    path,
    query: { fields: fieldsOf('file', fields) },
    // SHA-1 in hex, whatever the header's name says; Box refuses other contents with `bad_digest`.
    headers: { 'content-md5': content.sha1(), 'if-match': ifMatch },
    body: form,
    contentType: form.contentType,
    lookup: lookup(content),
    onProgress: onProgress && ((formBytes) => onProgress(form.fileBytesIn(formBytes))),
    signal,
  };
  const uploaded = await answerOf<BoxFile>(send, request, soleEntity('file'));
  return holding(uploaded, content.sha1());
}

/**
 * The file, if it holds what was sent.
 *
 * @throws {BoxhaulError} `sha1_mismatch`, with the `fileId` of what Box holds
 */
export function holding(file: BoxFile, sentSha1: string | undefined): BoxFile {
  if (file.sha1 === sentSha1) return file;
  const error = new BoxhaulError(
    `Box holds other bytes than were sent as ${file.name} (file ${file.id}): ` +
      `their SHA-1 is ${file.sha1} instead of ${sentSha1}`,
    { code: 'sha1_mismatch', recovery: 'restart' },
  );
  throw Object.assign(error, { fileId: file.id });
}

function withSha1(body: RequestBody, sha1: string): HashedBody {
  return {
    sizeBytes: body.sizeBytes,
    ...(body.bytes && { bytes: body.bytes }),
    sha1: () => sha1,
    open: () => body.open(),
  };
}
