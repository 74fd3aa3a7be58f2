import { bodyOf } from '../body.ts';
import type { BoxItem } from '../box-types.ts';
import { InputError } from '../errors.ts';
import type { BoxMetadata, MetadataValue, MetadataValues } from '../metadata-types.ts';
import { markerPages } from '../paging.ts';
import type { Send } from '../request.ts';
import { answerOf, page, pathOf } from './answers.ts';
import { type CallOptions, fieldsOf, type ListOptions } from './call-options.ts';

/** What carries metadata. */
export interface MetadataTarget {
  readonly type: 'file' | 'folder';
  readonly id: string;
}

/** Names a template. */
export interface TemplateName {
  /** `enterprise` is short for the user's own. @default 'enterprise' */
  readonly scope?: 'global' | 'enterprise' | `enterprise_${string}` | undefined;
  readonly templateKey: string;
}

/** One step of a change: a JSON Patch, with paths such as `/name`. */
export type MetadataOperation =
  | {
      readonly op: 'add' | 'replace' | 'test';
      readonly path: string;
      readonly value: MetadataValue;
    }
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'move' | 'copy'; readonly from: string; readonly path: string };

/** What items a query is for. */
export interface MetadataQuery {
  /** `enterprise_<id>.<templateKey>`. */
  readonly from: string;
  /** Where to look; `0`: everywhere. */
  readonly ancestorFolderId: string;
  /**
   * Such as `amount >= :least AND status = :status`; without it everything with the template.
   * @see https://developer.box.com/guides/metadata/queries/syntax/
   */
  readonly query?: string | undefined;
  /** The arguments of the query, by their names without the colon. */
  readonly params?: MetadataValues | undefined;
  /** All in one direction. */
  readonly orderBy?:
    | readonly { readonly fieldKey: string; readonly direction: 'ASC' | 'DESC' }[]
    | undefined;
}

/** Metadata on files and folders. */
export class Metadata {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Everything that an item carries; Box lists at most 100.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-files-id-metadata/
   * @example
   * ```ts
   * for (const instance of await client.metadata.list({ type: 'file', id: fileId })) {
   *   console.log(instance.$scope, instance.$template);
   * }
   * ```
   */
  async list(item: MetadataTarget, { signal }: CallOptions = {}): Promise<readonly BoxMetadata[]> {
    const { entries } = await answerOf(
      this.#send,
      { method: 'GET', path: pathOn(item), signal },
      page<BoxMetadata>,
    );
    return entries;
  }

