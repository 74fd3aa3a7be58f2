import type { BoxFile } from '@boxhaul/client';
import type { TransferFailure } from '../reason.ts';

/** What an upload knows of its name in Box. */
export interface NameInBox {
  /** What has the name. */
  readonly occupant?: {
    type: 'file' | 'folder' | 'web_link';
    id: string;
    name: string;
    etag?: string | null;
    size?: number;
    sha1?: string;
    /** Where a web link leads. */
    url?: string;
    /** Its version and time, if nothing else of it would come along with a copy. */
    copyable?: { versionId: string; contentModifiedAt: string } | undefined;
  };
  /** Files that earlier runs left waiting for the name. */
  readonly unfinished: readonly BoxFile[];
  /**
   * Why the occupant may only be found to be the same as what is here: somebody changed it during this run, or there
   * are two.
   */
  readonly changed?: TransferFailure;
}

/** What a listing says of a name, as far as uploading cares. */
export function nameInBox(
  occupant: NameInBox['occupant'],
  unfinished: readonly BoxFile[],
): NameInBox {
  if (!occupant) return { unfinished };
  const { type, id, name, etag, size, sha1, url, copyable } = occupant;
  return {
    unfinished,
    occupant: {
      type,
      id,
      name,
      ...(etag !== undefined && { etag }),
      ...(size !== undefined && { size }),
      ...(sha1 !== undefined && { sha1 }),
      ...(url !== undefined && { url }),
      ...(copyable && { copyable }),
    },
  };
}
