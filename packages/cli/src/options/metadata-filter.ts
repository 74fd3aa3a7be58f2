/** `--metadata enterprise.contract.value>=1000`: what metadata must hold, as `search` takes it. */
import type { MetadataFilter } from '@boxhaul/client';
import { InvalidArgumentError } from 'commander';

type Scope = NonNullable<MetadataFilter['scope']>;

/** One condition as typed. */
export interface MetadataCondition {
  readonly scope: Scope;
  readonly templateKey: string;
  readonly field: string;
  readonly operator: '=' | '>=' | '<=';
  /** Texts for `=`, of which one has to match; otherwise one. */
  readonly values: readonly (string | number)[];
}

const FORM = /^(\w+)\.([\w-]+)\.([^=<>]+?)\s*(>=|<=|=)\s*(.+)$/s;

/** Reads one condition, and puts it behind those before it. */
export function metadataCondition(
  text: string,
  previous: readonly MetadataCondition[] = [],
): readonly MetadataCondition[] {
  const [, scope, templateKey, field, operator, value = ''] = FORM.exec(text.trim()) ?? [];
  if (!isScope(scope) || !templateKey || !field || !isOperator(operator)) {
    throw new InvalidArgumentError(
      'Give scope, template, field and value: enterprise.contract.state=signed',
    );
  }
  const values = valuesOf(value);
  if (operator !== '=' && values.length > 1) {
    throw new InvalidArgumentError(`Give one value behind ${operator}.`);
  }
  const [first] = previous;
  if (first && (first.scope !== scope || first.templateKey !== templateKey)) {
    throw new InvalidArgumentError(
      `Box searches by one template at a time, and ${first.scope}.${first.templateKey} was given before.`,
    );
  }
  return [...previous, { scope, templateKey, field, operator, values }];
}

/** All conditions, in the form that Box's search takes; undefined without any. */
export function metadataFilterOf(
  conditions: readonly MetadataCondition[] | undefined,
): MetadataFilter | undefined {
  const [first] = conditions ?? [];
  if (!conditions || !first) return undefined;
  const filters: {
    -readonly [field in keyof MetadataFilter['filters']]: MetadataFilter['filters'][field];
  } = {};
  for (const { field, operator, values } of conditions) {
    const [value = ''] = values;
    if (operator === '=') filters[field] = values.length > 1 ? values.map(String) : value;
    else {
      const known = filters[field];
      const range = typeof known === 'object' && !Array.isArray(known) ? known : {};
      filters[field] = { ...range, [operator === '>=' ? 'gt' : 'lt']: value };
    }
  }
  return { scope: first.scope, templateKey: first.templateKey, filters };
}

function isScope(text: string | undefined): text is Scope {
  return text !== undefined && /^(global|enterprise(_\d+)?)$/.test(text);
}

function isOperator(text: string | undefined): text is MetadataCondition['operator'] {
  return text === '=' || text === '>=' || text === '<=';
}

/** `"…"` is a text with all that is in it; otherwise commas part values, and what looks like a number is one. */
function valuesOf(text: string): (string | number)[] {
  const quoted = /^"(.*)"$/s.exec(text)?.[1];
  if (quoted !== undefined) return [quoted];
  return text
    .split(',')
    .map((value) => value.trim())
    .map((value) => (/^-?\d+(\.\d+)?$/.test(value) ? Number(value) : value));
}
