/** Whether an answer is one that Box's document knows. */
import type { Schema } from '../../scripts/box-spec/document.ts';
import type { DocumentedOperation } from './document.ts';
import type { Exchanged } from './exchange.ts';
import type { Validate } from './schemas.ts';

/** Box sends these without a body, whatever the document says (FACTS 5). */
const MAY_BE_EMPTY = [401, 403, 405];

const text: Schema = { type: 'string' };

/** What the document leaves open, and clients go by (FACTS 5). */
const ERROR: Schema = {
  type: 'object',
  properties: {
    type: { type: 'string', enum: ['error'] },
    code: text,
    message: text,
    request_id: text,
  },
  required: ['type', 'status', 'code', 'message', 'request_id'],
};

/** The errors of metadata come in two shapes, and this one is not in the document (FACTS 5). */
const METADATA_ERROR: Schema = {
  type: 'object',
  properties: { code: text, message: text },
  required: ['code', 'message'],
};

/** What the document does not allow in an answer; empty when it is as documented. */
export function complaints(
  operation: DocumentedOperation,
  answer: Exchanged,
  validate: Validate,
): string[] {
  const { status, text, json } = answer;
  if (status >= 500) return [`${status} ${text}`];
  const isRefusal = status >= 400;
  const { responses } = operation;
  const documented = responses[status] ?? (isRefusal ? responses.default : undefined);
  if (!documented) return [`${status} is not documented: ${Object.keys(responses).join(', ')}`];
  if (text === '' && isRefusal && MAY_BE_EMPTY.includes(status)) return [];
  const { content } = documented;
  if (!content) return text === '' ? [] : [`${status} should have no body`];
  const schema = content['application/json']?.schema;
  if (!schema) return text === '' ? [`${status} should have a body`] : [];
  if (json === undefined) return [`${status} should have a body of JSON`];
  const mayDiffer = isRefusal && operation.path.includes('/metadata');
  if (mayDiffer && validate(METADATA_ERROR, json).length === 0) return [];
  const found = validate(schema, json);
  if (schema.$ref?.endsWith('/ClientError')) found.push(...validate(errorOf(status), json));
  return found.map((one) => `${status}: ${one}`);
}

function errorOf(status: number): Schema {
  const properties = { ...ERROR.properties, status: { enum: [status] } };
  return { ...ERROR, properties };
}

/** The schema of an answer that succeeded, to ask for all of its fields. */
export function schemaOf({ responses }: DocumentedOperation, status: number): Schema | undefined {
  return responses[status]?.content?.['application/json']?.schema;
}

/** Is this what the emulator answers to what it lacks? */
export function isNotEmulated({ json }: Exchanged): boolean {
  return (
    typeof json === 'object' && json !== null && 'code' in json && json.code === 'not_emulated'
  );
}
