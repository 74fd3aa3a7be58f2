/** One line of a manifest: a file that is to be taken, and what is said of it. */
import type { BoxCollaboratorRole, MetadataValue } from '@boxhaul/client';
import type { CollaborationDetails, Details, MetadataDetails } from '../details.ts';

export interface ManifestRow {
  /** From 1; the line of names counts. */
  readonly line: number;
  /** A path, from the manifest's folder on, or a URL. */
  readonly source: string;
  /** Names from the target folder on; the last is the file's. */
  readonly target: readonly string[];
  readonly modifiedMs?: number;
  readonly createdMs?: number;
  readonly details: Details;
}

/** What a cell should have been. */
export interface CellProblem {
  readonly line: number;
  /** Absent where the whole line is meant. */
  readonly column?: string;
  readonly words: string;
}

/** The columns that there are; only `source` has to be there. */
export const COLUMNS = [
  'source',
  'target',
  'modified',
  'created',
  'description',
  'tags',
  'metadata',
  'collaborators',
] as const;

type Column = (typeof COLUMNS)[number];

/** What a line says: text from CSV, any value from JSON; what is empty is absent. */
export type Cells = Readonly<Partial<Record<Column, unknown>>>;

/** Reads the cells of a line. @returns the row, or all that is wrong with it */
export function checkRow(cells: Cells, line: number): ManifestRow | readonly CellProblem[] {
  const problems: CellProblem[] = [];
  const read = <T>(column: Column, reader: (value: unknown) => T): T | undefined => {
    if (cells[column] === undefined) return undefined;
    try {
      return reader(cells[column]);
    } catch (error) {
      if (!(error instanceof CellError)) throw error;
      problems.push({ line, column, words: error.message });
      return undefined;
    }
  };
  const source = read('source', sourceIn);
  if (cells.source === undefined) {
    problems.push({ line, column: 'source', words: 'it is not said which file is meant' });
  }
  const target = read('target', targetIn);
  const modifiedMs = read('modified', timeIn);
  const createdMs = read('created', timeIn);
  const details = given({
    description: read('description', textIn),
    tags: read('tags', tagsIn),
    metadata: read('metadata', metadataIn),
    collaborations: read('collaborators', collaborationsIn),
  });
  if (problems.length > 0 || source === undefined) return problems;
  return {
    line,
    source,
    target: wholeTarget(target ?? [''], source),
    ...(modifiedMs !== undefined && { modifiedMs }),
    ...(createdMs !== undefined && { createdMs }),
    details,
  };
}

/** What is wrong with a cell, for people. */
class CellError extends Error {}

function given<T extends object>(parts: { [Key in keyof T]: T[Key] | undefined }): Partial<T> {
  const there = Object.entries(parts).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as Partial<T>;
}

function textIn(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new CellError(`${shown(value)} is no text`);
}

export function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

function sourceIn(value: unknown): string {
  const source = textIn(value);
  if (isUrl(source)) {
    if (URL.canParse(source)) return source;
    throw new CellError('it begins as a URL, and is none');
  }
  const [, scheme] = /^([a-z][a-z0-9+.-]+):\/\//i.exec(source) ?? [];
  if (scheme === undefined) return source;
  throw new CellError(`a path or http(s):// is taken here, and not ${scheme}://`);
}

