import { randomBytes } from 'node:crypto';
import type { TestContext } from 'node:test';
import { Agent, type Dispatcher, request } from 'undici';
import { type Emulator, startEmulator } from '../emulator.ts';
import type { EmulatorOptions } from '../options.ts';

/** An answer with its body read. JSON members are unknown to the compiler, so tests index them freely. */
interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  // biome-ignore lint/suspicious/noExplicitAny: tests look at any member of Box's JSON
  json: any;
  bytes: Buffer;
}

interface CallOptions {
  json?: unknown;
  body?: Dispatcher.DispatchOptions['body'];
  headers?: Record<string, string>;
  token?: string;
}

/** Box's API by plain HTTP, for tests: no client of ours, nothing repeated, nothing followed. */
export interface BoxCalls {
  emulator: Emulator;
  call(method: string, pathOrUrl: string, options?: CallOptions): Promise<Answer>;
  get(path: string, options?: CallOptions): Promise<Answer>;
  /** Makes a folder and returns its id. */
  folder(name: string, parentId?: string): Promise<string>;
  /** Uploads a file and returns its JSON. */
  file(name: string, contents: string | Buffer, parentId?: string): Promise<Answer['json']>;
  upload(
    path: string,
    attributes: unknown,
    contents: string | Buffer,
    options?: CallOptions,
  ): Promise<Answer>;
  /** The contents of a file, by the redirect. */
  contents(fileId: string, query?: string): Promise<Buffer>;
}

/** An emulator that ends with the test, and calls to it. */
export async function boxCalls(
  test: TestContext,
  options: EmulatorOptions = {},
): Promise<BoxCalls> {
  const emulator = await startEmulator(options);
  const dispatcher = new Agent();
  test.after(async () => {
    await dispatcher.close();
    await emulator.close();
  });
  const calls: BoxCalls = {
    emulator,
    call: async (method, pathOrUrl, { json, body, headers, token = emulator.token } = {}) => {
      const url = pathOrUrl.startsWith('/') ? `${emulator.url}/2.0${pathOrUrl}` : pathOrUrl;
      const response = await request(url, {
        method: method as Dispatcher.HttpMethod,
        dispatcher,
        headers: {
          authorization: `Bearer ${token}`,
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: json === undefined ? (body ?? null) : JSON.stringify(json),
      });
      const bytes = Buffer.from(await response.body.arrayBuffer());
      const isJson = String(response.headers['content-type']).startsWith('application/json');
      return {
        status: response.statusCode,
        headers: response.headers,
        json: isJson && bytes.length > 0 ? JSON.parse(bytes.toString()) : undefined,
        bytes,
      };
    },
    get: (path, options) => calls.call('GET', path, options),
    folder: async (name, parentId = '0') => {
      const { json } = await calls.call('POST', '/folders', {
        json: { name, parent: { id: parentId } },
      });
      return json.id;
    },
    file: async (name, contents, parentId = '0') => {
      const attributes = { name, parent: { id: parentId } };
      return (await calls.upload('/files/content', attributes, contents)).json.entries[0];
    },
    upload: (path, attributes, contents, options = {}) => {
      const form = multipart([
        ['attributes', JSON.stringify(attributes)],
        ['file', contents, 'ignored.bin'],
      ]);
      return calls.call('POST', path, {
        ...options,
        body: form.body,
        headers: { ...options.headers, ...form.headers },
      });
    },
    contents: async (fileId, query = '') => {
      const { status, headers } = await calls.get(`/files/${fileId}/content${query}`);
      if (status !== 302) throw new Error(`${status} instead of a redirect`);
      return (await calls.call('GET', String(headers.location))).bytes;
    },
  };
  return calls;
}

/** A part of a form; one with a third member is a file of that name. */
export type FormPart = [name: string, value: string | Buffer, fileName?: string];

/** Writes a multipart form as the clients do that nobody here wrote. */
export function multipart(parts: readonly FormPart[]) {
  const boundary = randomBytes(12).toString('hex');
  const pieces = parts.flatMap(([name, value, fileName]) => {
    const file =
      fileName === undefined
        ? ''
        : `; filename="${fileName}"\r\nContent-Type: application/octet-stream`;
    return [
      Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`),
      Buffer.from(value),
      Buffer.from('\r\n'),
    ];
  });
  return {
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
