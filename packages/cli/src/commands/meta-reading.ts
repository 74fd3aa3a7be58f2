/** `boxhaul meta get`, `meta template list|show`: what look at metadata. */
import type { BoxClient, BoxMetadataTemplate } from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { eachPlace } from '../looking/each-place.ts';
import { formatNumberOf } from '../output/format.ts';
import type { Output } from '../output/output.ts';
import { openProblems } from '../output/problems.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';
import { openPlaces } from '../places/box-places.ts';
import { wordsOf } from './items.ts';
import { absent, noTemplate, targetOf, valuesIn } from './meta.ts';

export interface MetaGetOptions {
  readonly templateKey?: string;
}

/** `boxhaul meta get <items…>`. */
export async function runMetaGet(
  context: CommandContext,
  words: readonly string[],
  { templateKey: wanted }: MetaGetOptions,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  if (words.length === 0) {
    throw new CliError('it is not said of what', {
      ways: ['boxhaul meta get /Contracts/lease.pdf'],
    });
  }
  const connection = await openConnection(context);
  try {
    const problems = openProblems(context);
    let isAny = false;
    await eachPlace(words, openPlaces(connection.client, { signal }), problems, async (place) => {
      const { id, type: kind } = targetOf(place);
      const all = await place.client.metadata.list({ type: kind, id }, { signal });
      const chosen = all.filter(({ $template }) => wanted === undefined || $template === wanted);
      isAny ||= chosen.length > 0;
      for (const instance of chosen) {
        const { $scope: scope, $template: key } = instance;
        const values = valuesIn(instance);
        output.event('metadata', { kind, id, path: place.path, scope, template: key, values });
        output.print(`${printable(wordsOf(place))}   ${scope}.${key}`);
        for (const [name, value] of Object.entries(values)) {
          output.print(`  ${name}  ${printable(textOf(value))}`);
        }
        await room(stdout, signal);
      }
      if (chosen.length === 0 && output.people.isTTY) {
        output.say(`${printable(wordsOf(place))} has no metadata${wanted ? ` of ${wanted}` : ''}`);
      }
    });
    if (!isAny && wanted !== undefined) await assertTemplate(connection.client, wanted, signal);
    return problems.exitCode;
  } finally {
    await connection.close();
  }
}

/** A slip in its key would quietly find nothing. */
async function assertTemplate(
  client: BoxClient,
  templateKey: string,
  signal: AbortSignal,
): Promise<void> {
  for (const scope of ['enterprise', 'global'] as const) {
    const found = await client.metadataTemplates
      .get({ scope, templateKey }, { signal })
      .catch(absent);
    if (found) return;
  }
  throw noTemplate({ templateKey });
}

export interface TemplateOptions {
  readonly scope: 'enterprise' | 'global';
}

/** `boxhaul meta template list`. */
export async function runTemplateList(
  context: CommandContext,
  { scope }: TemplateOptions,
): Promise<ExitCode> {
  const { output, stdout, signal } = context;
  const connection = await openConnection(context);
  try {
    for await (const template of connection.client.metadataTemplates.list(scope, { signal })) {
      output.event('metadata-template', eventOf(template));
      const { templateKey = '', displayName = '', fields = [] } = template;
      const words = [templateKey.padEnd(24), formatNumberOf(fields.length, 'field').padStart(10)];
      output.print(`${words.join('  ')}  ${printable(displayName)}`);
      await room(stdout, signal);
    }
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}

/** `boxhaul meta template show <key>`. */
export async function runTemplateShow(
  context: CommandContext,
  templateKey: string,
  { scope }: TemplateOptions,
): Promise<ExitCode> {
  const { output, signal } = context;
  const connection = await openConnection(context);
  try {
    const name = { scope, templateKey };
    const found = await connection.client.metadataTemplates.get(name, { signal }).catch(absent);
    if (!found) throw noTemplate(name);
    output.event('metadata-template', eventOf(found));
    printTemplate(output, found);
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}

function printTemplate(
  output: Output,
  { displayName, templateKey, fields = [] }: BoxMetadataTemplate,
): void {
  output.print(`${templateKey}   ${printable(displayName ?? '')}`);
  const width = Math.max(0, ...fields.map(({ key }) => key.length));
  for (const { key, type, options = [], displayName: name } of fields) {
    const choices =
      options.length === 0 ? '' : `: ${options.map((option) => option.key).join(', ')}`;
    const called = name === key ? '' : `   ${name}`;
    output.print(`  ${key.padEnd(width)}  ${type}${printable(`${choices}${called}`)}`);
  }
}

function eventOf({ id, scope, templateKey, displayName, hidden, fields }: BoxMetadataTemplate) {
  const shown = fields?.map(({ key, type, displayName: name, options }) => ({
    key,
    type,
    displayName: name,
    options: options?.map((option) => option.key),
  }));
  return { id, scope, key: templateKey, displayName, hidden, fields: shown };
}

function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
