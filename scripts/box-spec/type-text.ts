/** A JSON schema of Box's as a TypeScript type, formatted so that the same schema always gives the same text. */
import type { Schema } from './document.ts';

/** What a type's text depends on besides its schema. */
export interface TypeContext {
  /** The TypeScript name of a schema of the same document. */
  readonly nameOf: (schemaName: string) => string;
  /** Is it passed in? Optional members then take `undefined` too. */
  readonly isInput: boolean;
}

const ONE_LINE = 72;
const UNKNOWN_OBJECT = '{ [key: string]: unknown }';

/** @throws when `required` names what is no property, or a schema has a form that is not known here */
export function typeText(schema: Schema, context: TypeContext): string {
  const text = plainText(schema, context);
  return isNullable(schema) ? union([text, 'null']) : text;
}

/** The members of an object type, as `{ … }`. */
export function objectText(
  members: readonly { name: string; isRequired: boolean; type: string }[],
  isInput: boolean,
): string {
  const lines = members.map(({ name, isRequired, type }) => {
    const key = /^[A-Za-z_$][\w$]*$|^\[|^\d+$/.test(name) ? name : `'${name}'`;
    if (isRequired) return `${key}:${spaced(type)}`;
    return `${key}?:${spaced(isInput ? union([type, 'undefined']) : type)}`;
  });
  const line = `{ ${lines.join('; ')} }`;
  if (line.length <= ONE_LINE && !line.includes('\n')) return line;
  return `{\n${lines.map((text) => `  ${indented(text)};\n`).join('')}}`;
}

/** A type that fills several lines begins on the next one. */
export function spaced(text: string): string {
  return text.startsWith('\n') ? text : ` ${text}`;
}

/** The name of a referenced schema, as the document has it. */
export function refName(ref: string): string {
  return ref.slice(ref.lastIndexOf('/') + 1);
}

/** Every schema that this one names, at any depth. */
export function refsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [refName(inner)] : refsIn(inner),
  );
}

function plainText(schema: Schema, context: TypeContext): string {
  if (schema.$ref) return context.nameOf(refName(schema.$ref));
  // Beside a plain string the literals would be lost.
  const others = schema.format === 'open' ? ['(string & {})'] : [];
  if (schema.enum) return union([...schema.enum.map(literal), ...others]);
  const choices = schema.oneOf ?? schema.anyOf;
  if (choices) return choiceText(choices, context);
  if (schema.allOf || schema.properties) return wholeText(schema, context);
  switch (schema.type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'array':
      return `readonly ${bracketed(typeText(schema.items ?? {}, context))}[]`;
    default:
      return dictionaryText(schema, context);
  }
}

function choiceText(choices: readonly Schema[], context: TypeContext): string {
  return union(
    choices.map((choice) =>
      // Box's way to say null: an object that may be null and may hold nothing.
      choice.nullable && choice.additionalProperties === false ? 'null' : typeText(choice, context),
    ),
  );
}

function dictionaryText({ type, additionalProperties }: Schema, context: TypeContext): string {
  if (typeof additionalProperties === 'object') {
    return `{ [key: string]: ${typeText(additionalProperties, context)} }`;
  }
  return type === 'object' ? UNKNOWN_OBJECT : 'unknown';
}

/** An object and all that `allOf` adds to it: the schemas it names, and one object with all other members. */
function wholeText(schema: Schema, context: TypeContext): string {
  const parts = flattened(schema);
  const named = parts.flatMap(({ $ref }) => ($ref ? [context.nameOf(refName($ref))] : []));
  const objects = parts.filter(({ properties }) => properties);
  const properties = Object.assign({}, ...objects.map((part) => part.properties));
  const required = objects.flatMap((part) => part.required ?? []);
  const stray = required.find((name) => !(name in properties) && named.length === 0);
  if (stray !== undefined) throw new Error(`${stray} is required and is no property`);
  const members = Object.entries<Schema>(properties).map(([name, property]) => ({
    name,
    isRequired: required.includes(name),
    type: typeText(property, context),
  }));
  const { additionalProperties } = parts.find((part) => part.additionalProperties) ?? {};
  if (typeof additionalProperties === 'object') {
    const type = typeText(additionalProperties, context);
    members.push({ name: '[key: string]', isRequired: true, type });
  }
  const others = parts.filter((part) => !part.$ref && !part.properties && !isEmpty(part));
  const texts = [
    ...named,
    ...(members.length > 0 ? [objectText(members, context.isInput)] : []),
    ...others.map((part) => plainText(part, context)),
  ];
  if (texts.length === 0) return schema.type === 'object' ? UNKNOWN_OBJECT : 'unknown';
  return texts.length === 1 ? texts.join() : texts.map(bracketed).join(' & ');
}

function flattened(schema: Schema): Schema[] {
  const { allOf, ...own } = schema;
  return [own, ...(allOf ?? []).flatMap(flattened)];
}

/** Says nothing about the value, or only whether it may be null. */
function isEmpty({ type, $ref, enum: values, oneOf, anyOf, ...rest }: Schema): boolean {
  const isPlainObject = type === 'object' && !rest.items;
  return (type === undefined || isPlainObject) && !$ref && !values && !oneOf && !anyOf;
}

/** Box writes `nullable` beside `allOf` as well as in its parts, and contradicts itself: null is then possible. */
function isNullable(schema: Schema): boolean {
  return flattened(schema).some(({ nullable }) => nullable);
}

/** The union of types, each once. */
function union(texts: readonly string[]): string {
  const members = [...new Set(texts)];
  const line = members.join(' | ');
  if (members.length === 1 || line.length <= 90 || line.includes('\n')) return line;
  return members.map((member) => `\n  | ${member}`).join('');
}

function bracketed(text: string): string {
  return / [|&] |\n {2}\| |^readonly /.test(withoutObjects(text)) ? `(${text})` : text;
}

function withoutObjects(text: string): string {
  const less = text.replaceAll(/\{[^{}]*\}/g, '');
  return less === text ? text : withoutObjects(less);
}

function indented(text: string): string {
  return text.replaceAll('\n', '\n  ');
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "\\'")}'`;
}
