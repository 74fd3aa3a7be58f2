import type { Access } from '../access/access.ts';
import { BoxError } from '../box-error.ts';
import { parseJson } from '../http/parse-json.ts';
import { asBody, invalid } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import { findTemplate } from '../metadata/find-template.ts';
import type { Field, Template } from '../metadata/template.ts';
import { timeOf } from '../metadata/values.ts';
import { allOf, type Condition, condition } from '../store/condition.ts';

/**
 * `mdfilters` as a condition on the item `i`.
 * https://developer.box.com/guides/search/filters/metadata/
 *
 * @throws BoxError 400; 404 when there is no such template
 */
export function metadataCondition(access: Access, text: unknown): Condition {
  const [filter, ...more] = parsed(text);
  const body = asBody(filter);
  if (!body || more.length > 0) throw invalid('mdfilters', text, 'must hold exactly one filter');
  const template = findTemplate(access, body.scope, textOf(body.templateKey));
  if (!template) throw new BoxError('instance_tuple_not_found');
  const values = Object.entries(asBody(body.filters) ?? {}).map(([key, value]) =>
    fieldCondition(template, key, value),
  );
  const all = allOf([condition('m.template_id = ?', template.id), ...values]);
  return condition(
    `i.id IN (SELECT m.item_id FROM metadata_instances m WHERE ${all.sql})`,
    ...all.values,
  );
}

function parsed(text: unknown): unknown[] {
  try {
    const value: unknown = parseJson(textOf(text));
    return Array.isArray(value) ? value : [value];
  } catch {
    throw invalid('mdfilters', text, 'must be JSON');
  }
}

function fieldCondition(template: Template, key: string, value: unknown): Condition {
  const field = template.fields.find((one) => one.key === key);
  const isFree = template.scope === 'global' && template.fields.length === 0;
  if (!field && !isFree) throw invalid('mdfilters', key, 'names no field of the template');
  const values = testOf(field, value);
  return condition(
    `m.id IN (SELECT instance_id FROM metadata_values
              WHERE template_id = ? AND field = ? AND (${values.sql}))`,
    template.id,
    key,
    ...values.values,
  );
}

/** One value, any of a list, or a range whose ends belong to it. */
function testOf(field: Field | undefined, value: unknown): Condition {
  const range = asBody(value);
  if (range) {
    const ends = [
      ...(range.gt === undefined ? [] : [condition('value >= ?', argument(field, range.gt))]),
      ...(range.lt === undefined ? [] : [condition('value <= ?', argument(field, range.lt))]),
    ];
    if (ends.length === 0) throw invalid('mdfilters', value, 'needs gt or lt');
    return allOf(ends);
  }
  const any = (Array.isArray(value) ? value : [value]).map((one) => argument(field, one));
  return condition(`value IN (${any.map(() => '?').join(', ')})`, ...any);
}

function argument(field: Field | undefined, value: unknown): string | number {
  if (field?.type === 'float' && typeof value === 'number') return value;
  const text = field?.type === 'date' ? timeOf(value) : value;
  if (field?.type === 'float' || typeof text !== 'string') {
    throw invalid('mdfilters', value, `does not fit ${field?.key ?? 'a property'}`);
  }
  return text;
}
