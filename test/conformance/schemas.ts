/** Box's schemas as Ajv takes them: OpenAPI's `nullable` and Box's own formats made plain. */
import { Ajv, type ValidateFunction } from 'ajv';
import type { Schema } from '../../scripts/box-spec/document.ts';

/** What there is to complain about in a value; empty when it is valid. */
export type Validate = (schema: Schema, value: unknown) => string[];

const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** The formats that can be wrong. Those that Box gives to free text (`token`, `html`, …) are let be. */
const FORMATS = {
  'date-time': (text: string) => DATE_TIME.test(text) && !Number.isNaN(Date.parse(text)),
  email: /^\S+@\S+$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  url: (text: string) => URL.canParse(text),
  digest: true,
  html: true,
  token: true,
  urn: true,
  jwt: true,
  binary: true,
  timezone: true,
  space_delimited_list: true,
  '<width>x<height>': /^\d+x\d+$/,
  int32: { type: 'number', validate: (value: number) => Number.isInteger(value) },
  int64: { type: 'number', validate: (value: number) => Number.isInteger(value) },
  float: { type: 'number', validate: Number.isFinite },
} as const;

/** Makes a validator for schemas that may refer to these. A format that is not known here throws. */
export function validatorFor(schemas: Readonly<Record<string, Schema>>): Validate {
  const ajv = new Ajv({ strict: false, allErrors: true, formats: FORMATS });
  ajv.addSchema({ $id: 'box', components: { schemas: eachValue(schemas, plain) } });
  const compiled = new Map<string, ValidateFunction>();
  return (schema, value) => {
    const key = JSON.stringify(schema);
    const validate = compiled.get(key) ?? ajv.compile(plain(schema));
    compiled.set(key, validate);
    if (validate(value)) return [];
    const errors = validate.errors ?? [];
    return errors.map(({ instancePath, message, params }) => {
      return `${instancePath || 'the body'} ${message} ${JSON.stringify(params)}`;
    });
  };
}

/** The names of all properties of an object's schema; none for lists. */
export function propertyNames(
  schema: Schema,
  schemas: Readonly<Record<string, Schema>>,
): readonly string[] {
  const referred = schemas[schema.$ref?.split('/').at(-1) ?? ''];
  const parts = [...(schema.allOf ?? []), ...(referred ? [referred] : [])];
  const inherited = parts.flatMap((part) => propertyNames(part, schemas));
  return [...new Set([...inherited, ...Object.keys(schema.properties ?? {})])];
}

/** Lengths of lists are let be: the document has no item without a tag, Box has. */
interface Bounds {
  pattern?: string;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
}

/**
 * A schema in JSON Schema's words. Only what says something of values is kept: examples are full of members like
 * `$id` that Ajv would take for its own. `oneOf` is taken as `anyOf`: among Box's alternatives is often one that
 * fits everything, such as the source of an event that is any object.
 */
function plain(schema: Schema & Bounds): object {
  const {
    pattern,
    maxLength,
    minimum,
    maximum,
    $ref,
    type,
    format,
    enum: values,
    required,
    properties,
    items,
  } = schema;
  const { additionalProperties, allOf, anyOf, oneOf } = schema;
  const isOpen = format === 'open';
  const result = {
    ...($ref && { $ref: `box${$ref}` }),
    ...(type && { type }),
    ...(format && !isOpen && { format }),
    ...(values && !isOpen && { enum: values }),
    ...(pattern !== undefined && { pattern }),
    ...(maxLength !== undefined && { maxLength }),
    ...(minimum !== undefined && { minimum }),
    ...(maximum !== undefined && { maximum }),
    ...(required && { required }),
    ...(properties && { properties: eachValue(properties, plain) }),
    ...(items && { items: plain(items) }),
    ...(typeof additionalProperties === 'object'
      ? { additionalProperties: plain(additionalProperties) }
      : additionalProperties !== undefined && { additionalProperties }),
    ...(allOf && { allOf: allOf.map(plain) }),
    ...((anyOf ?? oneOf) && { anyOf: (anyOf ?? oneOf)?.map(plain) }),
  };
  return isNullable(schema) ? { anyOf: [result, { type: 'null' }] } : result;
}

/** Box writes `nullable` beside `allOf`, or in one of its members. */
function isNullable({ nullable, allOf = [] }: Schema): boolean {
  return nullable === true || allOf.some((part) => part.nullable === true);
}

function eachValue<T, U>(record: Readonly<Record<string, T>>, change: (value: T) => U) {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, change(value)]));
}
