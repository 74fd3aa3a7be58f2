/** A file whose times are told by somebody who knows better than the place where it lies. */
import type { Source } from '@boxhaul/transfer';

/** @returns the same file, with these times; it is closed instead of the other */
export function withTimes(
  source: Source,
  { modifiedMs, createdMs }: { readonly modifiedMs?: number; readonly createdMs?: number },
): Source {
  const { key, fingerprint, isSettled, sizeBytes, sha1, isFar, mayBeCut } = source;
  const modifiedAt = modifiedMs === undefined ? source.contentModifiedAt : boxTime(modifiedMs);
  const createdAt =
    createdMs === undefined
      ? modifiedMs === undefined
        ? source.contentCreatedAt
        : modifiedAt
      : boxTime(createdMs);
  return {
    key,
    fingerprint,
    isSettled,
    sizeBytes,
    ...(sha1 !== undefined && { sha1 }),
    ...(isFar !== undefined && { isFar }),
    ...(mayBeCut && { mayBeCut }),
    ...(modifiedAt !== undefined && { contentModifiedAt: modifiedAt }),
    ...(createdAt !== undefined && { contentCreatedAt: createdAt }),
    read: () => source.read(),
    readWhole: () => source.readWhole(),
    readInto: (target, offset) => source.readInto(target, offset),
    assertUnchanged: () => source.assertUnchanged(),
    close: () => source.close(),
  };
}

/** As Box takes times; it has none before 1970. */
export function boxTime(ms: number): string | undefined {
  return ms < 0 ? undefined : `${new Date(ms).toISOString().slice(0, 19)}+00:00`;
}
