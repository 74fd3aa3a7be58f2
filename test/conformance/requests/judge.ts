/** Whether a request is one that Box's document knows: its path, query, headers and body. */

import type { Document, Parameter, Schema } from '../../../scripts/box-spec/document.ts';
import { type Operation, operationsIn } from '../../../scripts/box-spec/operations.ts';
import { propertyNames, type Validate, validatorFor } from '../schemas.ts';
import type { SentRequest } from './sent-request.ts';

/** What a request may carry to any operation. */
const COMMON_HEADERS = [
  ...['authorization', 'user-agent', 'content-type', 'content-length', 'accept'],
  // On behalf of somebody, through a shared link, unheard: Box's guides tell of them for all calls.
  ...['as-user', 'boxapi', 'box-notifications'],
];

const BASES: Readonly<Record<Operation['host'], string>> = {
  api: '/2.0',
  upload: '/api/2.0',
  oauth: '',
  account: '/api/oauth2',
  download: '/2.0',
};

const CONTENT_TYPES = {
  json: 'application/json',
  patch: 'application/json-patch+json',
  form: 'application/x-www-form-urlencoded',
  multipart: 'multipart/form-data',
  bytes: 'application/octet-stream',
} as const;

/** What is wrong with a request; undefined: no operation is at its address. */
export type Judge = (request: SentRequest) => readonly string[] | undefined;

/** Makes a judge of a document that is corrected already. */
export function judgeFor(document: Document): Judge {
  const { schemas } = document.components;
  const validate = validatorFor(schemas);
  const strict: Validate = (schema, value) => [
    ...validate(schema, value),
    ...unknownMembers(schema, value, schemas),
  ];
  const operations = operationsIn([{ version: undefined, document }]);
  return (request) => {
    const path = request.path.replace(/\?.*/, '');
    const at = operations.flatMap((operation) => {
      const values = valuesIn(path, operation);
      return values && operation.key.startsWith(`${request.method} `)
        ? [{ operation, values }]
        : [];
    });
    const fewest = Math.min(...at.map(({ values }) => Object.keys(values).length));
    const verdicts = at
      .filter(({ values }) => Object.keys(values).length === fewest)
      .map(({ operation, values }) => complaintsOf(operation, values, request, strict));
    // Box documents some calls in several variants: one that fits is enough.
    return verdicts.toSorted((one, other) => one.length - other.length)[0];
  };
}

/** The values of a path's `{names}`; undefined when it is another path. */
function valuesIn(path: string, { key, host }: Operation): Record<string, string> | undefined {
  const template = `${BASES[host]}${key.replace(/^\w+ /, '').replace(/#.*/, '')}`;
  const pattern = template
    .replace(/[.+]/g, '\\$&')
    .replace(/\{(\w+)\}/g, (_, name: string) => `(?<${name}>[^/]+)`);
  const groups = new RegExp(`^${pattern}$`).exec(path);
  return groups ? { ...groups.groups } : undefined;
}

function complaintsOf(
  operation: Operation,
  path: Readonly<Record<string, string>>,
  request: SentRequest,
  validate: Validate,
): string[] {
  const query = Object.fromEntries(new URL(request.path, 'http://box').searchParams);
  const given = {
    path: Object.fromEntries(Object.entries(path).map(([k, v]) => [k, decodeURIComponent(v)])),
    query,
    header: request.headers,
  };
  return [
    ...operation.parameters.flatMap((parameter) => {
      const found = Object.entries(given[parameter.in]).find(([name]) => isCalled(parameter, name));
      return parameterComplaints(parameter, found?.[1], validate);
    }),
    ...unknownNames(operation, given),
    ...bodyComplaints(operation, request, validate),
  ];
}

function isCalled({ name, in: place }: Parameter, given: string): boolean {
  return place === 'header' ? name.toLowerCase() === given : name === given;
}

function parameterComplaints(
  { name, in: place, required, schema }: Parameter,
  text: string | undefined,
  validate: Validate,
): string[] {
  if (text === undefined) return required ? [`${place} ${name} is missing`] : [];
  return validate(schema, readAs(schema, text)).map((one) => `${place} ${name}=${text}: ${one}`);
}