  /**
   * What an item carries of a template.
   *
   * @throws {BoxApiError} `instance_not_found` (404)
   * @see https://developer.box.com/reference/get-files-id-metadata-id-id/
   * @example
   * ```ts
   * const file = { type: 'file', id: fileId } as const;
   * const properties = { scope: 'global', templateKey: 'properties' } as const;
   * await client.metadata.create(file, properties, { author: 'Ann' });
   * const { author, $version } = await client.metadata.get(file, properties);
   * console.log(author, $version);
   * ```
   */
  async get(
    item: MetadataTarget,
    template: TemplateName,
    { signal }: CallOptions = {},
  ): Promise<BoxMetadata> {
    const path = pathOn(item, template);
    return await answerOf(this.#send, { method: 'GET', path, signal }, instance);
  }

  /**
   * Applies a template to an item.
   *
   * @throws {BoxApiError} `tuple_already_exists` (409): it is there, use `update`; `instance_tuple_not_found` (404): no
   *   such template; `schema_validation_failed` (400)
   * @see https://developer.box.com/reference/post-files-id-metadata-id-id/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({
   *   ...invoice,
   *   displayName: 'Invoice',
   *   fields: [{ type: 'float', key: 'amount', displayName: 'Amount' }],
   * });
   * await client.metadata.create({ type: 'file', id: fileId }, invoice, { amount: 12.5 });
   * ```
   */
  async create(
    item: MetadataTarget,
    template: TemplateName,
    values: MetadataValues,
    { signal }: CallOptions = {},
  ): Promise<BoxMetadata> {
    const path = pathOn(item, template);
    return await answerOf(this.#send, { method: 'POST', path, json: values, signal }, instance);
  }

  /**
   * Changes what an item carries: all of the operations, or none. With a `test` among them nothing is overwritten that
   * somebody else changed meanwhile. It is not repeated when nobody can tell whether it was done.
   *
   * @throws {BoxApiError} `instance_not_found` (404); 400: an operation that cannot be, or a failing `test`
   * @see https://developer.box.com/reference/put-files-id-metadata-id-id/
   * @example
   * ```ts
   * const file = { type: 'file', id: fileId } as const;
   * const properties = { scope: 'global', templateKey: 'properties' } as const;
   * await client.metadata.create(file, properties, { author: 'Ann' });
   * await client.metadata.update(file, properties, [
   *   { op: 'test', path: '/author', value: 'Ann' },
   *   { op: 'replace', path: '/author', value: 'Paul' },
   *   { op: 'add', path: '/reader', value: 'Ann' },
   * ]);
   * ```
   */
  async update(
    item: MetadataTarget,
    template: TemplateName,
    operations: readonly MetadataOperation[],
    { signal }: CallOptions = {},
  ): Promise<BoxMetadata> {
    return await answerOf(
      this.#send,
      {
        method: 'PUT',
        path: pathOn(item, template),
        // Box takes no other type for it.
        body: bodyOf(JSON.stringify(operations)),
        contentType: 'application/json-patch+json',
        repeat: 'unsafe',
        signal,
      },
      instance,
    );
  }

  /**
   * Takes a template off an item.
   *
   * @throws {BoxApiError} `instance_not_found` (404)
   * @see https://developer.box.com/reference/delete-files-id-metadata-id-id/
   * @example
   * ```ts
   * const file = { type: 'file', id: fileId } as const;
   * const properties = { scope: 'global', templateKey: 'properties' } as const;
   * await client.metadata.create(file, properties, { author: 'Ann' });
   * await client.metadata.delete(file, properties);
   * ```
   */
  async delete(
    item: MetadataTarget,
    template: TemplateName,
    { signal }: CallOptions = {},
  ): Promise<void> {
    await this.#send({ method: 'DELETE', path: pathOn(item, template), signal });
  }

  /**
   * Files and folders by their metadata, page after page. Their metadata comes with `fields` such as
   * `metadata.enterprise_123.invoice`.
   *
   * @throws {BoxApiError} `invalid_query` or `unexpected_json_type` (400); `instance_not_found` (404): no such template
   * @see https://developer.box.com/reference/post-metadata-queries-execute-read/
   * @example
   * ```ts
   * const { scope } = await client.metadataTemplates.create({
   *   templateKey: 'invoice',
   *   displayName: 'Invoice',
   *   fields: [{ type: 'float', key: 'amount', displayName: 'Amount' }],
   * });
   * const expensive = client.metadata.query({
   *   from: `${scope}.invoice`,
   *   ancestorFolderId: '0',
   *   query: 'amount >= :least',
   *   params: { least: 1_000 },
   *   orderBy: [{ fieldKey: 'amount', direction: 'DESC' }],
   * });
   * for await (const { name } of expensive) console.log(name);
   * ```
   */
  query(
    { from, ancestorFolderId, query, params, orderBy }: MetadataQuery,
    { fields, pageSize = 100, signal }: ListOptions = {},
  ): AsyncIterable<BoxItem> {
    return markerPages<BoxItem>((marker) => {
      const json = {
        from,
        ancestor_folder_id: ancestorFolderId,
        query,
        query_params: params,
        order_by: orderBy?.map(({ fieldKey, direction }) => ({ field_key: fieldKey, direction })),
        fields: fieldsOf('item', fields),
        limit: Math.min(pageSize, 100),
        marker,
      };
      return answerOf(
        this.#send,
        { method: 'POST', path: '/metadata_queries/execute_read', json, repeat: 'safe', signal },
        page<BoxItem>,
      );
    });
  }
}

/** The path of a template in Box's addresses: `enterprise/invoice`. @throws {InputError} for what is none */
export function templatePath({ scope = 'enterprise', templateKey }: TemplateName): string {
  if (!/^\w+$/.test(scope)) throw new InputError(`"${scope}" is no scope of metadata`);
  if (!/^[\w-]+$/.test(templateKey)) {
    throw new InputError(`"${templateKey}" is no key of a metadata template`);
  }
  return `${scope}/${templateKey}`;
}

function pathOn({ type, id }: MetadataTarget, template?: TemplateName): string {
  const path = `${pathOf(`/${type}s`, id)}/metadata`;
  return template === undefined ? path : `${path}/${templatePath(template)}`;
}

function instance(data: unknown): BoxMetadata | undefined {
  const isInstance =
    typeof data === 'object' && data !== null && '$parent' in data && '$version' in data;
  return isInstance ? (data as BoxMetadata) : undefined;
}
