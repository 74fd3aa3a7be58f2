import { BoxError } from '../box-error.ts';
import { asBody, type Body } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import type { Values } from '../store/metadata-instances.ts';
import type { Taxonomies } from '../store/taxonomies.ts';
import { propertiesKey, skillsCardsKey } from './global-templates.ts';
import type { Field, Template } from './template.ts';

/**
 * The values of an instance as they are kept: checked against the template, times in one form.
 * https://developer.box.com/guides/metadata/instances/
 *
 * @throws BoxError 400 `schema_validation_failed`
 */
export function checkedValues(template: Template, values: Body, taxonomies: Taxonomies): Values {
  const checked: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(values)) {
    if (key.startsWith('$')) throw failed(`'${key}' cannot be set`);
    checked[key] = checkedValue(template, key, value, taxonomies);
  }
  return checked;
}

function checkedValue(
  template: Template,
  key: string,
  value: unknown,
  taxonomies: Taxonomies,
): unknown {
  if (template.scope === 'global' && template.templateKey === propertiesKey) {
    if (typeof value !== 'string') throw failed(`'${key}' must be a text`);
    return value;
  }
  if (template.scope === 'global' && template.templateKey === skillsCardsKey) {
    const isCards = key === 'cards' && Array.isArray(value) && value.every(asBody);
    if (!isCards) throw failed(`'${key}' must be cards, a list of objects`);
    return value;
  }
  const field = template.fields.find((candidate) => candidate.key === key);
  if (!field) throw failed(`'${key}' is no field of ${template.templateKey}`);
  return fieldValue(field, value, taxonomies);
}

/** @throws BoxError 400 unless a field takes the value */
function fieldValue(field: Field, value: unknown, taxonomies: Taxonomies): unknown {
  const { type, key } = field;
  switch (type) {
    case 'string':
      if (typeof value !== 'string') throw failed(`'${key}' must be a text`);
      return value;
    case 'float':
      if (typeof value !== 'number') throw failed(`'${key}' must be a number`);
      return value;
    case 'date':
      return timeOf(value) ?? orFailed(`'${key}' must be an RFC 3339 time`);
    case 'enum':
      if (!isOption(field, value)) throw failed(`'${key}' must be one of its options`);
      return value;
    case 'multiSelect':
      if (!isSetOf(value, (one) => isOption(field, one))) {
        throw failed(`'${key}' must be a list of its options`);
      }
      return value;
    case 'taxonomy':
      if (!isSetOf(value, (one) => taxonomies.node(field.taxonomyId ?? '', textOf(one)))) {
        throw failed(`'${key}' must be a list of ids of nodes`);
      }
      return value;
  }
}

function isOption(field: Field, value: unknown): boolean {
  return field.options?.some((option) => option.key === value) === true;
}

function isSetOf(value: unknown, isMember: (one: unknown) => unknown): value is unknown[] {
  return Array.isArray(value) && value.every(isMember) && new Set(value).size === value.length;
}

/**
 * A time as metadata keeps it: UTC with milliseconds, so that texts compare as times do.
 *
 * @returns `undefined` for what is no time with an offset (a day alone is its beginning in UTC)
 */
export function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined;
  const isTime =
    /^\d{4}-\d{2}-\d{2}(?:[Tt ]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+-]\d{2}:?\d{2}))?$/.test(value);
  const milliseconds = isTime ? Date.parse(value) : Number.NaN;
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

function orFailed(message: string): never {
  throw failed(message);
}

function failed(message: string): BoxError {
  return new BoxError('schema_validation_failed', { message });
}
