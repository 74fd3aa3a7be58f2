import { BoxError } from '../box-error.ts';
import type { Chance } from '../chance.ts';
import { asBody, type Body, invalid } from '../http/request-body.ts';
import { textOf } from '../http/text-of.ts';
import type { Values } from '../store/metadata-instances.ts';
import {
  checkUnique,
  type Field,
  type FieldOption,
  fieldKeyOf,
  listOf,
  nameOf,
  newField,
  newOption,
  type Template,
  type TemplateNeeds,
} from './template.ts';

/** What a change to a template does to the values of its instances. */
type Migration = (values: Values) => Values;

/** A template after its changes, and what they do to instances. */
export interface ChangedTemplate {
  template: Template;
  migrations: Migration[];
}

/**
 * Carries out the operations of `PUT …/schema` on a copy: all of them, or none.
 * https://developer.box.com/reference/put-metadata-templates-id-id-schema/
 *
 * @throws BoxError 400 for the first that cannot be
 */
export function changeTemplate(
  template: Template,
  asked: unknown,
  needs: TemplateNeeds,
): ChangedTemplate {
  const change = new Change(structuredClone(template), needs);
  for (const operation of listOf('operations', asked)) change.apply(asBody(operation) ?? {});
  change.template.version += 1;
  return { template: change.template, migrations: change.migrations };
}

class Change {
  readonly template: Template;
  readonly migrations: Migration[] = [];
  readonly #needs: TemplateNeeds;

  constructor(template: Template, needs: TemplateNeeds) {
    this.template = template;
    this.#needs = needs;
  }

  apply(operation: Body): void {
    const data = asBody(operation.data) ?? {};
    switch (operation.op) {
      case 'editTemplate':
        this.#editTemplate(data);
        break;
      case 'addField':
        this.#addField({ ...data, key: data.key ?? operation.fieldKey });
        break;
      case 'editField':
        this.#editField(this.#field(operation.fieldKey), data);
        break;
      case 'removeField':
        this.#removeField(this.#field(operation.fieldKey));
        break;
      case 'reorderFields':
        this.template.fields = reordered('fieldKeys', this.template.fields, operation.fieldKeys);
        break;
      default:
        this.#applyToOptions(operation, data);
    }
  }

  #applyToOptions(operation: Body, data: Body): void {
    const match = /^(add|edit|remove|reorder)(Enum|MultiSelect)Options?$/.exec(
      textOf(operation.op),
    );
    if (!match) throw invalid('op', operation.op, 'is no operation on templates');
    const type = match[2] === 'Enum' ? 'enum' : 'multiSelect';
    const field = this.#field(operation.fieldKey);
    if (field.type !== type) throw invalid('fieldKey', field.key, `must be of type ${type}`);
    const key = operation[`${type}OptionKey`];
    switch (match[1]) {
      case 'add':
        addOption(field, data, this.#needs.chance);
        break;
      case 'edit':
        this.#editOption(field, optionOf(field, key), data);
        break;
      case 'remove':
        this.#removeOption(field, optionOf(field, key));
        break;
      default:
        field.options = reordered(
          `${type}OptionKeys`,
          field.options ?? [],
          operation[`${type}OptionKeys`],
        );
    }
  }

  #field(key: unknown): Field {
    const field = this.template.fields.find((candidate) => candidate.key === key);
    if (!field) throw invalid('fieldKey', key, 'is no field of the template');
    return field;
  }

  #editTemplate(data: Body): void {
    const { template } = this;
    if (data.displayName !== undefined) {
      template.displayName = nameOf('displayName', data.displayName);
    }
    if (data.hidden !== undefined) template.hidden = flagOf('hidden', data.hidden);
    if (data.copyInstanceOnItemCopy !== undefined) {
      const name = 'copyInstanceOnItemCopy';
      template.copyInstanceOnItemCopy = flagOf(name, data.copyInstanceOnItemCopy);
    }
  }

  #addField(data: Body): void {
    this.template.fields.push(newField(data, this.#needs));
    checkUnique('fields', this.template.fields);
  }

  #editField(field: Field, data: Body): void {
    if (data.type !== undefined && data.type !== field.type) {
      throw invalid('type', data.type, 'of a field cannot be changed');
    }
    if (data.displayName !== undefined) field.displayName = nameOf('displayName', data.displayName);
    if (data.description !== undefined) field.description = nameOf('description', data.description);
    if (data.hidden !== undefined) field.hidden = flagOf('hidden', data.hidden);
    if (data.optionsRules !== undefined) field.optionsRules = asBody(data.optionsRules) ?? {};
    if (data.key !== undefined && data.key !== field.key) this.#renameField(field, data.key);
  }

  #renameField(field: Field, asked: unknown): void {
    const from = field.key;
    const to = fieldKeyOf(asked);
    field.key = to;
    checkUnique('fields', this.template.fields);
    this.migrations.push(({ [from]: value, ...values }) =>
      value === undefined ? values : { ...values, [to]: value },
    );
  }

  #removeField(field: Field): void {
    const { key } = field;
    this.template.fields = this.template.fields.filter((other) => other !== field);
    this.migrations.push(({ [key]: _removed, ...values }) => values);
  }

  #editOption(field: Field, option: FieldOption, data: Body): void {
    const staticConfig = asBody(data.staticConfig);
    if (staticConfig) option.staticConfig = staticConfig;
    if (data.key === undefined || data.key === option.key) return;
    const from = option.key;
    const to = nameOf('key', data.key);
    option.key = to;
    checkUnique('options', field.options ?? []);
    this.#migrateOption(field.key, from, [to]);
  }

  #removeOption(field: Field, option: FieldOption): void {
    field.options = field.options?.filter((other) => other !== option) ?? [];
    this.#migrateOption(field.key, option.key, []);
  }

  #migrateOption(key: string, from: string, to: readonly string[]): void {
    this.migrations.push((values) => {
      const { [key]: value, ...others } = values;
      if (Array.isArray(value)) {
        return { ...values, [key]: value.flatMap((one) => (one === from ? to : [one])) };
      }
      if (value !== from) return values;
      return to[0] === undefined ? others : { ...values, [key]: to[0] };
    });
  }
}

function addOption(field: Field, data: Body, chance: Chance): void {
  field.options = [...(field.options ?? []), newOption(data, chance)];
  checkUnique('options', field.options);
}

function optionOf(field: Field, key: unknown): FieldOption {
  const option = field.options?.find((candidate) => candidate.key === key);
  if (!option) throw invalid('optionKey', key, `is no option of ${field.key}`);
  return option;
}

/** @throws BoxError 400 unless `keys` has every key, each once */
function reordered<T extends { key: string }>(name: string, all: readonly T[], keys: unknown): T[] {
  const ordered = listOf(name, keys).map((key) => all.find((one) => one.key === key));
  const isWhole = ordered.length === all.length && new Set(ordered).size === all.length;
  if (!isWhole || ordered.includes(undefined)) {
    throw new BoxError('bad_request', { message: `'${name}' must name each key once` });
  }
  return ordered.filter((one) => one !== undefined);
}

function flagOf(name: string, value: unknown): boolean {
  if (typeof value !== 'boolean') throw invalid(name, value, 'must be true or false');
  return value;
}
