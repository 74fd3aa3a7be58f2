/** A call of Box's API as typed behind `boxhaul api`, made into a request. */
import { resolve } from 'node:path';
import {
  type BoxHost,
  type BoxRequest,
  bodyOf,
  bodyOfFile,
  type RequestBody,
} from '@boxhaul/client';
import { CliError } from '../cli-error.ts';
import type { Surroundings } from '../context.ts';
import { printable } from '../output/width.ts';

export interface TypedRequest {
  readonly method: string;
  readonly path: string;
  readonly query?: readonly TypedPair[];
  readonly header?: readonly TypedPair[];
  /** Text, `@` and a file, or `-` for standard input. */
  readonly body?: string;
  readonly host?: BoxHost;
}

/** A name and its value. */
export interface TypedPair {
  readonly name: string;
  readonly value: string;
}

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

/** @throws CliError no such method, a header that is not to be set, or a file or input that cannot be read */
export async function requestOf(
  typed: TypedRequest,
  { stdin, cwd }: Pick<Surroundings, 'stdin' | 'cwd'>,
): Promise<BoxRequest> {
  const { host = 'api', query = [], header = [] } = typed;
  const method = METHODS.find((one) => one === typed.method.toUpperCase());
  if (method === undefined) {
    throw new CliError(`"${printable(typed.method)}" is no method of Box's`, {
      ways: [`${METHODS.join(', ').toLowerCase()}: boxhaul api get /users/me`],
    });
  }
  const headers = headersOf(header);
  const { 'content-type': contentType = 'application/json', ...others } = headers;
  const body = typed.body === undefined ? undefined : await bodyAsTyped(typed.body, { stdin, cwd });
  if (body?.bytes && contentType === 'application/json') assertJson(body.bytes);
  return {
    method,
    path: pathOf(typed.path, host),
    host,
    query: queryOf(query),
    headers: others,
    ...(body && { body, contentType }),
  };
}

/** `users/me`, `/users/me` and `/2.0/users/me` are the same; a whole URL stays as it is. */
function pathOf(path: string, host: BoxHost): string {
  if (/^https?:\/\//i.test(path)) return path;
  const rooted = path.startsWith('/') ? path : `/${path}`;
  const prefix = host === 'upload' ? /^\/api\/2\.0(?=\/)/ : /^\/2\.0(?=\/)/;
  return rooted.replace(prefix, '');
}

/** What is given several times is a list, which Box has with commas. */
function queryOf(pairs: readonly TypedPair[]): Record<string, readonly string[]> {
  const query: Record<string, string[]> = {};
  for (const { name, value } of pairs) query[name] = [...(query[name] ?? []), value];
  return query;
}

function headersOf(pairs: readonly TypedPair[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { name, value } of pairs) {
    const lower = name.toLowerCase();
    if (lower === 'authorization') {
      throw new CliError('the token is set by whoever sends it, not by --header', {
        ways: ['boxhaul api … --token <token>', 'boxhaul api … --as-user <id>'],
      });
    }
    if (lower === 'content-length') throw new CliError('the length is counted, not given');
    headers[lower] = value;
  }
  return headers;
}

async function bodyAsTyped(
  text: string,
  { stdin, cwd }: Pick<Surroundings, 'stdin' | 'cwd'>,
): Promise<RequestBody> {
  if (text === '-' || text === '@-') return bodyOf(await allOf(stdin));
  if (!text.startsWith('@')) return bodyOf(text);
  const file = text.slice(1);
  try {
    return await bodyOfFile(resolve(cwd, file));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'is not there' : `cannot be read (${code ?? error})`;
    throw new CliError(`${printable(file)} ${why}`, {
      details: [`it was given to --body; paths are taken from ${cwd}`],
      cause: error,
    });
  }
}

/** A body may have to be sent again, so that what cannot be read twice is held: as much as a call would ever need. */
const MOST_INPUT_BYTES = 64 * 1024 * 1024;

async function allOf(stdin: AsyncIterable<Uint8Array | string>): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stdin) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.byteLength;
    if (bytes > MOST_INPUT_BYTES) {
      throw new CliError(
        'standard input has more than 64 MiB: it cannot be kept for a repetition',
        {
          ways: ['put it into a file: --body @file'],
        },
      );
    }
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

/** Box says of broken JSON only that the request is bad. */
function assertJson(bytes: Uint8Array): void {
  try {
    JSON.parse(Buffer.from(bytes).toString());
  } catch (error) {
    throw new CliError(`the body is no JSON: ${error instanceof Error ? error.message : error}`, {
      ways: [
        `--body '{"name":"New"}'    in quotes, so that the shell leaves it alone`,
        '--body @file.json',
        "--header 'content-type: text/plain'    for a body of another kind",
      ],
      cause: error,
    });
  }
}
