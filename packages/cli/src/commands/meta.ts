import { isDeepStrictEqual } from 'node:util';
import {
  type BoxMetadata,
  type BoxMetadataTemplate,
  isBoxError,
  type MetadataTarget,
  type TemplateName,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { FoundPlace } from '../places/box-places.ts';
import type { Doing, VerbContext } from '../rows/verb.ts';
import type { MetaRmRow } from '../verbs/tidy/meta-rm.ts';
import type { MetaSetRow } from '../verbs/tidy/meta-set.ts';
import { wordsOf } from './items.ts';
import { valuesFor } from './meta-values.ts';

/** `boxhaul meta set`. Setting the same again changes nothing, so that a row may be done again. */
export const set: Doing<MetaSetRow> = {
  async find({ path, templateKey, scope = 'enterprise', set: typed }, context) {
    const place = await context.item(path);
    const target = targetOf(place);
    const { client } = place;
    const { signal } = context;
    const name: TemplateName = { scope, templateKey };
    const values = valuesFor(await templateOf(name, context), typed);
    const there = await client.metadata.get(target, name, { signal }).catch(absent);
    const fresh = Object.entries(values).filter(
      ([key, value]) => !there || !isDeepStrictEqual(there[key], value),
    );
    const shown = Object.entries(values).map(([key, value]) => `${key}=${value}`);
    const words = `${wordsOf(place)}   ${templateKey}: ${shown.join(', ')}`;
    if (fresh.length === 0) return { words, because: 'it has these values already' };
    return {
      words,
      make: async () => {
        if (there === undefined) await client.metadata.create(target, name, values, { signal });
        else {
          const operations = fresh.map(
            ([key, value]) => ({ op: 'add', path: pointer(key), value }) as const,
          );
          await client.metadata.update(target, name, operations, { signal });
        }
        return { id: target.id };
      },
    };
  },
};

/** `boxhaul meta rm`. */
export const remove: Doing<MetaRmRow> = {
  async find({ path, templateKey, scope = 'enterprise', field }, context) {
    const place = await context.item(path);
    const target = targetOf(place);
    const { client } = place;
    const { signal } = context;
    const name: TemplateName = { scope, templateKey };
    await templateOf(name, context);
    const there = await client.metadata.get(target, name, { signal }).catch(absent);
    const words = `${wordsOf(place)}   ${templateKey}${field === undefined ? '' : `: ${field}`}`;
    if (there === undefined || (field !== undefined && there[field] === undefined)) {
      return { words, because: 'it has no such values' };
    }
    return {
      words,
      make: async () => {
        if (field === undefined) await client.metadata.delete(target, name, { signal });
        else {
          const operations = [{ op: 'remove', path: pointer(field) }] as const;
          await client.metadata.update(target, name, operations, { signal });
        }
        return { id: target.id };
      },
    };
  },
};

/** The values of an instance, without Box's own members. */
export function valuesIn(instance: BoxMetadata): Record<string, unknown> {
  return Object.fromEntries(Object.entries(instance).filter(([key]) => !key.startsWith('$')));
}

/** @throws CliError it is a web link */
export function targetOf({ item, path }: Pick<FoundPlace, 'item' | 'path'>): MetadataTarget {
  if (item.type !== 'web_link') return { type: item.type, id: item.id };
  throw new CliError(`${wordsOf({ item, path })} is a web link, and those have no metadata`);
}

/**
 * A template, asked for once in a run.
 * @throws CliError there is none of this name
 */
function templateOf(
  name: TemplateName,
  { once, client, signal }: VerbContext,
): Promise<BoxMetadataTemplate> {
  const { scope = 'enterprise', templateKey } = name;
  return once(`template ${scope} ${templateKey}`, async () => {
    const found = await client.metadataTemplates.get(name, { signal }).catch(absent);
    if (found) return found;
    throw noTemplate(name);
  });
}

export function noTemplate({ scope = 'enterprise', templateKey }: TemplateName): CliError {
  return new CliError(`there is no template "${templateKey}" of the ${scope} scope`, {
    ways: [
      `boxhaul meta template list${scope === 'global' ? ' --scope global' : ''}`,
      `boxhaul meta template create ${templateKey} --field state=string`,
    ],
  });
}

export function absent(error: unknown): undefined {
  if (isBoxError(error) && error.status === 404) return undefined;
  throw error;
}

/** A key as a JSON pointer. */
function pointer(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
