import { BoxApiError, type BoxClient, type BoxRequest, type BoxResponse } from '@boxhaul/client';
import { parseExactly, prettyJson } from '../api/exact-json.ts';
import { nextPage, type Page } from '../api/pages.ts';
import { requestOf, type TypedRequest } from '../api/typed-request.ts';
import { CliError } from '../cli-error.ts';
import { openConnection } from '../connection/connection.ts';
import type { CommandContext } from '../context.ts';
import { ExitCode } from '../exit-codes.ts';
import { room } from '../output/room.ts';
import { printable } from '../output/width.ts';

export interface ApiCommandOptions extends Omit<TypedRequest, 'method' | 'path'> {
  readonly paginate?: boolean;
  /** Status and headers on stderr. */
  readonly include?: boolean;
  readonly dryRun?: boolean;
}

/** `boxhaul api <method> <path>`: any call of Box's, sent as all others are, and answered as Box answers. */
export async function runApi(
  context: CommandContext,
  method: string,
  path: string,
  options: ApiCommandOptions,
): Promise<ExitCode> {
  const request = {
    ...(await requestOf({ ...options, method, path }, context)),
    signal: context.signal,
  };
  if (options.paginate && request.method !== 'GET') {
    throw new CliError('--paginate asks for page after page, which only get does');
  }
  if (options.dryRun) return sayRequest(context, request);
  const connection = await openConnection(context);
  try {
    if (options.paginate) await printPages(context, connection.client, request, options);
    else await printAnswer(context, await sent(connection.client, request, context, options));
    return ExitCode.done;
  } finally {
    await connection.close();
  }
}

async function sent(
  client: BoxClient,
  request: BoxRequest,
  { output }: CommandContext,
  { include }: ApiCommandOptions,
): Promise<BoxResponse> {
  try {
    const response = await client.request({ ...request, answer: 'stream', waitOn202: false });
    if (include) {
      output.warn(`${response.status}`);
      for (const [name, value] of Object.entries(response.headers)) {
        output.warn(`${name}: ${printable(value)}`);
      }
      output.warn('');
    }
    return response;
  } catch (error) {
    throw error instanceof BoxApiError ? asBoxSaidIt(error) : error;
  }
}

/** The refusal in Box's own words, and all that it says beside. */
function asBoxSaidIt(error: BoxApiError): CliError {
  const { boxCode, boxMessage, contextInfo, requestId, status } = error;
  return new CliError(error.message, {
    details: [
      ...(boxCode === undefined ? [] : [`code: ${boxCode}`]),
      ...(boxMessage === undefined ? [] : [`message: ${printable(boxMessage)}`]),
      ...(contextInfo === undefined
        ? []
        : [`context_info: ${printable(JSON.stringify(contextInfo))}`]),
      ...(requestId === undefined ? [] : [`request_id: ${requestId}`]),
    ],
    exitCode: status === 401 || status === 403 ? ExitCode.notAuthorised : ExitCode.failed,
    cause: error,
  });
}

/** JSON for people or as an event; contents as they are. */
async function printAnswer(context: CommandContext, response: BoxResponse): Promise<void> {
  const { output, stdout, signal } = context;
  const { status, headers, stream } = response;
  if (stream && !isJson(headers)) {
    if (output.json) {
      stream.cancel();
      throw new CliError('the answer is contents, for which there is no room in --json', {
        ways: ['leave out --json: they are written as they are'],
      });
    }
    for await (const chunk of stream) {
      stdout.write(chunk);
      await room(stdout, signal);
    }
    return;
  }
  const text = stream ? await textOf(stream) : JSON.stringify(response.data);
  const data = text === undefined || text === '' ? undefined : parseExactly(text);
  output.event('answer', { status, headers, data });
  if (data !== undefined && text !== undefined) output.print(prettyJson(text));
}

/** One entry a line, page after page. */
async function printPages(
  context: CommandContext,
  client: BoxClient,
  first: BoxRequest,
  options: ApiCommandOptions,
): Promise<void> {
  const { output, stdout, signal } = context;
  let next: BoxRequest | undefined = first;
  while (next) {
    const { stream, data } = await sent(client, next, context, options);
    const page = (stream ? parseExactly(await textOf(stream)) : data) as Page;
    const after: BoxRequest | undefined = nextPage(next, plain(page));
    for (const entry of page.entries as readonly unknown[]) {
      output.event('entry', { data: entry });
      output.print(JSON.stringify(entry));
      await room(stdout, signal);
    }
    next = after;
  }
}

/** What steers paging, with numbers that JavaScript cannot hold as texts. */
function plain({ entries, ...rest }: Page): Page {
  const steering = Object.entries(rest).map(([name, value]) => [
    name,
    typeof value === 'object' && value !== null ? JSON.stringify(value) : value,
  ]);
  return { ...Object.fromEntries(steering), entries };
}

function sayRequest({ output }: CommandContext, request: BoxRequest): ExitCode {
  const { method, path, host, query = {}, headers = {}, body, contentType } = request;
  output.event('request', { method, host, path, query, headers, bytes: body?.sizeBytes ?? 0 });
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${String(value)}`);
  output.print(`${method} ${path}${pairs.length > 0 ? `?${pairs.join('&')}` : ''}   (${host})`);
  for (const [name, value] of Object.entries(headers)) output.print(`${name}: ${value}`);
  if (body) output.print(`${body.sizeBytes} bytes of ${contentType}`);
  return ExitCode.done;
}

function isJson(headers: BoxResponse['headers']): boolean {
  return /\bjson\b/i.test(headers['content-type'] ?? '');
}

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
