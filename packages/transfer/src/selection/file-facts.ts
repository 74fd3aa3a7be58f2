/** What a selection can know of a file. */
import type { BoxFile } from '@boxhaul/client';

/** What is known once a file was looked at; what is absent here does not exist, such as the owner of a local file. */
export interface FileFacts {
  readonly sizeBytes: number;
  /** When the contents were last changed, and when they came to be. */
  readonly modifiedMs?: number;
  readonly createdMs?: number;
  /** The address that the owner signs in with. */
  readonly owner?: string;
  /** Values of metadata by `<scope>.<template>`; the scope of the own enterprise is `enterprise`. */
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** A file's path below the job's root and, once it was looked at, the rest. */
export interface KnownFile {
  readonly path: string;
  readonly facts?: FileFacts;
}

/** The facts in what Box lists, as far as they were asked for. */
export function factsOfBoxFile(file: BoxFile, enterpriseId?: string): FileFacts {
  const modifiedMs = timeOf(file.content_modified_at);
  const createdMs = timeOf(file.content_created_at);
  const owner = file.owned_by?.login;
  return {
    sizeBytes: file.size ?? 0,
    ...(modifiedMs !== undefined && { modifiedMs }),
    ...(createdMs !== undefined && { createdMs }),
    ...(owner !== undefined && { owner }),
    ...(file.metadata && { metadata: byTemplate(file.metadata, enterpriseId) }),
  };
}

function timeOf(time: string | null | undefined): number | undefined {
  const ms = Date.parse(time ?? '');
  return Number.isNaN(ms) ? undefined : ms;
}

function byTemplate(
  metadata: NonNullable<BoxFile['metadata']>,
  enterpriseId: string | undefined,
): NonNullable<FileFacts['metadata']> {
  const own = enterpriseId === undefined ? undefined : `enterprise_${enterpriseId}`;
  const found: Record<string, Readonly<Record<string, unknown>>> = {};
  for (const [scope, templates] of Object.entries(metadata)) {
    for (const [template, values] of Object.entries(templates)) {
      found[`${scope}.${template}`] = values;
      if (scope === own) found[`enterprise.${template}`] = values;
    }
  }
  return found;
}
