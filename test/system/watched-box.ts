/**
 * What reaches an emulator of this process, seen from within it: each request as it begins, each answer when it has
 * been handed to the system, and the bytes of contents on their way. No proxy stands between.
 */
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** What was seen since `begin`. */
export interface Seen {
  /** How often each thing happened: `PUT /files/upload_sessions/:id begins`. */
  readonly happened: Map<string, number>;
  /** Bytes of contents, in either direction. */
  contentBytes: number;
  /** The `Content-Range` of parts that were sent, and of those that were answered with 200. */
  readonly partsSent: string[];
  readonly partsStored: string[];
  /** Files that were sent in one request, and those that were answered to be there. */
  filesSent: number;
  filesStored: number;
}

interface Message {
  request: IncomingMessage;
  response: ServerResponse;
}

const CHANNELS = { begins: 'http.server.request.start', ends: 'http.server.response.finish' };

const PART = 'PUT /files/upload_sessions/:id';
const COMMIT = 'POST /files/upload_sessions/:id/commit';
const FILE = 'POST /files/content';
const CONTENT = 'GET /d/1/:token/download';
const ARCHIVE = 'GET /zip_downloads/:id/content';

export class Watch {
  /** Upload sessions that were opened and not committed. */
  readonly sessions = new Set<string>();
  #seen = nothing();
  #onChange: (() => void) | undefined;
  readonly #begins = (message: unknown) => this.#begun(message as Message);
  readonly #ends = (message: unknown) => this.#ended(message as Message);

  constructor() {
    subscribe(CHANNELS.begins, this.#begins);
    subscribe(CHANNELS.ends, this.#ends);
  }

  /** Forgets what was seen, and sees what comes; `onChange` hears of everything. */
  begin(onChange?: (seen: Seen) => void): Seen {
    const seen = nothing();
    this.#seen = seen;
    this.#onChange = onChange && (() => onChange(seen));
    return seen;
  }

  close(): void {
    unsubscribe(CHANNELS.begins, this.#begins);
    unsubscribe(CHANNELS.ends, this.#ends);
  }

  #begun({ request, response }: Message): void {
    const operation = operationOf(request);
    if (operation === PART) this.#seen.partsSent.push(rangeOf(request));
    if (isFile(operation)) this.#seen.filesSent += 1;
    if (operation === PART || isFile(operation)) this.#countBytes(request, 'push');
    if (operation === CONTENT || operation === ARCHIVE) this.#countBytes(response, 'write');
    if (operation.endsWith('/upload_sessions')) {
      this.#onAnswer(response, 201, ({ id }) => this.sessions.add(String(id)));
    }
    if (operation === COMMIT) {
      const [id = ''] = /[0-9A-F]{32}/.exec(request.url ?? '') ?? [];
      this.#onAnswer(response, 201, () => this.sessions.delete(id));
    }
    this.#happened(`${operation} begins${isMuch(request, response) ? LARGE : ''}`);
  }

  #ended({ request, response }: Message): void {
    const operation = operationOf(request);
    if (operation === PART && response.statusCode === 200) {
      this.#seen.partsStored.push(rangeOf(request));
    }
    if (isFile(operation) && response.statusCode === 201) this.#seen.filesStored += 1;
    this.#happened(`${operation} ends${isMuch(request, response) ? LARGE : ''}`);
  }

  #happened(what: string): void {
    const { happened } = this.#seen;
    happened.set(what, (happened.get(what) ?? 0) + 1);
    this.#onChange?.();
  }

  /** Bytes go through this method of the stream, whoever reads or writes it. */
  #countBytes<Name extends string>(
    stream: Record<Name, (...args: never[]) => unknown>,
    name: Name,
  ): void {
    const pass = stream[name].bind(stream) as (...args: unknown[]) => unknown;
    const counted = (...args: unknown[]) => {
      const [chunk] = args;
      if (chunk instanceof Uint8Array) {
        this.#seen.contentBytes += chunk.byteLength;
        this.#onChange?.();
      }
      return pass(...args);
    };
    Object.assign(stream, { [name]: counted });
  }

  /** Told when an answer is there, also if nobody is left to take it. */
  #onAnswer(
    response: ServerResponse,
    status: number,
    tell: (answer: Record<string, unknown>) => void,
  ): void {
    const end = response.end.bind(response) as (...args: unknown[]) => unknown;
    const telling = (...args: unknown[]) => {
      if (response.statusCode === status) tell(JSON.parse(String(args[0])));
      return end(...args);
    };
    Object.assign(response, { end: telling });
  }
}

function isFile(operation: string): boolean {
  return operation === FILE || operation === 'POST /files/:id/content';
}

/** Whether what happened was done to a large file. */
export function isAboutLarge(what: string): boolean {
  return what.includes('/upload_sessions') || what.endsWith(LARGE);
}

const LARGE = ' of much';

/** A piece of a file was asked for, or much of it was answered. */
function isMuch({ headers }: IncomingMessage, response: ServerResponse): boolean {
  return headers.range !== undefined || Number(response.getHeader('content-length') ?? 0) > 1e6;
}

function operationOf({ method = '', url = '' }: IncomingMessage): string {
  const path = url
    .replace(/\?.*$/, '')
    .replace(/^(\/api)?\/2\.0/, '')
    .replace(/\/(\d+|[0-9A-F]{32}|(?<=zip_downloads\/)[^/]+)(?=\/|$)/g, '/:id');
  return path.startsWith('/d/:id/') ? CONTENT : `${method} ${path}`;
}

function rangeOf(request: IncomingMessage): string {
  return String(request.headers['content-range']);
}

function nothing(): Seen {
  return {
    happened: new Map(),
    contentBytes: 0,
    partsSent: [],
    partsStored: [],
    filesSent: 0,
    filesStored: 0,
  };
}
