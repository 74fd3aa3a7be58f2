/** The fields that a condition may speak of: where their values are found, and of what type they are. */
import type { ReadField } from '../condition.ts';
import type { FieldType } from './comparisons.ts';

/** Where files lie that are chosen from. */
export type Side = 'disk' | 'box';

export interface Field {
  readonly type: FieldType;
  readonly read: ReadField<unknown>;
  /** What has to be asked of Box beside what every listing says. */
  readonly boxField?: string;
}

const FIELDS: Readonly<Record<string, Field>> = {
  name: { type: 'text', read: ({ path }) => nameOf(path) },
  path: { type: 'path', read: ({ path }) => path },
  ext: { type: 'ending', read: ({ path }) => nameOf(path).toLowerCase() },
  depth: { type: 'number', read: ({ path }) => depthOf(path) },
  size: { type: 'size', read: ({ facts }) => facts?.sizeBytes },
  modified: { type: 'time', read: ({ facts }) => facts && (facts.modifiedMs ?? null) },
  created: {
    type: 'time',
    read: ({ facts }) => facts && (facts.createdMs ?? null),
    boxField: 'content_created_at',
  },
  owner: {
    type: 'address',
    read: ({ facts }) => facts && (facts.owner?.toLowerCase() ?? null),
    boxField: 'owned_by',
  },
};

/** How many names a path has: a file directly in the job's root has depth 1. */
export function depthOf(path: string): number {
  return path.split('/').length;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** The field of this name; names are written in any case. */
export function fieldOf(word: string): Field | undefined {
  const plain = word.toLowerCase();
  if (Object.hasOwn(FIELDS, plain)) return FIELDS[plain];
  return word.startsWith('metadata.') ? metadataField(word) : undefined;
}

/** `metadata.<scope>.<template>.<field>`: scope and template have no dots. */
function metadataField(word: string): Field | undefined {
  const [, scope = '', template = '', ...field] = word.split('.');
  const key = field.join('.');
  if (scope === '' || template === '' || key === '') return undefined;
  const isScope = scope === 'global' || /^enterprise(_\d+)?$/.test(scope);
  if (!isScope) return undefined;
  return {
    type: 'metadata',
    boxField: `metadata.${scope}.${template}`,
    read({ facts }) {
      if (!facts) return undefined;
      const values = facts.metadata?.[`${scope}.${template}`];
      return values !== undefined && Object.hasOwn(values, key) ? (values[key] ?? null) : null;
    },
  };
}

/** Whether only files in Box have it. */
export function isOnlyInBox({ type }: Field): boolean {
  return type === 'address' || type === 'metadata';
}

/** The field that was most likely meant. */
export function nearestField(word: string): string | undefined {
  const plain = word.toLowerCase();
  const known = OTHER_NAMES[plain];
  if (known !== undefined) return known;
  const [nearest] = Object.keys(FIELDS)
    .map((name) => ({ name, far: editsBetween(plain, name) }))
    .sort((one, other) => one.far - other.far);
  return nearest && nearest.far <= Math.max(1, nearest.name.length / 2) ? nearest.name : undefined;
}

/** How other tools call them. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  extension: 'ext',
  suffix: 'ext',
  type: 'ext',
  filename: 'name',
  bytes: 'size',
  length: 'size',
  mtime: 'modified',
  age: 'modified',
  date: 'modified',
  ctime: 'created',
  birth: 'created',
  level: 'depth',
  owned_by: 'owner',
  user: 'owner',
  folder: 'path',
  dir: 'path',
};

/** Levenshtein's distance. */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let at = 0; at < one.length; at++) {
    const next = [at + 1];
    for (let to = 0; to < other.length; to++) {
      const replaced = (row[to] ?? 0) + (one[at] === other[to] ? 0 : 1);
      next.push(Math.min(replaced, (row[to + 1] ?? 0) + 1, (next[to] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
