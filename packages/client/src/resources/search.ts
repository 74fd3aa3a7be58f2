import type { BoxItem, BoxSearchResult } from '../box-types.ts';
import { InputError } from '../errors.ts';
import type { QueryValue, Send } from '../request.ts';
import { boxTime, fieldsOf, type ListOptions } from './call-options.ts';
import { offsetList } from './lists.ts';
import type { TemplateName } from './metadata.ts';

/** From one time to another, both included; without one it is open on that side. */
export interface TimeRange {
  readonly from?: Date | string | undefined;
  readonly to?: Date | string | undefined;
}

/** What metadata must hold. @see https://developer.box.com/guides/search/filters/metadata/ */
export interface MetadataFilter extends TemplateName {
  /** By keys of fields: a value, any of several, or a range with both its ends. */
  readonly filters: Readonly<
    Record<
      string,
      | string
      | number
      | readonly string[]
      | { readonly gt?: string | number; readonly lt?: string | number }
    >
  >;
}

/** What to search for: words, metadata, or both; everything else narrows it. */
export interface SearchQuery {
  /** Words; `AND`, `OR`, `NOT` in capitals, and quotes around words that follow each other. */
  readonly query?: string | undefined;
  readonly metadata?: MetadataFilter | undefined;
  readonly type?: BoxItem['type'] | undefined;
  readonly ancestorFolderIds?: readonly string[] | undefined;
  /** Without the dot. */
  readonly fileExtensions?: readonly string[] | undefined;
  /** Where to look for words. @default everywhere */
  readonly contentTypes?:
    | readonly ('name' | 'description' | 'file_content' | 'comments' | 'tags')[]
    | undefined;
  readonly createdAt?: TimeRange | undefined;
  readonly updatedAt?: TimeRange | undefined;
  readonly deletedAt?: TimeRange | undefined;
  readonly sizeBytes?: { readonly least?: number; readonly most?: number } | undefined;
  readonly ownerUserIds?: readonly string[] | undefined;
  readonly recentUpdaterUserIds?: readonly string[] | undefined;
  readonly deletedUserIds?: readonly string[] | undefined;
  /** @default 'non_trashed_only' */
  readonly trashContent?: 'non_trashed_only' | 'trashed_only' | 'all_items' | undefined;
  /** `enterprise_content`: of everyone in the enterprise; Box's support allows it. @default 'user_content' */
  readonly scope?: 'user_content' | 'enterprise_content' | undefined;
  /** @default 'relevance' */
  readonly sort?: 'relevance' | 'modified_at' | undefined;
  /** Goes with `modified_at`. @default 'DESC' */
  readonly direction?: 'ASC' | 'DESC' | undefined;
}

/** Box gives no more at a time. */
const mostEntries = 200;

/** Search in everything that a user sees. */
export class Search {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * What is found, best first, page after page. Box knows new things only after some minutes, and gives only the first
   * 10,000: narrow the search to see others.
   *
   * @throws {InputError} neither words nor metadata to search for
   * @throws {BoxApiError} `not_found` (404): a folder that the user does not see; `invalid_offset` (400): more than Box
   *   gives; 403: `enterprise_content` without the permission
   * @see https://developer.box.com/reference/get-search/
   * @example
   * ```ts
   * const aWeekAgo = new Date(Date.now() - 7 * 86_400_000);
   * const found = client.search.items({
   *   query: 'report AND well',
   *   type: 'file',
   *   ancestorFolderIds: [folderId],
   *   fileExtensions: ['txt', 'pdf'],
   *   updatedAt: { from: aWeekAgo },
   *   sizeBytes: { most: 1_000_000 },
   * });
   * for await (const { id, name } of found) console.log(id, name);
   * ```
   */
  items(search: SearchQuery, options: ListOptions = {}): AsyncIterable<BoxItem> {
    return this.#list(search, {}, options);
  }

  /**
   * As `items`, and also what this user has lately seen through shared links; each with the link by which it can be
   * opened, if it needs one.
   *
   * @throws as `items`
   * @see https://developer.box.com/reference/get-search/
   * @example
   * ```ts
   * for await (const found of client.search.results({ query: 'report' })) {
   *   console.log(found.item.name, found.accessible_via_shared_link ?? 'one’s own');
   * }
   * ```
   */
  results(search: SearchQuery, options: ListOptions = {}): AsyncIterable<BoxSearchResult> {
    return this.#list(search, { include_recent_shared_links: true }, options);
  }

  #list<T>(
    search: SearchQuery,
    more: Readonly<Record<string, QueryValue>>,
    { fields, pageSize = mostEntries, signal }: ListOptions,
  ): AsyncIterable<T> {
    if (!search.query?.trim() && search.metadata === undefined) {
      throw new InputError('a search needs words or metadata to search for');
    }
    const query = { ...parametersOf(search), ...more, fields: fieldsOf('item', fields) };
    const options = { pageSize: Math.min(pageSize, mostEntries), signal };
    return offsetList<T>(this.#send, '/search', query, options);
  }
}

function parametersOf(search: SearchQuery): Readonly<Record<string, QueryValue>> {
  const { metadata, sizeBytes } = search;
  return {
    query: search.query,
    mdfilters: metadata && JSON.stringify([{ scope: 'enterprise', ...metadata }]),
    type: search.type,
    ancestor_folder_ids: search.ancestorFolderIds,
    file_extensions: search.fileExtensions,
    content_types: search.contentTypes,
    created_at_range: rangeOf(search.createdAt),
    updated_at_range: rangeOf(search.updatedAt),
    deleted_at_range: rangeOf(search.deletedAt),
    size_range: between(sizeBytes?.least, sizeBytes?.most),
    owner_user_ids: search.ownerUserIds,
    recent_updater_user_ids: search.recentUpdaterUserIds,
    deleted_user_ids: search.deletedUserIds,
    trash_content: search.trashContent,
    scope: search.scope,
    sort: search.sort,
    direction: search.direction,
  };
}

function rangeOf(range: TimeRange | undefined): string | undefined {
  return between(boxTime(range?.from), boxTime(range?.to));
}

/** A range that is open on both sides narrows nothing, and Box would refuse it. */
function between(
  from: string | number | undefined,
  to: string | number | undefined,
): string | undefined {
  return from === undefined && to === undefined ? undefined : `${from ?? ''},${to ?? ''}`;
}
