import { BoxError } from '../box-error.ts';
import type { Chance } from '../chance.ts';
import { asBody, type Body, invalid, missing } from '../http/request-body.ts';

/** What a field holds. https://developer.box.com/guides/metadata/fields/ */
export type FieldType = 'string' | 'float' | 'date' | 'enum' | 'multiSelect' | 'taxonomy';

/** One choice of an enum or multiSelect field. */
export interface FieldOption {
  id: string;
  key: string;
  /** What a classification means and how it looks. */
  staticConfig?: Body;
}

/** A field of a template, as Box writes it. */
export interface Field {
  id: string;
  type: FieldType;
  key: string;
  displayName: string;
  hidden: boolean;
  description?: string;
  options?: FieldOption[];
  /** Of taxonomy fields, as the next three. */
  taxonomyKey?: string;
  namespace?: string;
  taxonomyId?: string;
  optionsRules?: Body;
}

/** A template of an enterprise or of all Box. */
export interface Template {
  id: string;
  /** `global` or `enterprise_<id>`. */
  scope: string;
  templateKey: string;
  displayName: string;
  hidden: boolean;
  copyInstanceOnItemCopy: boolean;
  fields: Field[];
  /** How often it was changed. */
  version: number;
}

/** The template that classifies items. https://developer.box.com/guides/metadata/classifications/ */
export const classificationKey = 'securityClassification-6VMVochwUWo';
/** The one field of that template. */
export const classificationField = 'Box__Security__Classification__Key';

const mostKeyCharacters = 64;
const mostFieldKeyCharacters = 256;
const mostNameCharacters = 4096;
const fieldTypes: readonly unknown[] = [
  'string',
  'float',
  'date',
  'enum',
  'multiSelect',
  'taxonomy',
] satisfies FieldType[];

/**
 * A new template from what a client sent.
 *
 * @throws BoxError 400 when something is wrong with it; 403 for the scope `global`
 */
export function newTemplate(body: Body, scope: string, needs: TemplateNeeds): Template {
  if (body.scope === undefined || body.displayName === undefined) {
    throw missing(...['scope', 'displayName'].filter((name) => body[name] === undefined));
  }
  if (body.scope === 'global') throw new BoxError('access_denied_insufficient_permissions');
  if (body.scope !== 'enterprise' && body.scope !== scope) {
    throw invalid('scope', body.scope, 'must be enterprise');
  }
  const displayName = nameOf('displayName', body.displayName);
  const fields = listOf('fields', body.fields ?? []).map((field) => newField(field, needs));
  checkUnique('fields', fields);
  return {
    id: needs.chance.uuid(),
    scope,
    templateKey: keyOf(body.templateKey ?? camelCase(displayName)),
    displayName,
    hidden: body.hidden === true,
    copyInstanceOnItemCopy: body.copyInstanceOnItemCopy === true,
    fields,
    version: 0,
  };
}

/** What making templates and fields takes besides what a client sent. */
export interface TemplateNeeds {
  chance: Chance;
  /** Looks up the taxonomy of a field; throws when there is none. */
  findTaxonomy: FindTaxonomy;
}

/** Where a taxonomy field's choices come from. */
export type FindTaxonomy = (field: Body) => Pick<Field, 'taxonomyKey' | 'namespace' | 'taxonomyId'>;

/** A new field from what a client sent. @throws BoxError 400 */
export function newField(value: unknown, { chance, findTaxonomy }: TemplateNeeds): Field {
  const body = asBody(value) ?? {};
  const absent = ['type', 'displayName'].filter((name) => body[name] === undefined);
  if (absent.length > 0) throw missing(...absent);
  if (!fieldTypes.includes(body.type)) {
    throw invalid('type', body.type, `must be one of ${fieldTypes.join(', ')}`);
  }
  const type = body.type as FieldType;
  const displayName = nameOf('displayName', body.displayName);
  const field: Field = {
    id: chance.uuid(),
    type,
    key: fieldKeyOf(body.key ?? camelCase(displayName)),
    displayName,
    hidden: body.hidden === true,
  };
  if (body.description !== undefined) field.description = nameOf('description', body.description);
  if (type === 'enum' || type === 'multiSelect') {
    field.options = listOf('options', body.options ?? []).map((option) =>
      newOption(option, chance),
    );
    checkUnique('options', field.options);
  }
  if (type === 'taxonomy') {
    Object.assign(field, findTaxonomy(body), { optionsRules: asBody(body.optionsRules) ?? {} });
  }
  return field;
}

/** A new choice from what a client sent. @throws BoxError 400 */
export function newOption(value: unknown, chance: Chance): FieldOption {
  const body = asBody(value) ?? {};
  if (body.key === undefined) throw missing('key');
  const option: FieldOption = { id: chance.uuid(), key: nameOf('key', body.key) };
  const staticConfig = asBody(body.staticConfig);
  if (staticConfig) option.staticConfig = staticConfig;
  return option;
}

/** @throws BoxError 400 when two have the same key */
export function checkUnique(name: string, keyed: readonly { key: string }[]): void {
  const keys = keyed.map(({ key }) => key);
  const twice = keys.find((key, index) => keys.indexOf(key) !== index);
  if (twice !== undefined) throw invalid(name, twice, 'must have keys that differ');
}

/** A name that people read. @throws BoxError 400 */
export function nameOf(name: string, value: unknown): string {
  if (typeof value !== 'string' || value === '' || value.length > mostNameCharacters) {
    throw invalid(name, value, `must be a text of 1 to ${mostNameCharacters} characters`);
  }
  return value;
}

/** A key of a field. @throws BoxError 400 */
export function fieldKeyOf(value: unknown): string {
  const isKey =
    typeof value === 'string' &&
    value.length <= mostFieldKeyCharacters &&
    /^[a-zA-Z_][-a-zA-Z0-9_]*$/.test(value);
  if (!isKey) {
    throw invalid('key', value, `must be of at most ${mostFieldKeyCharacters} letters and digits`);
  }
  return value;
}

function keyOf(value: unknown): string {
  const isKey =
    typeof value === 'string' &&
    value.length <= mostKeyCharacters &&
    /^[a-zA-Z_][-a-zA-Z0-9_]*$/.test(value);
  if (!isKey) {
    throw invalid(
      'templateKey',
      value,
      `must be of at most ${mostKeyCharacters} letters and digits`,
    );
  }
  return value;
}

/** A list that a client sent. @throws BoxError 400 */
export function listOf(name: string, value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(name, value, 'must be a list');
  return value;
}

/** `Product info (2024)` → `productInfo2024`. */
export function camelCase(displayName: string): string {
  const words = displayName.split(/[^a-zA-Z0-9]+/).filter((word) => word !== '');
  const joined = words
    .map((word, index) =>
      index === 0
        ? word.charAt(0).toLowerCase() + word.slice(1)
        : word.charAt(0).toUpperCase() + word.slice(1),
    )
    .join('');
  const key = /^\d/.test(joined) ? `_${joined}` : joined;
  return key.slice(0, mostKeyCharacters);
}

/** A template as Box writes it. */
export function representTemplate(template: Template): Record<string, unknown> {
  const { id, scope, templateKey, displayName, hidden, copyInstanceOnItemCopy, fields } = template;
  return {
    id,
    type: 'metadata_template',
    templateKey,
    scope,
    displayName,
    hidden,
    copyInstanceOnItemCopy,
    fields,
  };
}
