/** Box's document, and what it says of each operation's answers. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { correct, UNDOCUMENTED } from '../../scripts/box-spec/corrections.ts';
import type { Document, OperationObject, Schema } from '../../scripts/box-spec/document.ts';
import { correctAnswers } from './corrections.ts';

export interface DocumentedOperation {
  /** `METHOD /path`, with Box's `#variant` where the same call is documented more than once. */
  readonly key: string;
  readonly method: string;
  /** From the root of the emulator's port, with `{names}`: `/2.0/files/{file_id}`. */
  readonly path: string;
  readonly responses: OperationObject['responses'];
  readonly takesFields: boolean;
}

export interface BoxDocument {
  readonly operations: ReadonlyMap<string, DocumentedOperation>;
  readonly schemas: Readonly<Record<string, Schema>>;
}

/** Where Box's document lies: `BOXHAUL_OPENAPI`, or beside the repository. Undefined: not at hand. */
export function documentPath(): string | undefined {
  const path =
    process.env.BOXHAUL_OPENAPI ??
    join(import.meta.dirname, '../../../shared/box-api/openapi.json');
  return existsSync(path) ? path : undefined;
}

/**
 * Reads the document, corrected where it is known to be wrong: see scripts/box-spec/corrections.ts, and
 * corrections.ts here.
 * @throws when a correction no longer finds what it corrects
 */
export function readCorrected(path: string): Document {
  const document: Document = JSON.parse(readFileSync(path, 'utf8'));
  correct(document, { isPart: true });
  correctAnswers(document);
  return document;
}

/** Reads what a {@link readCorrected} document says of answers. */
export function readDocument(path: string): BoxDocument {
  const document = readCorrected(path);
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => documented(method, path, operation)),
  );
  const own = operations.filter(({ key }) => !UNDOCUMENTED.includes(key));
  return {
    operations: new Map(own.map((operation) => [operation.key, operation])),
    schemas: document.components.schemas,
  };
}

function documented(
  lowerMethod: string,
  path: string,
  { servers, responses, parameters = [] }: OperationObject,
): DocumentedOperation {
  const method = lowerMethod.toUpperCase();
  const [server = { url: 'https://api.box.com/2.0' }] = servers ?? [];
  // The host may have a name to fill in; the emulator answers for all hosts at one port.
  const base = server.url.replace(/^https:\/\/[^/]+/, '');
  return {
    key: `${method} ${path}`,
    method,
    path: `${base}${path.replace(/#.*/, '')}`,
    responses,
    takesFields: parameters.some((parameter) => 'name' in parameter && parameter.name === 'fields'),
  };
}
