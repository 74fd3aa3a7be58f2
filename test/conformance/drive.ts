/** Drives a table of scenarios against an emulator of its own. */
import { type Emulator, startEmulator } from '@boxhaul/emulator';
import { complaints, isNotEmulated, schemaOf } from './answers.ts';
import type { BoxDocument, DocumentedOperation } from './document.ts';
import { type Exchanged, exchange } from './exchange.ts';
import { type Ask, type Kept, OutOfReach, refusedAsk, type Scenario } from './scenario.ts';
import { propertyNames, type Validate } from './schemas.ts';

/** `checked`: valid and invalid, both as documented. `refused`: only the invalid one could be asked. */
export type Outcome = 'checked' | 'refused' | 'not_emulated' | 'out of reach' | 'wrong';

export interface Finding {
  readonly operation: string;
  readonly outcome: Outcome;
  /** What is wrong, or out of reach. */
  readonly complaints: readonly string[];
}

/** Asks row after row; each may use what the rows before it kept. */
export async function drive(
  table: readonly Scenario[],
  document: BoxDocument,
  validate: Validate,
): Promise<Finding[]> {
  const emulator = await startEmulator();
  const kept = await startingPoint(emulator);
  const findings: Finding[] = [];
  try {
    for (const scenario of table) {
      const operation = document.operations.get(scenario.operation);
      if (!operation) throw new Error(`The document has no ${scenario.operation}`);
      findings.push(await find(scenario, operation, { emulator, document, validate, kept }));
    }
  } finally {
    await emulator.close();
  }
  return findings;
}

interface Around {
  readonly emulator: Emulator;
  readonly document: BoxDocument;
  readonly validate: Validate;
  readonly kept: Kept;
}

/** What every table begins with. */
async function startingPoint({ app, ...emulator }: Emulator): Promise<Kept> {
  const folder = '/requested';
  const seeded = await emulator.seed({ [`${folder}/`]: '' });
  const folderId = seeded[folder]?.id ?? '';
  emulator.addWorkflow({ folderId });
  return {
    enterprise_id: emulator.enterpriseId,
    admin_id: emulator.adminUserId,
    external_id: emulator.externalUserId,
    admin_token: emulator.token,
    outsider_token: emulator.issueToken({ userId: emulator.externalUserId }),
    client_id: app.clientID,
    client_secret: app.clientSecret,
    code: await consent(emulator.url, app.clientID),
    requested_folder_id: folderId,
    file_request_id: emulator.addFileRequest({ title: 'Papers', folderId }),
    app_item_link: emulator.addAppItem({ items: [{ type: 'folder', id: folderId }] }).url,
  };
}

/** What somebody who allows the app in the browser sends to it: no operation of the document. */
async function consent(url: string, client_id: string): Promise<string> {
  const redirect_uri = 'http://127.0.0.1/callback';
  const answer = await fetch(`${url}/api/oauth2/authorize`, {
    method: 'POST',
    redirect: 'manual',
    body: new URLSearchParams({
      response_type: 'code',
      client_id,
      redirect_uri,
      decision: 'grant',
    }),
  });
  return new URL(answer.headers.get('location') ?? url).searchParams.get('code') ?? '';
}

async function find(
  scenario: Scenario,
  operation: DocumentedOperation,
  around: Around,
): Promise<Finding> {
  const { key } = operation;
  try {
    const ask = typeof scenario.valid === 'function' ? scenario.valid(around.kept) : scenario.valid;
    const wrong = ask ? await checkValid(scenario, operation, ask, around) : [];
    if (wrong === 'not_emulated') return { operation: key, outcome: wrong, complaints: [] };
    const invalid = scenario.invalid ?? refusedAsk(key, ask ?? {});
    const refusal = await checkInvalid(operation, invalid, around);
    const all = [...wrong, ...refusal];
    if (all.length > 0) return { operation: key, outcome: 'wrong', complaints: all };
    return { operation: key, outcome: ask ? 'checked' : 'refused', complaints: [] };
  } catch (error) {
    if (!(error instanceof OutOfReach)) throw error;
    return { operation: key, outcome: 'out of reach', complaints: [error.message] };
  }
}

async function checkValid(
  { keep }: Scenario,
  operation: DocumentedOperation,
  ask: Ask,
  { emulator, document, validate, kept }: Around,
): Promise<string[] | 'not_emulated'> {
  const answer = await exchange(emulator, operation, ask, kept);
  if (isNotEmulated(answer)) return 'not_emulated';
  if (answer.status >= 400) return [`asked rightly: ${answer.status} ${answer.text}`];
  const wrong = complaints(operation, answer, validate);
  for (const [name, place] of Object.entries(keep)) {
    const value = at(answer.json, place);
    if (value === undefined) wrong.push(`there is no ${place} to keep: ${answer.text}`);
    else kept[name] = value;
  }
  if (wrong.length > 0 || operation.method !== 'GET' || !operation.takesFields) return wrong;
  const fields = propertyNames(schemaOf(operation, answer.status) ?? {}, document.schemas);
  const query = { ...ask.query, fields: fields.join(',') };
  const full = await exchange(emulator, operation, { ...ask, query }, kept);
  return complaints(operation, full, validate).map((one) => `with all fields, ${one}`);
}

async function checkInvalid(
  operation: DocumentedOperation,
  ask: Ask,
  { emulator, validate, kept }: Around,
): Promise<string[]> {
  const answer: Exchanged = await exchange(emulator, operation, ask, kept);
  if (answer.status < 400) return [`asked wrongly: ${answer.status} ${answer.text.slice(0, 200)}`];
  return complaints(operation, answer, validate).map((one) => `asked wrongly, ${one}`);
}

function at(json: unknown, place: string): string | undefined {
  const found = place
    .split('.')
    .reduce<unknown>(
      (value, name) =>
        typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined,
      json,
    );
  return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
}
