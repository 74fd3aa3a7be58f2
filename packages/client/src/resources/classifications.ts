import { isBoxError } from '../errors.ts';
import type { BoxMetadataOption } from '../metadata-types.ts';
import type { Send } from '../request.ts';
import type { CallOptions } from './call-options.ts';
import { Metadata, type MetadataTarget } from './metadata.ts';
import { MetadataTemplates } from './metadata-templates.ts';

const template = { templateKey: 'securityClassification-6VMVochwUWo' } as const;
const field = 'Box__Security__Classification__Key';

/**
 * Security classifications of files and folders. What there is to choose from is one of the enterprise's
 * templates, which `metadataTemplates` changes.
 *
 * @see https://developer.box.com/guides/metadata/classifications/
 */
export class Classifications {
  readonly #metadata: Metadata;
  readonly #templates: MetadataTemplates;

  constructor(send: Send) {
    this.#metadata = new Metadata(send);
    this.#templates = new MetadataTemplates(send);
  }

  /**
   * What an enterprise has to choose from; nothing where it has no classifications.
   *
   * @throws {BoxApiError} Box refused for any other reason
   * @see https://developer.box.com/reference/get-metadata-templates-enterprise-securityClassification-6VMVochwUWo-schema/
   * @example
   * ```ts
   * for (const { key, staticConfig } of await client.classifications.list()) {
   *   console.log(key, staticConfig?.classification?.classificationDefinition);
   * }
   * ```
   */
  async list(options: CallOptions = {}): Promise<readonly BoxMetadataOption[]> {
    try {
      const { fields = [] } = await this.#templates.get(template, options);
      return fields.find(({ key }) => key === field)?.options ?? [];
    } catch (error) {
      if (isBoxError(error) && error.status === 404) return [];
      throw error;
    }
  }

  /**
   * How an item is classified; undefined: not at all.
   *
   * @throws {BoxApiError} `not_found` (404): no such item
   * @see https://developer.box.com/reference/get-files-id-metadata-enterprise-securityClassification-6VMVochwUWo/
   * @example
   * ```ts
   * const name = await client.classifications.get({ type: 'file', id: fileId });
   * console.log(name ?? 'not classified');
   * ```
   */
  async get(item: MetadataTarget, options: CallOptions = {}): Promise<string | undefined> {
    try {
      const name = (await this.#metadata.get(item, template, options))[field];
      return typeof name === 'string' ? name : undefined;
    } catch (error) {
      if (isBoxError(error, 'instance_not_found')) return undefined;
      throw error;
    }
  }

  /**
   * Classifies an item, whether it is classified already or not.
   *
   * @throws {BoxApiError} `schema_validation_failed` (400): no such classification
   * @see https://developer.box.com/reference/post-files-id-metadata-enterprise-securityClassification-6VMVochwUWo/
   * @example
   * ```ts
   * // an enterprise that has no classifications yet
   * await client.metadataTemplates.create({
   *   displayName: 'Classification',
   *   templateKey: 'securityClassification-6VMVochwUWo',
   *   fields: [
   *     {
   *       type: 'enum',
   *       key: 'Box__Security__Classification__Key',
   *       displayName: 'Classification',
   *       options: [{ key: 'Secret' }, { key: 'Open' }],
   *     },
   *   ],
   * });
   *
   * await client.classifications.set({ type: 'file', id: fileId }, 'Secret');
   * ```
   */
  async set(item: MetadataTarget, name: string, options: CallOptions = {}): Promise<void> {
    try {
      await this.#metadata.create(item, template, { [field]: name }, options);
    } catch (error) {
      if (!isBoxError(error, 'tuple_already_exists')) throw error;
      const change = { op: 'replace', path: `/${field}`, value: name } as const;
      await this.#metadata.update(item, template, [change], options);
    }
  }

  /**
   * Takes the classification off an item.
   *
   * @throws {BoxApiError} `instance_not_found` (404)
   * @see https://developer.box.com/reference/delete-files-id-metadata-enterprise-securityClassification-6VMVochwUWo/
   * @example
   * ```ts
   * const file = { type: 'file', id: fileId } as const;
   * const name = await client.classifications.get(file);
   * if (name !== undefined) await client.classifications.remove(file);
   * ```
   */
  async remove(item: MetadataTarget, options: CallOptions = {}): Promise<void> {
    await this.#metadata.delete(item, template, options);
  }
}