/** A text as the schema would have it: whole numbers, `true` and `false`, lists with commas, JSON. */
function readAs({ type, items }: Schema, text: string): unknown {
  if (/^\s*[[{]/.test(text) && type === 'array') return JSON.parse(text);
  if (type === 'array') return text.split(',').map((one) => readAs(items ?? {}, one));
  if (type === 'integer' || type === 'number') return /^-?\d+$/.test(text) ? Number(text) : text;
  if (type === 'boolean') return { true: true, false: false }[text] ?? text;
  return text;
}

function unknownNames(
  { parameters }: Operation,
  { query, header }: Readonly<Record<'query' | 'header', Readonly<Record<string, string>>>>,
): string[] {
  const isKnown = (place: string, name: string) =>
    parameters.some((parameter) => parameter.in === place && isCalled(parameter, name));
  const names = [
    ...Object.keys(query).map((name) => ['query', name] as const),
    ...Object.keys(header)
      .filter((name) => !COMMON_HEADERS.includes(name))
      .map((name) => ['header', name] as const),
  ];
  return names
    .filter(([place, name]) => !isKnown(place, name))
    .map(([place, name]) => `${place} ${name} is not documented`);
}

function bodyComplaints(
  { body }: Operation,
  { headers, body: text }: SentRequest,
  validate: Validate,
): string[] {
  const type = headers['content-type'];
  if (type === undefined) return body?.isRequired ? ['the body is missing'] : [];
  if (!body) return [`no body is documented, not even one of ${type}`];
  const expected = CONTENT_TYPES[body.kind];
  if (type.replace(/;.*/, '') !== expected) return [`${type} is not ${expected}`];
  if (body.kind === 'bytes') return [];
  if (body.kind === 'multipart') return formComplaints(body.schema, type, text, validate);
  const value =
    body.kind === 'form' ? Object.fromEntries(new URLSearchParams(text)) : JSON.parse(text);
  return validate(body.schema, value);
}

/** Parts come in the document's order, those of JSON as its schema says; files are any bytes. */
function formComplaints(schema: Schema, type: string, text: string, validate: Validate): string[] {
  const boundary = /boundary="?([^";]+)/.exec(type)?.[1] ?? '';
  const parts = text.split(`--${boundary}`).slice(1);
  return Object.entries(schema.properties ?? {}).flatMap(([name, property], index) => {
    const part = parts.find((one) => one.includes(`name="${name}"`));
    if (part === undefined)
      return schema.required?.includes(name) ? [`part ${name} is missing`] : [];
    const misplaced = parts.indexOf(part) === index ? [] : [`part ${name} is not in its place`];
    if (property.type !== 'object') return misplaced;
    const json: unknown = JSON.parse(part.slice(part.indexOf('\r\n\r\n')));
    return [...misplaced, ...validate(property, json)];
  });
}

/** Members that an object's schema does not name, anywhere in a value. */
function unknownMembers(
  schema: Schema,
  value: unknown,
  schemas: Readonly<Record<string, Schema>>,
): string[] {
  const all = [schema, ...partsOf(schema, schemas)];
  if (Array.isArray(value)) {
    const items = all.find((one) => one.items)?.items ?? {};
    return value.flatMap((one) => unknownMembers(items, one, schemas));
  }
  const names = propertyNames(schema, schemas);
  const isOpen = all.some((one) => one.additionalProperties || one.oneOf || one.anyOf);
  if (typeof value !== 'object' || value === null || isOpen || names.length === 0) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    const found = all.find(({ properties }) => properties?.[name])?.properties?.[name];
    if (!found) return [`${name} is not documented`];
    return unknownMembers(found, member, schemas).map((one) => `${name}: ${one}`);
  });
}

/** What a schema is made of. */
function partsOf(schema: Schema, schemas: Readonly<Record<string, Schema>>): Schema[] {
  const referred = schemas[schema.$ref?.split('/').at(-1) ?? ''];
  const parts = [...(schema.allOf ?? []), ...(referred ? [referred] : [])];
  return parts.flatMap((part) => [part, ...partsOf(part, schemas)]);
}
