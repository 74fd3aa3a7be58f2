/** packages/cli/assets/events.schema.json, closed: events may hold nothing that it does not name. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';

interface Schema {
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  $defs?: Record<string, Schema>;
  additionalProperties?: boolean;
  [keyword: string]: unknown;
}

export const schema: Schema = JSON.parse(
  readFileSync(join(import.meta.dirname, '../packages/cli/assets/events.schema.json'), 'utf8'),
);

/** Readers are to pass over what they do not know; what is written must be known. */
function closed(part: Schema): Schema {
  return {
    ...part,
    ...(part.properties && { additionalProperties: false }),
    ...(part.anyOf && { anyOf: part.anyOf.map(closed) }),
    ...(part.$defs && {
      $defs: Object.fromEntries(
        Object.entries(part.$defs).map(([name, definition]) => [name, closed(definition)]),
      ),
    }),
  };
}

/** The schema of each type of event, so that an error says what is wrong with that one. */
function validatorOf(type: string): ValidateFunction {
  const names = Object.keys(schema.$defs ?? {}).filter(
    (name) => name === type || name.endsWith(`-${type}`),
  );
  const ajv = new Ajv2020({ allErrors: true, formats: { 'date-time': true } });
  const anyOf = names.map((name) => ({ $ref: `#/$defs/${name}` }));
  return ajv.compile({ ...closed(schema), anyOf });
}

const validators = new Map<string, ValidateFunction>();

/** The types of the events in what a command wrote with `--json`, each of which is what the schema says. */
export function typesOfKnown(stdout: string): string[] {
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const event: { type: string } = JSON.parse(line);
      const validate = validators.get(event.type) ?? validatorOf(event.type);
      validators.set(event.type, validate);
      assert.ok(validate(event), `${line}\n${JSON.stringify(validate.errors, null, 1)}`);
      return event.type;
    });
}
