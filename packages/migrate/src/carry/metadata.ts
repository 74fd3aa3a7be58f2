/** Values of metadata, under templates of the same fields. */
import {
  type BoxMetadata,
  type BoxMetadataField,
  type BoxMetadataTemplate,
  isBoxError,
  type MetadataOperation,
  type MetadataValue,
} from '@boxhaul/client';
import type { Details, MetadataDetails } from '../details.ts';
import type { Carriage } from './carry-details.ts';
import { carryClassification } from './classification.ts';

/** Carries metadata and the classification. */
export async function carryMetadata(
  { metadata = [], classification }: Details,
  carriage: Carriage,
): Promise<void> {
  const { item, context, outcome } = carriage;
  if (item.type === 'web_link' || (metadata.length === 0 && !classification)) return;
  const there = item.isNew ? [] : await instancesOn(carriage);
  if (!there) return;
  for (const wanted of metadata) {
    const { scope, templateKey, values } = wanted;
    const name = `${scope}.${templateKey}`;
    const found = await outcome.attempt('metadata', name, context, async () => ({
      template: await carriage.target.template(scope, templateKey, wanted.template, context),
    }));
    if (!found) continue;
    const refused = whyRefused(wanted, found.template);
    if (refused) {
      outcome.lacks('metadata', refused.code, `${name}: ${refused.words}`);
      continue;
    }
    const instance = there.find((one) => isOf(one, wanted));
    await outcome.attempt('metadata', name, context, () =>
      apply(values, instance, wanted, carriage),
    );
  }
  if (classification) await carryClassification(classification, there, carriage);
}

/** @returns undefined if they cannot be seen, which is a gap */
function instancesOn({ item, context, outcome }: Carriage) {
  const { client, signal, expect } = context;
  expect(1);
  return outcome.attempt('metadata', 'what is there', context, () =>
    client.metadata.list(targetOf(item), { signal }),
  );
}

function targetOf({ type, id }: Carriage['item']) {
  return { type: type === 'folder' ? 'folder' : 'file', id } as const;
}

function isOf(
  { $scope, $template }: BoxMetadata,
  { scope, templateKey }: MetadataDetails,
): boolean {
  return $template === templateKey && ($scope === 'global') === (scope === 'global');
}

/** Puts values under their template, or changes what is there already to them. */
async function apply(
  values: MetadataDetails['values'],
  instance: BoxMetadata | undefined,
  { scope, templateKey }: MetadataDetails,
  { item, context, outcome }: Carriage,
): Promise<void> {
  const { client, signal, expect } = context;
  const target = targetOf(item);
  const template = { scope, templateKey };
  let there = instance;
  if (!there) {
    expect(1);
    try {
      await client.metadata.create(target, template, values, { signal });
      outcome.did('metadata');
      return;
    } catch (error) {
      // A folder above hands it down, or the answer to a first try was lost.
      if (!isBoxError(error, 'tuple_already_exists')) throw error;
      there = await client.metadata.get(target, template, { signal });
    }
  }
  const changes = changesTo(values, there);
  if (changes.length === 0) return;
  expect(1);
  await client.metadata.update(target, template, changes, { signal });
  outcome.did('metadata');
}

function changesTo(values: MetadataDetails['values'], there: BoxMetadata): MetadataOperation[] {
  return Object.entries(values).flatMap(([key, value]): MetadataOperation[] => {
    if (isSame(there[key], value)) return [];
    const path = `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    return [{ op: there[key] === undefined ? 'add' : 'replace', path, value }];
  });
}

function isSame(one: unknown, other: MetadataValue): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return [...one].sort().join('\n') === [...other].sort().join('\n');
  }
  return one === other || (isTime(one) && isTime(other) && Date.parse(one) === Date.parse(other));
}

function isTime(value: unknown): value is string {
  return typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value);
}

/** Why values cannot stand under the template that the target has, if so. */
function whyRefused(
  { values, templateKey }: MetadataDetails,
  template: BoxMetadataTemplate | undefined,
): { code: string; words: string } | undefined {
  if (!template) {
    return {
      code: 'template-missing',
      words: 'there is no such template, and nothing to make it of',
    };
  }
  // It takes whatever keys there are.
  if (templateKey === 'properties') return undefined;
  for (const [key, value] of Object.entries(values)) {
    const field = template.fields?.find((one) => one.key === key);
    const words = field ? whyNot(field, value) : `it has no field "${key}"`;
    if (words) return { code: 'template-differs', words };
  }
  return undefined;
}

const TYPES: Readonly<Record<string, readonly BoxMetadataField['type'][]>> = {
  string: ['string', 'date', 'enum', 'taxonomy'],
  number: ['float', 'integer'],
  object: ['multiSelect', 'taxonomy'],
};

function whyNot(field: BoxMetadataField, value: MetadataValue): string | undefined {
  if (!TYPES[typeof value]?.includes(field.type))
    return `its field "${field.key}" is a ${field.type}`;
  if (field.type !== 'enum' && field.type !== 'multiSelect') return undefined;
  const options = new Set(field.options?.map(({ key }) => key));
  const missing = [value].flat().find((one) => !options.has(String(one)));
  return missing === undefined ? undefined : `its field "${field.key}" has no "${missing}"`;
}
