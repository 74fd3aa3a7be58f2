/** Box's operations, as a client needs to know them. */
import type {
  Document,
  OperationObject,
  Parameter,
  Schema,
  VersionedDocument,
} from './document.ts';
import { refName } from './type-text.ts';

/** Which of Box's hosts answers, in the client's words. */
type Host = 'api' | 'upload' | 'oauth' | 'account' | 'download';

/** How a body travels. */
type BodyKind = 'json' | 'patch' | 'form' | 'multipart' | 'bytes';

/** What an answer's status brings: nothing, JSON, or bytes. */
export type Answer = 'nothing' | 'bytes' | Schema;

export interface Operation {
  /** `METHOD /path`, with Box's `#variant` where the same call is documented more than once. */
  readonly key: string;
  readonly version: string | undefined;
  /** Box's heading for it. */
  readonly area: string;
  readonly host: Host;
  /** Sent without a token. */
  readonly isAnonymous: boolean;
  readonly parameters: readonly Parameter[];
  readonly body:
    | { readonly kind: BodyKind; readonly schema: Schema; readonly isRequired: boolean }
    | undefined;
  /** By status; only what a client hands on. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** A 202 is not the answer: it comes later. */
  readonly waitsOn202: boolean;
}

const HOSTS: Readonly<Record<string, Host>> = {
  'https://upload.box.com/api/2.0': 'upload',
  'https://{box-upload-server}/api/2.0': 'upload',
  'https://api.box.com': 'oauth',
  'https://account.box.com/api/oauth2': 'account',
  'https://dl.boxcloud.com/2.0': 'download',
};

const BODIES: Readonly<Record<string, BodyKind>> = {
  'application/json': 'json',
  'application/json-patch+json': 'patch',
  'application/x-www-form-urlencoded': 'form',
  'multipart/form-data': 'multipart',
  'application/octet-stream': 'bytes',
};

/** All operations of all documents, by key. */
export function operationsIn(documents: readonly VersionedDocument[]): Operation[] {
  return documents
    .flatMap(({ version, document }) =>
      Object.entries(document.paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) =>
          operationOf(`${method.toUpperCase()} ${path}`, version, document, operation),
        ),
      ),
    )
    .sort((one, other) => order(one.key, other.key));
}

function operationOf(
  key: string,
  version: string | undefined,
  document: Document,
  { servers, security, parameters = [], requestBody, responses, tags }: OperationObject,
): Operation {
  const answers = answersOf(responses);
  const later = answers['202'] === 'nothing' && Object.keys(answers).length > 1;
  return {
    key,
    version,
    area: tags?.[0] ?? 'External users',
    host: servers?.[0] ? known(HOSTS, servers[0].url) : 'api',
    isAnonymous: security?.length === 0,
    // The client sends the version itself.
    parameters: parameters
      .map((parameter) => resolved(parameter, document))
      .filter(({ name }) => name !== 'box-version'),
    body: bodyOf(requestBody),
    answers: later ? without202(answers) : answers,
    waitsOn202: later,
  };
}

function bodyOf(body: OperationObject['requestBody']): Operation['body'] {
  const [type, content] = Object.entries(body?.content ?? {})[0] ?? [];
  if (!type || !content) return undefined;
  const { schema } = content;
  const kind = known(BODIES, type);
  const isRequired =
    body?.required === true ||
    kind === 'bytes' ||
    schema.type === 'array' ||
    schema.$ref !== undefined ||
    (schema.required ?? []).length > 0;
  return { kind, schema, isRequired };
}

/** Redirects are followed and refusals are thrown: what is left are successes and "not modified". */
function answersOf(responses: OperationObject['responses']): Record<string, Answer> {
  const handedOn = Object.entries(responses).filter(([status]) => /^2|^304$/.test(status));
  return Object.fromEntries(
    handedOn.map(([status, { content }]) => {
      const [type, body] = Object.entries(content ?? {})[0] ?? [];
      if (!body) return [status, 'nothing'];
      return [status, type === 'application/json' ? body.schema : 'bytes'];
    }),
  );
}

function without202({ 202: _, ...answers }: Record<string, Answer>): Record<string, Answer> {
  return answers;
}

function resolved(parameter: Parameter | { $ref: string }, { components }: Document): Parameter {
  if (!('$ref' in parameter)) return parameter;
  return known(components.parameters ?? {}, refName(parameter.$ref));
}

function known<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = table[key];
  if (value === undefined) throw new Error(`${key} is not known here`);
  return value;
}

/** By path, then by method: what belongs together stands together, in the same order everywhere. */
function order(one: string, other: string): number {
  const [oneMethod = '', onePath = ''] = one.split(' ');
  const [otherMethod = '', otherPath = ''] = other.split(' ');
  return compare(onePath, otherPath) || compare(oneMethod, otherMethod);
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
