/** A file in Box, as a download needs to know it. */
import type { BoxFile } from '@boxhaul/client';
import { TransferFailure } from '../reason.ts';
import type { Held } from '../state/seals.ts';

/** What has to be known of a file in Box to fetch it and to know that it was fetched. */
export interface FileInBox {
  readonly id: string;
  readonly sizeBytes: number;
  readonly sha1: string;
  readonly versionId?: string;
  readonly modifiedAt?: Date;
  /** What is in it, where it is sealed and that is known. */
  readonly holds?: Held;
}

/** What Box has to say about a file for that. */
export const FETCHED_FIELDS = ['name', 'size', 'sha1', 'file_version', 'content_modified_at'];

/** @throws {TransferFailure} Box did not say what has to be known */
export function fileInBox(file: BoxFile): FileInBox {
  const { id, size, sha1 } = file;
  if (size === undefined || !/^[0-9a-f]{40}$/.test(sha1)) {
    throw new TransferFailure('box-error', 'Box did not say its size and SHA-1');
  }
  const modifiedAt = new Date(file.content_modified_at ?? Number.NaN);
  return {
    id,
    sizeBytes: size,
    sha1,
    ...(file.file_version && { versionId: file.file_version.id }),
    ...(!Number.isNaN(modifiedAt.getTime()) && { modifiedAt }),
  };
}
