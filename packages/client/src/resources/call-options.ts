/** What every call takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

/** What calls take whose answer can hold more or less. */
export interface FieldsOptions extends CallOptions {
  /**
   * The fields to answer with, instead of the standard ones; those of the mini form always come too.
   * @see https://developer.box.com/guides/api-calls/request-extra-fields/
   */
  readonly fields?: readonly string[] | undefined;
}

/** What calls take that list items. */
export interface ListOptions extends FieldsOptions {
  /** Items a call, at most 1000. @default 1000 */
  readonly pageSize?: number;
}

/** What calls take that change something. */
export interface ChangeOptions extends FieldsOptions {
  /**
   * The etag that the item must still have; Box refuses with `precondition_failed` (412) if it has changed since.
   * @see https://developer.box.com/guides/api-calls/ensure-consistency/
   */
  readonly ifMatch?: string | undefined;
}

const MINI = {
  user: ['type', 'id', 'name', 'login'],
  file: ['type', 'id', 'sequence_id', 'etag', 'name', 'sha1', 'file_version'],
  folder: ['type', 'id', 'sequence_id', 'etag', 'name'],
  item: ['type', 'id', 'sequence_id', 'etag', 'name', 'sha1', 'file_version', 'url'],
  web_link: ['type', 'id', 'sequence_id', 'etag', 'name', 'url'],
  file_version: ['type', 'id', 'sha1'],
  comment: ['type', 'id'],
  collaboration: ['type', 'id'],
  group: ['type', 'id', 'name', 'group_type'],
  group_membership: ['type', 'id'],
  invite: ['type', 'id'],
} as const;

/**
 * The value of the `fields` parameter: what was asked for and the mini form, so that what the types call
 * required is there. Undefined, for Box's standard form, when nothing was asked for.
 */
export function fieldsOf(
  kind: keyof typeof MINI,
  fields: readonly string[] | undefined,
): readonly string[] | undefined {
  return fields && [...new Set([...MINI[kind], ...fields])];
}

/**
 * A time for Box: RFC 3339 to the second, text as it is. Box keeps nothing before 1970; earlier times are sent
 * as its first second. Undefined stays undefined, which JSON leaves out.
 */
export function boxTime(time: Date | string | undefined): string | undefined {
  if (typeof time !== 'object') return time;
  return new Date(Math.max(0, time.getTime())).toISOString().replace(/\.\d+Z$/, '+00:00');
}

/** In what order folders give their items: folders first, then files, then web links. */
export interface ItemOrder {
  /** The root folder knows only `name`. @default 'name' */
  readonly sort?: 'id' | 'name' | 'date' | 'size' | undefined;
  /** @default 'ASC' */
  readonly direction?: 'ASC' | 'DESC' | undefined;
}
