import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Schema } from '../scripts/box-spec/document.ts';
import { type TypeContext, typeText } from '../scripts/box-spec/type-text.ts';

const output: TypeContext = { nameOf: (name) => name.replaceAll('-', ''), isInput: false };
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const text: Schema = { type: 'string' };

const cases: [what: string, schema: Schema, type: string][] = [
  ['a reference', ref('File--Mini'), 'FileMini'],
  ['a format', { type: 'string', format: 'date-time' }, 'string'],
  ['a whole number', { type: 'integer', format: 'int64' }, 'number'],
  ['words', { type: 'string', enum: ['a', "it's"] }, "'a' | 'it\\'s'"],
  ['words and others', { enum: ['a'], format: 'open' }, "'a' | (string & {})"],
  ['a list of words', { type: 'array', items: { enum: ['a', 'b'] } }, "readonly ('a' | 'b')[]"],
  ['nothing', {}, 'unknown'],
  ['an object of any kind', { type: 'object' }, '{ [key: string]: unknown }'],
  ['a dictionary', { additionalProperties: { allOf: [text, {}] } }, '{ [key: string]: string }'],
  ['null beside a type', { type: 'string', nullable: true }, 'string | null'],
  ['null beside allOf', { allOf: [ref('User'), {}], nullable: true }, 'User | null'],
  ['null in a part of allOf', { allOf: [ref('User'), { nullable: true }] }, 'User | null'],
  ['null said and taken back', { allOf: [{ ...text, nullable: true }, {}] }, 'string | null'],
  ['null as an empty object', { oneOf: [ref('A'), nothingButNull()] }, 'A | null'],
  [
    'parts of an object',
    { allOf: [{ properties: { a: text }, required: ['a'] }, { properties: { b: text } }] },
    '{ a: string; b?: string }',
  ],
  ['a schema and more', { allOf: [ref('A'), { properties: { b: text } }] }, 'A & { b?: string }'],
  [
    'names that look like JSON Schema’s own, or like nothing',
    { properties: { $id: text, 'a-b': text } },
    "{ $id?: string; 'a-b'?: string }",
  ],
];

function nothingButNull(): Schema {
  return { type: 'object', nullable: true, additionalProperties: false };
}

suite('the type of', () => {
  for (const [what, schema, type] of cases) {
    test(what, () => assert.equal(typeText(schema, output), type));
  }

  test('what is passed in takes undefined for what may be left out', () => {
    const schema: Schema = { properties: { a: text, b: text }, required: ['a'] };
    const type = typeText(schema, { ...output, isInput: true });
    assert.equal(type, '{ a: string; b?: string | undefined }');
  });

  test('a member that is required and is not there is refused', () => {
    const schema: Schema = { properties: { access: text }, required: ['accessed'] };
    assert.throws(() => typeText(schema, output), /accessed is required and is no property/);
  });
});
