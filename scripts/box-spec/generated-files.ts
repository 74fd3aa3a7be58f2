/** The text of `packages/client/src/generated/`: names and types of Box's API, and a small table. */
import type { VersionedDocument } from './document.ts';
import { type Answer, type Operation, operationsIn } from './operations.ts';
import { objectText, refsIn, spaced, type TypeContext, typeText } from './type-text.ts';

const HEADER = '// Made by `npm run generate` from Box’s OpenAPI documents. Not to be edited.\n';

/** Each file's name and text. */
export function generatedFiles(documents: readonly VersionedDocument[]): Map<string, string> {
  const operations = operationsIn(documents);
  const names = schemaNames(documents);
  return new Map([
    ['schemas.ts', schemasText(documents, names)],
    ['operations.ts', operationsText(operations, names)],
    ['routes.ts', routesText(operations)],
  ]);
}

/** By version: the TypeScript name of each schema. What an earlier version has too gets the year as a suffix. */
type SchemaNames = ReadonlyMap<string | undefined, (schemaName: string) => string>;

function schemaNames(documents: readonly VersionedDocument[]): SchemaNames {
  const taken = new Set<string>();
  const names: [string | undefined, (schemaName: string) => string][] = [];
  for (const { version, document } of documents) {
    const own = new Map<string, string>();
    for (const schemaName of Object.keys(document.components.schemas)) {
      const plain = schemaName.replaceAll('-', '');
      const name = taken.has(plain) ? `${plain}V${version?.split('.')[0]}` : plain;
      taken.add(name);
      own.set(schemaName, name);
    }
    names.push([
      version,
      (schemaName) => {
        const name = own.get(schemaName);
        if (name === undefined) throw new Error(`there is no schema ${schemaName}`);
        return name;
      },
    ]);
  }
  return new Map(names);
}

function contextOf(names: SchemaNames, version: string | undefined, isInput: boolean): TypeContext {
  const nameOf = names.get(version);
  if (!nameOf) throw new Error(`there are no schemas of ${version}`);
  return { nameOf, isInput };
}

function schemasText(documents: readonly VersionedDocument[], names: SchemaNames): string {
  const types = documents.flatMap(({ version, document }) => {
    const { schemas } = document.components;
    const inputs = passedIn(version, document);
    return Object.entries(schemas).map(([schemaName, schema]) => {
      const context = contextOf(names, version, inputs.has(schemaName));
      const text = typeText(schema, context);
      return `export type ${context.nameOf(schemaName)} =${spaced(text)};\n`;
    });
  });
  return `${HEADER}\n${types.sort().join('\n')}`;
}

/** The schemas that bodies are made of. */
function passedIn(
  version: string | undefined,
  document: VersionedDocument['document'],
): Set<string> {
  const found = new Set<string>();
  const visit = (value: unknown) => {
    for (const name of refsIn(value)) {
      if (found.has(name)) continue;
      found.add(name);
      visit(document.components.schemas[name]);
    }
  };
  for (const { body } of operationsIn([{ version, document }])) visit(body?.schema);
  return found;
}

function operationsText(operations: readonly Operation[], names: SchemaNames): string {
  const used = new Set<string>();
  const members = operations.map((operation) => {
    const { nameOf } = contextOf(names, operation.version, true);
    const recorded = (schemaName: string) => {
      const name = nameOf(schemaName);
      used.add(name);
      return name;
    };
    return { name: operation.key, isRequired: true, type: operationText(operation, recorded) };
  });
  return [
    HEADER,
    `import type { RequestBody } from '../body.ts';\n`,
    `import type { FormFile } from '../multipart.ts';\n`,
    `import type { AnswerStream } from '../request.ts';\n`,
    `import type {\n${[...used]
      .sort()
      .map((name) => `  ${name},\n`)
      .join('')}} from './schemas.ts';\n\n`,
    `export interface Operations ${objectText(members, false)}\n`,
  ].join('');
}

function operationText(
  { parameters, body, answers }: Operation,
  nameOf: TypeContext['nameOf'],
): string {
  const input: TypeContext = { nameOf, isInput: true };
  const output: TypeContext = { nameOf, isInput: false };
  const groups = (['path', 'query', 'header'] as const).map((place) => {
    const members = parameters
      .filter((parameter) => parameter.in === place)
      .map(({ name, required, schema }) => ({
        name,
        isRequired: required === true,
        // What a query or a header does not say is left out: it cannot be null.
        type: typeText({ ...schema, nullable: false }, input),
      }));
    return { name: place === 'header' ? 'headers' : place, members };
  });
  const answerMembers = Object.entries(answers).map(([status, answer]) => ({
    name: status,
    isRequired: true,
    type: answerText(answer, output),
  }));
  return objectText(
    [
      ...groups
        .filter(({ members }) => members.length > 0)
        .map(({ name, members }) => ({
          name,
          isRequired: members.some(({ isRequired }) => isRequired),
          type: objectText(members, true),
        })),
      ...(body ? [{ name: 'body', isRequired: body.isRequired, type: bodyText(body, input) }] : []),
      { name: 'answers', isRequired: true, type: objectText(answerMembers, false) },
    ],
    true,
  );
}

function answerText(answer: Answer, context: TypeContext): string {
  if (answer === 'nothing') return 'undefined';
  return answer === 'bytes' ? 'AnswerStream' : typeText(answer, context);
}

/** What the client takes: a body that it can open again wherever Box's document speaks of binary. */
function bodyText({ kind, schema }: NonNullable<Operation['body']>, context: TypeContext): string {
  if (kind === 'bytes') return 'RequestBody';
  if (kind !== 'multipart') return typeText(schema, context);
  const members = Object.entries(schema.properties ?? {}).map(([name, part]) => ({
    name,
    isRequired: schema.required?.includes(name) ?? false,
    type: part.format === 'binary' ? 'FormFile' : typeText(part, context),
  }));
  return objectText(members, true);
}

/** Only what sets an operation apart: most are JSON both ways, at the API's host, in the version of 2024. */
function routesText(operations: readonly Operation[]): string {
  const lines = operations.flatMap((operation) => {
    const members = Object.entries(routeOf(operation)).map(([name, value]) =>
      typeof value === 'string' ? `${name}: '${value}'` : `${name}: ${value}`,
    );
    return members.length > 0 ? [`  '${operation.key}': { ${members.join(', ')} },\n`] : [];
  });
  return [
    HEADER,
    `import type { OperationRoute } from '../operation.ts';\n\n`,
    'export const ROUTES: Readonly<Record<string, OperationRoute>> = {\n',
    ...lines,
    '};\n',
  ].join('');
}

function routeOf({ host, version, body, answers, isAnonymous, waitsOn202 }: Operation): object {
  return {
    ...(host !== 'api' && { host }),
    ...(version !== undefined && { version }),
    ...(body && body.kind !== 'json' && { body: body.kind }),
    ...(Object.values(answers).includes('bytes') && { answer: 'stream' }),
    ...(isAnonymous && { anonymous: true }),
    ...(waitsOn202 && { waitOn202: true }),
  };
}
