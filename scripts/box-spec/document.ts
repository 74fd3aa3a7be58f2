/** The parts of Box's OpenAPI documents that types are made from, and how they are read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { correct } from './corrections.ts';

/** A JSON schema as OpenAPI 3.0 spells it. */
export interface Schema {
  $ref?: string;
  type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  format?: string;
  enum?: (string | number)[];
  nullable?: boolean;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  items?: Schema;
  allOf?: Schema[];
  oneOf?: Schema[];
  anyOf?: Schema[];
}

export interface Parameter {
  name: string;
  in: 'path' | 'query' | 'header';
  required?: boolean;
  schema: Schema;
}

/** By media type. */
type Content = Record<string, { schema: Schema }>;

export interface OperationObject {
  operationId: string;
  tags?: string[];
  parameters?: (Parameter | { $ref: string })[];
  requestBody?: { required?: boolean; content: Content };
  responses: Record<string, { content?: Content }>;
  servers?: { url: string }[];
  security?: unknown[];
}

export interface Document {
  paths: Record<string, Record<string, OperationObject>>;
  components: { schemas: Record<string, Schema>; parameters?: Record<string, Parameter> };
}

/** A document and the version of Box's API that it describes. */
export interface VersionedDocument {
  /** Sent as `box-version`; undefined for the API of 2024, which needs no such header. */
  version: string | undefined;
  document: Document;
}

const FILES = [
  { name: 'openapi-full.json', version: undefined },
  { name: 'openapi-2025.0.json', version: '2025.0' },
  { name: 'openapi-2026.0.json', version: '2026.0' },
];

/**
 * Reads the three documents from a folder, the first of them corrected where it is known to be wrong.
 * @throws when a correction no longer finds what it corrects
 */
export function readDocuments(folder: string): VersionedDocument[] {
  return FILES.map(({ name, version }) => {
    const document: Document = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (version === undefined) correct(document);
    return { version, document };
  });
}
