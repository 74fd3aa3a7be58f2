/** `boxhaul meta template create|update|delete`. */
import type { BoxMetadataField, BoxMetadataTemplate, TemplateOperation } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { printable } from '../output/width.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { MetaTemplateCreateRow } from '../verbs/tidy/meta-template-create.ts';
import type { MetaTemplateDeleteRow } from '../verbs/tidy/meta-template-delete.ts';
import type { MetaTemplateUpdateRow } from '../verbs/tidy/meta-template-update.ts';
import { absent, noTemplate } from './meta.ts';

export const create: Doing<MetaTemplateCreateRow> = {
  async find({ name, key, field = {}, hidden, copied }, context) {
    const { client, signal } = context;
    const fields = Object.entries(field).map(([one, type]) => fieldOf(one, type));
    const words = `${name}${key === undefined ? '' : ` (${key})`}   ${fieldWords(fields)}`;
    const there =
      key === undefined ? await templateCalled(name, context) : await templateWith(key, context);
    if (there) {
      const called = there.templateKey ?? name;
      return { words, because: `there is a template ${called} already: update changes its fields` };
    }
    return {
      words,
      make: async () => {
        const made = await client.metadataTemplates.create(
          {
            displayName: name,
            templateKey: key,
            fields,
            ...(hidden && { hidden }),
            ...(copied && { copyInstanceOnItemCopy: copied }),
          },
          { signal },
        );
        return { id: made.id, fields: { key: made.templateKey ?? '' } };
      },
    };
  },
};

export const update: Doing<MetaTemplateUpdateRow> = {
  async find({ key, name, field = {}, removeField }, { client, signal }) {
    const template = await templateWith(key, { client, signal });
    if (!template) throw noTemplate({ templateKey: key });
    const gone = (removeField ?? '')
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== '');
    const isThere = (one: string) => template.fields?.some((other) => other.key === one) === true;
    const operations: TemplateOperation[] = [
      ...(name !== undefined && name !== template.displayName
        ? [{ op: 'editTemplate', data: { displayName: name } } as const]
        : []),
      ...Object.entries(field).flatMap(([one, type]) => additions(fieldOf(one, type), template)),
      ...gone.filter(isThere).map((fieldKey) => ({ op: 'removeField', fieldKey }) as const),
    ];
    if (operations.length === 0) return { words: key, because: 'it is so already' };
    return {
      words: `${key}   ${operations.map(operationWords).join(', ')}`,
      make: async () => {
        const changed = await client.metadataTemplates.update({ templateKey: key }, operations, {
          signal,
        });
        return { id: changed.id };
      },
    };
  },
};

export const remove: Doing<MetaTemplateDeleteRow> = {
  async find({ key }, { client, signal }) {
    const template = await templateWith(key, { client, signal });
    if (!template) throw noTemplate({ templateKey: key });
    return {
      words: `${key}   ${fieldWords(template.fields ?? [])}`,
      subject: { templateKey: key },
      make: async () => {
        await client.metadataTemplates.delete({ templateKey: key }, { signal });
        return { id: template.id };
      },
    };
  },

  async isMade({ key }, _begun, context) {
    return (await templateWith(key, context)) ? undefined : { words: key };
  },
};

async function templateWith(
  templateKey: string,
  { client, signal }: Pick<VerbContext, 'client' | 'signal'>,
): Promise<BoxMetadataTemplate | undefined> {
  return await client.metadataTemplates.get({ templateKey }, { signal }).catch(absent);
}

/** Of templates without a key of the user's own, Box makes one of the name. */
async function templateCalled(
  name: string,
  { client, signal, once }: VerbContext,
): Promise<BoxMetadataTemplate | undefined> {
  const all = await once('templates', () =>
    Array.fromAsync(client.metadataTemplates.list('enterprise', { signal })),
  );
  return all.find(({ displayName }) => displayName?.toLowerCase() === name.toLowerCase());
}

/** What a field needs that the template does not have: all of it, or choices. */
function additions(field: BoxMetadataField, template: BoxMetadataTemplate): TemplateOperation[] {
  const there = template.fields?.find(({ key }) => key === field.key);
  if (!there) return [{ op: 'addField', data: { ...field } }];
  if (there.type !== field.type) {
    throw new CliError(`the field ${field.key} of ${template.templateKey} is a ${there.type}`, {
      details: ['Box does not let a field become of another kind'],
      ways: ['give the new field another key'],
    });
  }
  const known = new Set(there.options?.map(({ key }) => key));
  const op = field.type === 'enum' ? 'addEnumOption' : 'addMultiSelectOption';
  return (field.options ?? [])
    .filter(({ key }) => !known.has(key))
    .map(({ key }) => ({ op, fieldKey: field.key, data: { key } }));
}

/** `state=enum:draft|signed`. */
function fieldOf(key: string, text: string): BoxMetadataField {
  const [kind = '', choices = ''] = text.split(/:(.*)/s);
  const type = kinds[kind.trim().toLowerCase()];
  const options = choices
    .split('|')
    .map((choice) => choice.trim())
    .filter((choice) => choice !== '')
    .map((choice) => ({ key: choice }));
  const wantsChoices = type === 'enum' || type === 'multiSelect';
  if (type === undefined || wantsChoices !== options.length > 0) {
    throw new CliError(`"${printable(text)}" is no kind of field`, {
      ways: [`${key}=string, number, date, enum:draft|signed or multiSelect:a|b|c`],
    });
  }
  return { type, key, displayName: key, ...(wantsChoices && { options }) };
}

const kinds: Readonly<Record<string, BoxMetadataField['type']>> = {
  string: 'string',
  text: 'string',
  number: 'float',
  float: 'float',
  date: 'date',
  enum: 'enum',
  multiselect: 'multiSelect',
};

function fieldWords(fields: readonly BoxMetadataField[]): string {
  return fields.map(({ key, type }) => `${key}: ${type}`).join(', ');
}

function operationWords({ op, data, fieldKey }: TemplateOperation): string {
  switch (op) {
    case 'editTemplate':
      return `called "${data?.displayName}"`;
    case 'addField':
      return `+ ${data?.key}`;
    case 'removeField':
      return `- ${fieldKey}`;
    default:
      return `${fieldKey} + ${data?.key}`;
  }
}
