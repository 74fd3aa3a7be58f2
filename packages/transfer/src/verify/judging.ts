/** What one file in Box is beside the one that ought to be there. Pure. */

import { type Reason, reason } from '../reason.ts';
import type { Listing } from '../upload/box-folder.ts';

/** What has the name in Box. */
export type Occupant = NonNullable<ReturnType<Listing['find']>>;

/** A file as it ought to be. */
export interface Expected {
  readonly name: string;
  readonly sizeBytes: number;
  /** Absent while nobody had to know. */
  readonly sha1?: string;
}

export type Judgement =
  /** Work out the SHA-1 and ask again. */
  { readonly is: 'unknown' } | { readonly is: 'same' | 'wrong'; readonly reason: Reason };

export function judge({ name, sizeBytes, sha1 }: Expected, occupant: Occupant): Judgement {
  if (occupant.type !== 'file') return wrong(inTheWay(occupant, 'file'));
  const { size, sha1: sha1InBox } = occupant;
  if (size !== undefined && size !== sizeBytes) {
    return wrong(reason('different', `it has ${bytes(sizeBytes)}, and ${bytes(size)} in Box`));
  }
  if (sha1 === undefined) return { is: 'unknown' };
  if (sha1InBox === undefined) return wrong(reason('box-error', 'Box did not say its SHA-1'));
  if (sha1 !== sha1InBox) {
    return wrong(reason('different', 'it has other contents in Box, as many bytes'));
  }
  if (occupant.name !== name) return wrong(namedOtherwise(occupant.name));
  return { is: 'same', reason: reason('same', 'same contents') };
}

/** Something of another kind stands there. */
export function inTheWay({ type, id }: Occupant, wanted: 'file' | 'folder'): Reason {
  const what = type.replace('_', ' ');
  return reason('in-the-way', `in Box a ${what} (id ${id}) stands where this ${wanted} should be`);
}

export function namedOtherwise(nameInBox: string): Reason {
  return reason('named-otherwise', `it is called "${nameInBox}" in Box`);
}

function bytes(count: number): string {
  return count === 1 ? '1 byte' : `${count} bytes`;
}

function wrong(why: Reason): Judgement {
  return { is: 'wrong', reason: why };
}
