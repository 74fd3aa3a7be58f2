import { InputError } from '../errors.ts';
import type { BoxCascadePolicy } from '../metadata-types.ts';
import { markerPages } from '../paging.ts';
import type { Send } from '../request.ts';
import { answerOf, entity, page } from './answers.ts';
import type { CallOptions } from './call-options.ts';
import type { TemplateName } from './metadata.ts';

const policy = entity<BoxCascadePolicy>('metadata_cascade_policy');

/** Policies by which folders hand their metadata down to what comes into them. */
export class CascadePolicies {
  readonly #send: Send;

  constructor(send: Send) {
    this.#send = send;
  }

  /**
   * Lets a folder hand down what it carries of a template.
   *
   * @throws {BoxApiError} `tuple_already_exists` (409); 404: no such folder or template; 403: the root folder
   * @see https://developer.box.com/reference/post-metadata-cascade-policies/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({ ...invoice, displayName: 'Invoice' });
   * const policy = await client.cascadePolicies.create(folderId, invoice);
   * console.log(policy.id);
   * ```
   */
  async create(
    folderId: string,
    { scope = 'enterprise', templateKey }: TemplateName,
    { signal }: CallOptions = {},
  ): Promise<BoxCascadePolicy> {
    const json = { folder_id: folderId, scope, templateKey };
    const path = '/metadata_cascade_policies';
    return await answerOf(this.#send, { method: 'POST', path, json, signal }, policy);
  }

  /**
   * One policy.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/get-metadata-cascade-policies-id/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({ ...invoice, displayName: 'Invoice' });
   * const policy = await client.cascadePolicies.create(folderId, invoice);
   * console.log((await client.cascadePolicies.get(policy.id)).templateKey);
   * ```
   */
  async get(id: string, { signal }: CallOptions = {}): Promise<BoxCascadePolicy> {
    return await answerOf(this.#send, { method: 'GET', path: policyPath(id), signal }, policy);
  }

  /**
   * The policies of a folder, page after page.
   *
   * @throws {BoxApiError} `not_found` (404), at the first step of the loop
   * @see https://developer.box.com/reference/get-metadata-cascade-policies/
   * @example
   * ```ts
   * for await (const { id, templateKey } of client.cascadePolicies.list(folderId)) {
   *   console.log(id, templateKey);
   * }
   * ```
   */
  list(
    folderId: string,
    {
      enterpriseId,
      signal,
    }: CallOptions & {
      /** Those of another enterprise. @default the user's own */
      readonly enterpriseId?: string | undefined;
    } = {},
  ): AsyncIterable<BoxCascadePolicy> {
    const path = '/metadata_cascade_policies';
    return markerPages<BoxCascadePolicy>((marker) => {
      const query = { folder_id: folderId, owner_enterprise_id: enterpriseId, marker };
      return answerOf(this.#send, { method: 'GET', path, query, signal }, page<BoxCascadePolicy>);
    });
  }

  /**
   * Hands down to what is in the folder already. Box does it later, and tells nobody when it is done.
   *
   * @param conflictResolution `none`: what an item carries of the template stays; `overwrite`: it does not
   * @throws {BoxApiError} 404: no such policy, or the folder carries nothing of the template
   * @see https://developer.box.com/reference/post-metadata-cascade-policies-id-apply/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({ ...invoice, displayName: 'Invoice' });
   * const policy = await client.cascadePolicies.create(folderId, invoice);
   * await client.metadata.create({ type: 'folder', id: folderId }, invoice, {});
   * await client.cascadePolicies.apply(policy.id, 'none');
   * ```
   */
  async apply(
    id: string,
    conflictResolution: 'none' | 'overwrite',
    { signal }: CallOptions = {},
  ): Promise<void> {
    await this.#send({
      method: 'POST',
      path: `${policyPath(id)}/apply`,
      json: { conflict_resolution: conflictResolution },
      repeat: 'safe',
      signal,
    });
  }

  /**
   * Ends a policy; what was handed down stays.
   *
   * @throws {BoxApiError} `not_found` (404)
   * @see https://developer.box.com/reference/delete-metadata-cascade-policies-id/
   * @example
   * ```ts
   * const invoice = { templateKey: 'invoice' };
   * await client.metadataTemplates.create({ ...invoice, displayName: 'Invoice' });
   * const policy = await client.cascadePolicies.create(folderId, invoice);
   * await client.cascadePolicies.delete(policy.id);
   * ```
   */
  async delete(id: string, { signal }: CallOptions = {}): Promise<void> {
    await this.#send({ method: 'DELETE', path: policyPath(id), signal });
  }
}

function policyPath(id: string): string {
  if (!/^[\w-]+$/.test(id)) throw new InputError(`"${id}" is no id that Box could have given`);
  return `/metadata_cascade_policies/${id}`;
}
