import { bodyOf } from '../body.ts';
import type { BoxMetadataField, BoxMetadataTemplate } from '../metadata-types.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page } from './answers.ts';
import type { CallOptions, ListOptions } from './call-options.ts';
import { markerList } from './lists.ts';
import { type TemplateName, templatePath } from './metadata.ts';

/** What makes a template of the user's enterprise. */
export interface NewMetadataTemplate {
  readonly displayName: string;
  /** @default made by Box from the name */
  readonly templateKey?: string | undefined;
  readonly hidden?: boolean | undefined;
  /** Whether copies of an item get what it carries. @default false */
  readonly copyInstanceOnItemCopy?: boolean | undefined;
  readonly fields?: readonly BoxMetadataField[] | undefined;
}

/**
 * One step of a change to a template, such as `{ op: 'addField', data: { type: 'string', key: 'a', displayName: 'A' } }`.
 *
 * @see https://developer.box.com/reference/put-metadata-templates-id-id-schema/
 */
export interface TemplateOperation {
  readonly op:
    | 'editTemplate'
    | 'addField'
    | 'editField'
    | 'removeField'
    | 'reorderFields'
    | 'addEnumOption'
    | 'editEnumOption'
    | 'removeEnumOption'
    | 'reorderEnumOptions'
    | 'addMultiSelectOption'
    | 'editMultiSelectOption'
    | 'removeMultiSelectOption'
    | 'reorderMultiSelectOptions';
  readonly data?: Readonly<Record<string, unknown>> | undefined;
  readonly fieldKey?: string | undefined;
  readonly fieldKeys?: readonly string[] | undefined;
  readonly enumOptionKey?: string | undefined;
  readonly enumOptionKeys?: readonly string[] | undefined;
  readonly multiSelectOptionKey?: string | undefined;
  readonly multiSelectOptionKeys?: readonly string[] | undefined;
}

const template = entity<BoxMetadataTemplate>('metadata_template');

/** What metadata may hold. Templates of an enterprise are made and changed by its admins. */
export class MetadataTemplates {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Makes a template of the user's enterprise.
   *
   * @throws {BoxApiError} 400: what cannot be; 403: the user is no admin
   * @see https://developer.box.com/reference/post-metadata-templates-schema/
   * @example
   * ```ts
   * const template = await client.metadataTemplates.create({
   *   displayName: 'Invoice',
   *   templateKey: 'invoice',
   *   fields: [
   *     { type: 'float', key: 'amount', displayName: 'Amount' },
   *     { type: 'date', key: 'due', displayName: 'Due' },
   *     { type: 'enum', key: 'state', displayName: 'State', options: [{ key: 'open' }, { key: 'paid' }] },
   *   ],
   * });
   * console.log(template.scope, template.templateKey);
   * ```
   */
  async create(
    wish: NewMetadataTemplate,
    { signal }: CallOptions = {},
  ): Promise<BoxMetadataTemplate> {
    const json = { scope: 'enterprise', ...wish };
    const path = '/metadata_templates/schema';
    return await answerOf(this.#send, { method: 'POST', path, json, signal }, template);
  }

  /**
   * A template by its name, or by its id.
   *
   * @throws {BoxApiError} 404 for an unknown name; 400 for an unknown id
   * @see https://developer.box.com/reference/get-metadata-templates-id-id-schema/
   * @example
   * ```ts
   * const properties = { scope: 'global', templateKey: 'properties' } as const;
   * const template = await client.metadataTemplates.get(properties);
   * console.log(template.id, template.displayName);
   * ```
   */
  async get(
    which: TemplateName | { readonly id: string },
    { signal }: CallOptions = {},
  ): Promise<BoxMetadataTemplate> {
    const path =
      'id' in which
        ? `/metadata_templates/${encodeURIComponent(which.id)}`
        : `/metadata_templates/${templatePath(which)}/schema`;
    return await answerOf(this.#send, { method: 'GET', path, signal }, template);
  }

  /**
   * The template of which an item carries something, by the `$id` of that; undefined if there is none.
   *
   * @see https://developer.box.com/reference/get-metadata-templates/
   * @example
   * ```ts
   * for (const instance of await client.metadata.list({ type: 'file', id: fileId })) {
   *   const template = await client.metadataTemplates.getByInstance(instance.$id ?? '');
   *   console.log(template?.displayName, template?.fields?.length);
   * }
   * ```
   */
  async getByInstance(
    instanceId: string,
    { signal }: CallOptions = {},
  ): Promise<BoxMetadataTemplate | undefined> {
    const query = { metadata_instance_id: instanceId };
    const request = { method: 'GET', path: '/metadata_templates', query, signal } as const;
    return (await answerOf(this.#send, request, page<BoxMetadataTemplate>)).entries[0];
  }

  /**
   * The templates of all Box, or of the user's enterprise, page after page.
   *
   * @throws {BoxApiError} Box refused, at the first step of the loop
   * @see https://developer.box.com/reference/get-metadata-templates-enterprise/
   * @example
   * ```ts
   * for await (const { templateKey, displayName } of client.metadataTemplates.list()) {
   *   console.log(templateKey, displayName);
   * }
   * ```
   */
  list(
    scope: 'global' | 'enterprise' = 'enterprise',
    options: Omit<ListOptions, 'fields'> = {},
  ): AsyncIterable<BoxMetadataTemplate> {
    return markerList(this.#send, `/metadata_templates/${scope}`, {}, options);
  }

  /**
   * Changes a template: all of the operations, or none. What items carry follows fields and options that get another
   * key, and loses those that are removed.
   *
   * @throws {BoxApiError} 400: an operation that cannot be; 403: the user is no admin; 404
   * @see https://developer.box.com/reference/put-metadata-templates-id-id-schema/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({
   *   ...invoice,
   *   displayName: 'Invoice',
   *   fields: [{ type: 'float', key: 'amount', displayName: 'Amount' }],
   * });
   * await client.metadataTemplates.update(invoice, [
   *   { op: 'addField', data: { type: 'date', key: 'due', displayName: 'Due' } },
   *   { op: 'editTemplate', data: { displayName: 'Bill' } },
   * ]);
   * ```
   */
  async update(
    which: TemplateName,
    operations: readonly TemplateOperation[],
    { signal }: CallOptions = {},
  ): Promise<BoxMetadataTemplate> {
    return await answerOf(
      this.#send,
      {
        method: 'PUT',
        path: `/metadata_templates/${templatePath(which)}/schema`,
        body: bodyOf(JSON.stringify(operations)),
        contentType: 'application/json-patch+json',
        repeat: 'unsafe',
        signal,
      },
      template,
    );
  }

  /**
   * Deletes a template for good, and all that items carry of it.
   *
   * @throws {BoxApiError} 403: the user is no admin; 400 or 404: there is none
   * @see https://developer.box.com/reference/delete-metadata-templates-id-id-schema/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({ ...invoice, displayName: 'Invoice' });
   * await client.metadataTemplates.delete(invoice);
   * ```
   */
  async delete(which: TemplateName, { signal }: CallOptions = {}): Promise<void> {
    const path = `/metadata_templates/${templatePath(which)}/schema`;
    await this.#send({ method: 'DELETE', path, signal });
  }
}