/** The last name is empty where a folder is meant. */
function targetIn(value: unknown): readonly string[] {
  const names = textIn(value).replace(/^\//, '').split('/');
  if (names.some((name) => name === '.' || name === '..')) {
    throw new CellError('a target has no . or .. in it');
  }
  if (names.slice(0, -1).includes('')) throw new CellError('a name in it is empty');
  return names;
}

function wholeTarget(target: readonly string[], source: string): readonly string[] {
  if (target.at(-1) !== '') return target;
  return [...target.slice(0, -1), nameIn(source)];
}

/** The name of the file in a path or URL. */
function nameIn(source: string): string {
  if (!isUrl(source))
    return (
      source
        .replace(/[/\\]+$/, '')
        .split(/[/\\]/)
        .at(-1) ?? source
    );
  const { pathname } = new URL(source);
  const name = pathname.split('/').findLast((part) => part !== '') ?? 'index';
  try {
    return decodeURIComponent(name);
  } catch {
    // A percent sign of its own.
    return name;
  }
}

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIME = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?$/i;

/** A day is its first moment; without a zone a time is that of UTC. */
function timeIn(value: unknown): number {
  const text = textIn(value).trim();
  const [, day, time, zone = 'Z'] = TIME.exec(text) ?? [];
  const ms = DAY.test(text)
    ? Date.parse(`${text}T00:00:00Z`)
    : Date.parse(`${day}T${time}${zone.toUpperCase()}`);
  const date = day ?? text;
  // JavaScript takes 31 February for a day in March.
  const isReal = !Number.isNaN(ms) && Number(date.slice(8)) <= daysIn(date);
  if (isReal) return ms;
  throw new CellError(`${shown(value)} is no time: 2024-05-31, or 2024-05-31T18:00:00Z`);
}

function daysIn(day: string): number {
  const [year = 0, month = 0] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

function tagsIn(value: unknown): readonly string[] {
  const tags = Array.isArray(value) ? value.map(textIn) : textIn(value).split(',');
  return tags.map((tag) => tag.trim()).filter((tag) => tag !== '');
}

function metadataIn(value: unknown): readonly MetadataDetails[] {
  return Object.entries(objectIn(value)).map(([name, values]) => {
    const [, scope, templateKey] = /^(global|enterprise)\.(\w+)$/.exec(name) ?? [];
    if ((scope !== 'global' && scope !== 'enterprise') || templateKey === undefined) {
      throw new CellError(`"${name}" is no template: enterprise.contract, or global.properties`);
    }
    const fields = Object.entries(objectIn(values)).map(([field, one]) => [field, fieldIn(one)]);
    return { scope, templateKey, values: Object.fromEntries(fields) };
  });
}

function fieldIn(value: unknown): MetadataValue {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map(textIn);
  throw new CellError(`${shown(value)} is no text, number or list of texts`);
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> {
  const parsed = typeof value === 'string' ? parsedJson(value) : value;
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
    return parsed as Readonly<Record<string, unknown>>;
  }
  throw new CellError(`${shown(value)} is no JSON of {"enterprise.contract": {"field": "value"}}`);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The caller says what was expected.
    return undefined;
  }
}

const ROLES: ReadonlySet<string> = new Set<BoxCollaboratorRole>([
  'editor',
  'viewer',
  'previewer',
  'uploader',
  'previewer uploader',
  'viewer uploader',
  'co-owner',
]);

/** `ann@example.com:editor; group Legal:viewer`, or the same as JSON. */
function collaborationsIn(value: unknown): readonly CollaborationDetails[] {
  const list = Array.isArray(value) ? value : textIn(value).split(';');
  return list.flatMap((one: unknown) => {
    if (typeof one === 'string') return one.trim() === '' ? [] : [collaborationInWords(one.trim())];
    const { login, group, role } = objectIn(one);
    if (typeof group === 'string') return [{ who: { group }, role: roleIn(role) }];
    return [{ who: { login: textIn(login) }, role: roleIn(role) }];
  });
}

function collaborationInWords(words: string): CollaborationDetails {
  const [, group, who = '', role] = /^(group\s+)?(.+?)\s*:\s*([^:]+)$/.exec(words) ?? [];
  if (role === undefined) {
    throw new CellError(`"${words}" does not say who may do what: ann@example.com:editor`);
  }
  return { who: group ? { group: who } : { login: who }, role: roleIn(role.trim()) };
}

function roleIn(value: unknown): BoxCollaboratorRole {
  if (typeof value === 'string' && ROLES.has(value)) return value as BoxCollaboratorRole;
  throw new CellError(`${shown(value)} is no role: ${[...ROLES].join(', ')}`);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
