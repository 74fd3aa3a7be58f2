import { bodyOf, type RequestBody } from './body.ts';
import { BoxConnectionError, InputError } from './errors.ts';
import { ROUTES } from './generated/routes.ts';
import { type FormFile, multipartForm } from './multipart.ts';
import type { CallSettings, OperationRoute } from './operation.ts';
import type { BoxRequest, BoxResponse, QueryValue, Send } from './request.ts';

/** The input of any call, as far as its types reach here. */
export interface OperationInput extends CallSettings {
  readonly path?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: unknown;
}

/** What is a secret in a form: those that ask for tokens. */
const FORM_SECRETS =
  'client_secret code refresh_token token assertion subject_token actor_token'.split(' ');

/** What is a secret in other bodies, at any depth. */
const JSON_SECRETS = ['password'];

/**
 * Sends one of Box's operations; see `BoxClient.call`.
 * @param key `METHOD /path`, with or without `#variant`
 */
export async function sendOperation(
  send: Send,
  key: string,
  input: OperationInput = {},
): Promise<Pick<BoxResponse, 'status' | 'headers' | 'data'>> {
  const request = operationRequest(key, input);
  const { status, headers, data, stream } = await send(request);
  if (request.answer !== 'stream') return { status, headers, data };
  if (stream) return { status, headers, data: stream };
  throw new BoxConnectionError(`${key} was answered with status ${status} and no contents`, {
    code: 'unexpected_answer',
    method: request.method,
    path: request.path,
  });
}

/** @throws {InputError} what is no operation, or lacks a part of its path */
function operationRequest(key: string, input: OperationInput): BoxRequest {
  const [, method, template] = /^(GET|POST|PUT|PATCH|DELETE|OPTIONS) (\/[^#?]*)/.exec(key) ?? [];
  if (!method || !template) {
    throw new InputError(`"${key}" is no operation: expected one such as "GET /files/{file_id}"`);
  }
  const route = ROUTES[key] ?? {};
  const { signal, onProgress, repeat } = input;
  const path = filledIn(template, input.path ?? {}, key);
  return {
    method: method as BoxRequest['method'],
    // The oauth host's base ends in /oauth2 already.
    path: route.host === 'oauth' ? path.replace(/^\/oauth2/, '') : path,
    query: queryOf(input.query ?? {}),
    headers: { ...input.headers, ...(route.version && { 'box-version': route.version }) },
    secrets: [
      ...secretsIn(input.body, route.body === 'form' ? FORM_SECRETS : JSON_SECRETS),
      ...secretsOfLink(input.headers?.boxapi),
    ],
    ...(route.host && { host: route.host }),
    ...(route.answer && { answer: route.answer }),
    ...(route.anonymous && { isAnonymous: true }),
    ...(route.waitOn202 && { waitOn202: true }),
    ...bodyFor(route.body, input.body),
    ...(repeat && { repeat }),
    signal,
    onProgress,
  };
}

function filledIn(template: string, values: Readonly<Record<string, unknown>>, key: string) {
  return template.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const text = String(values[name] ?? '');
    if (/^\.{0,2}$/.test(text)) {
      throw new InputError(`${key} needs path.${name}, and was given "${text}"`);
    }
    return encodeURIComponent(text);
  });
}

/** Lists of texts are joined with commas, as Box wants them; filters travel as JSON. */
function queryOf(query: Readonly<Record<string, unknown>>): Record<string, QueryValue> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => {
      const isFilter = Array.isArray(value) && value.some((entry) => typeof entry === 'object');
      return [name, isFilter ? JSON.stringify(value) : (value as QueryValue)];
    }),
  );
}

function bodyFor(kind: OperationRoute['body'], body: unknown): Partial<BoxRequest> {
  if (body === undefined) return {};
  switch (kind) {
    case undefined:
      return { json: body };
    case 'patch':
      return {
        body: bodyOf(JSON.stringify(body)),
        contentType: 'application/json-patch+json',
        // What a patch adds it would add twice, and what it tests is no longer so the second time.
        repeat: 'unsafe',
      };
    case 'form':
      return {
        body: bodyOf(new URLSearchParams(textsOf(body)).toString()),
        contentType: 'application/x-www-form-urlencoded',
      };
    case 'multipart': {
      const form = formOf(body);
      return { body: form, contentType: form.contentType };
    }
    case 'bytes':
      return { body: body as RequestBody };
  }
}

function textsOf(body: unknown): Record<string, string> {
  const given = Object.entries(body ?? {}).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given.map(([name, value]) => [name, String(value)]));
}

function formOf(body: unknown) {
  const parts: [string, unknown][] = Object.entries(body ?? {});
  const file = parts.find((part): part is [string, FormFile] => isFile(part[1]));
  if (!file) throw new InputError('an upload needs the contents of a file, such as bodyOf(…)');
  return multipartForm(Object.fromEntries(parts.filter((part) => part !== file)), ...file);
}

function isFile(value: unknown): value is FormFile {
  return typeof value === 'object' && value !== null && 'open' in value && 'sizeBytes' in value;
}

function secretsIn(value: unknown, names: readonly string[]): string[] {
  if (typeof value !== 'object' || value === null || isFile(value)) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    typeof inner === 'string' && names.includes(name) ? [inner] : secretsIn(inner, names),
  );
}

/** The password in a `boxapi` header, as it stands there and as it is: Box takes it encoded or not. */
function secretsOfLink(header: string | undefined): string[] {
  const [, written] = header?.split('shared_link_password=') ?? [];
  return written ? [written, ...new URLSearchParams(`is=${written}`).values()] : [];
}
