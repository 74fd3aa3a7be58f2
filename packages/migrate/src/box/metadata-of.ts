/** Metadata of an item in another Box account, with the templates that it stands under. */
import type {
  BoxClient,
  BoxMetadata,
  BoxMetadataTemplate,
  MetadataTarget,
  MetadataValue,
  NewMetadataTemplate,
} from '@boxhaul/client';
import { CLASSIFICATION, CLASSIFICATION_FIELD } from '../carry/classification.ts';
import type { Outcome } from '../carry/outcome.ts';
import type { Details, MetadataDetails } from '../details.ts';

/** @param unread is told of what cannot stand elsewhere */
export async function readMetadata(
  client: BoxClient,
  target: MetadataTarget | undefined,
  unread: Outcome,
  signal: AbortSignal,
): Promise<Pick<Details, 'metadata' | 'classification'>> {
  if (!target) return {};
  const metadata: MetadataDetails[] = [];
  let classification: string | undefined;
  for (const instance of await client.metadata.list(target, { signal })) {
    const name = instance[CLASSIFICATION_FIELD];
    if (instance.$template === CLASSIFICATION && typeof name === 'string') classification = name;
    else metadata.push(detailsOf(instance, client, unread));
  }
  return { metadata, ...(classification !== undefined && { classification }) };
}

function detailsOf(instance: BoxMetadata, client: BoxClient, unread: Outcome): MetadataDetails {
  const { $scope, $template: templateKey } = instance;
  const values: Record<string, MetadataValue> = {};
  for (const [key, value] of Object.entries(instance)) {
    if (key.startsWith('$')) continue;
    if (isValue(value)) values[key] = value;
    else unread.lacks('metadata', 'not-carried', `${templateKey}: "${key}" is no plain value`);
  }
  if (!isEnterprise($scope)) return { scope: 'global', templateKey, values };
  return {
    scope: 'enterprise',
    templateKey,
    values,
    template: async (signal) =>
      newTemplate(await client.metadataTemplates.get({ scope: $scope, templateKey }, { signal })),
  };
}

function isEnterprise(scope: string): scope is `enterprise_${string}` {
  return scope.startsWith('enterprise_');
}

function isValue(value: unknown): value is MetadataValue {
  if (Array.isArray(value)) return value.every((one) => typeof one === 'string');
  return typeof value === 'string' || typeof value === 'number';
}

/** A template of the same key and fields; ids are Box's to give. */
function newTemplate(template: BoxMetadataTemplate): NewMetadataTemplate {
  const { displayName = '', templateKey, hidden, copyInstanceOnItemCopy, fields = [] } = template;
  return {
    displayName,
    templateKey,
    hidden,
    copyInstanceOnItemCopy,
    fields: fields.map(({ id: _, options, ...field }) => ({
      ...field,
      ...(options && { options: options.map(({ key }) => ({ key })) }),
    })),
  };
}
