/** Values of metadata as they are typed → as the template wants them. */
import type {
  BoxMetadataField,
  BoxMetadataTemplate,
  MetadataValue,
  MetadataValues,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';

/**
 * Reads each value as the field of its key wants it. A template without fields (`global.properties`) takes any text.
 * @throws CliError there is no such field, or the value is none for it
 */
export function valuesFor(
  template: BoxMetadataTemplate | undefined,
  typed: Readonly<Record<string, string>>,
): MetadataValues {
  const fields = template?.fields ?? [];
  const values: Record<string, MetadataValue> = {};
  for (const [key, text] of Object.entries(typed)) {
    const field = fields.find((one) => one.key === key);
    if (field === undefined && fields.length > 0) throw noField(key, fields, template);
    values[key] = field === undefined ? text : valueIn(field, text);
  }
  return values;
}

function valueIn(field: BoxMetadataField, text: string): MetadataValue {
  switch (field.type) {
    case 'float':
    case 'integer': {
      const number = text.trim() === '' ? Number.NaN : Number(text);
      if (Number.isFinite(number) && (field.type === 'float' || Number.isInteger(number))) {
        return number;
      }
      throw wrongValue(field, text, field.type === 'float' ? 'a number' : 'a whole number');
    }
    case 'date': {
      const isDay = /^\d{4}-\d\d-\d\d$/.test(text);
      const at = isDay || /^\d{4}-\d\d-\d\dT/.test(text) ? new Date(text) : undefined;
      if (at && !Number.isNaN(at.getTime())) return at.toISOString();
      throw wrongValue(field, text, 'a day (2030-12-31) or a time (2030-12-31T18:00:00Z)');
    }
    case 'enum':
      return choiceOf(field, text);
    case 'multiSelect':
      return text
        .split(',')
        .map((choice) => choice.trim())
        .filter((choice) => choice !== '')
        .map((choice) => choiceOf(field, choice));
    case 'string':
    case 'taxonomy':
      return text;
  }
}

function choiceOf(field: BoxMetadataField, text: string): string {
  const choices = (field.options ?? []).map(({ key }) => key);
  const found = choices.find((choice) => choice.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  throw wrongValue(field, text, choices.join(', '));
}

function wrongValue({ key }: BoxMetadataField, text: string, allowed: string): CliError {
  return new CliError(`${key} cannot be "${printable(text)}"; allowed: ${allowed}`);
}

function noField(
  key: string,
  fields: readonly BoxMetadataField[],
  template: BoxMetadataTemplate | undefined,
): CliError {
  const name = template?.templateKey ?? '';
  return new CliError(`the template ${name} has no field "${printable(key)}"`, {
    details: [`it has ${fields.map((field) => field.key).join(', ')}`],
    ways: [`boxhaul meta template show ${name}`],
  });
}
