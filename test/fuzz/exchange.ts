/** Calls for the fuzz, by plain HTTP: every answer is judged, and every call is written down. */
import { randomBytes } from 'node:crypto';
import { Agent, type Dispatcher, request } from 'undici';

/** Longer than any answer takes: what has not come by then never does. */
const HANG_MS = 20_000;

/** Something that the emulator must not do. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** An answer with its body read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at any member of Box's JSON
  readonly json: any;
  readonly bytes: Buffer;
}

/** What a call sends besides its method and address. */
export interface Sent {
  /** null: none at all. */
  readonly token?: string | null;
  readonly json?: unknown;
  readonly body?: string | Buffer | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Someone to call as. */
export interface Person {
  readonly name: string;
  readonly id: string;
  readonly token: string;
}

/** Keeps connections and counts calls. */
export class Exchange {
  #calls = 0;
  readonly #agent = new Agent({ headersTimeout: HANG_MS, bodyTimeout: HANG_MS, connections: 16 });
  readonly #statuses = new Map<number, number>();

  readonly #mayBeBusy: boolean;

  /** @param mayBeBusy whether an upload may meet others that delete the same contents */
  constructor({ mayBeBusy = false } = {}) {
    this.#mayBeBusy = mayBeBusy;
  }

  get calls(): number {
    return this.#calls;
  }

  /** How often each status came. */
  get statuses(): Readonly<Record<string, number>> {
    return Object.fromEntries([...this.#statuses].sort(([one], [other]) => one - other));
  }

  /**
   * Makes one call. Rejects with a {@link Finding} when no answer comes, when it is a 5xx, or an error in other
   * words than Box's.
   */
  async call(method: string, url: string, sent: Sent = {}): Promise<Answer> {
    this.#calls += 1;
    const answer = await this.#asked(method, url, sent);
    this.#statuses.set(answer.status, (this.#statuses.get(answer.status) ?? 0) + 1);
    if (this.#mayBeBusy && isBusy(answer)) return answer;
    const fault = faultOf(answer, method === 'HEAD');
    if (fault) throw new Finding(`${method} ${new URL(url).pathname}: ${fault}`);
    return answer;
  }

  async #asked(method: string, url: string, sent: Sent): Promise<Answer> {
    const { token = null, json, body, headers } = sent;
    try {
      const response = await request(url, {
        method: method as Dispatcher.HttpMethod,
        dispatcher: this.#agent,
        headers: {
          ...(token === null ? {} : { authorization: `Bearer ${token}` }),
          ...(json === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        body: json === undefined ? (body ?? null) : JSON.stringify(json),
      });
      const bytes = Buffer.from(await response.body.arrayBuffer());
      return {
        status: response.statusCode,
        headers: response.headers,
        json: jsonOf(response.headers['content-type'], bytes),
        bytes,
      };
    } catch (error) {
      throw new Finding(`${method} ${new URL(url).pathname}: no answer, ${String(error)}`, {
        cause: error,
      });
    }
  }

  close(): Promise<void> {
    return this.#agent.close();
  }
}

function jsonOf(type: unknown, bytes: Buffer): unknown {
  if (!String(type).startsWith('application/json') || bytes.length === 0) return undefined;
  return JSON.parse(bytes.toString());
}

/** The 503 that says when to come again. */
function isBusy({ status, headers, json }: Answer): boolean {
  return status === 503 && json?.code === 'unavailable' && headers['retry-after'] !== undefined;
}

/** What is wrong with an answer whatever it answers; `undefined`: nothing. */
function faultOf({ status, headers, json, bytes }: Answer, isHead: boolean): string | undefined {
  const shown = bytes.subarray(0, 300).toString();
  if (status >= 500) return `${status} ${shown}`;
  if (status < 400 || isHead) return undefined;
  if (json === undefined) {
    const isChallenge = headers['www-authenticate'] !== undefined && bytes.length === 0;
    const isPage = String(headers['content-type']).startsWith('text/html');
    return isChallenge || isPage ? undefined : `${status} without a body in Box's form: ${shown}`;
  }
  if (typeof json.error === 'string' && typeof json.error_description === 'string')
    return undefined;
  const isBoxs =
    json.type === 'error' &&
    json.status === status &&
    typeof json.code === 'string' &&
    typeof json.message === 'string' &&
    typeof json.request_id === 'string';
  return isBoxs ? undefined : `${status} in a form that is not Box's: ${shown}`;
}

/** A part of a form; one with a third member is a file of that name. */
export type FormPart = readonly [name: string, value: string | Buffer, fileName?: string];

/** A multipart form. */
export function formOf(parts: readonly FormPart[]): {
  body: Buffer;
  headers: Record<string, string>;
} {
  const boundary = randomBytes(12).toString('hex');
  const pieces = parts.flatMap(([name, value, fileName]) => {
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const head = `--${boundary}\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n`;
    return [Buffer.from(head), Buffer.from(value), Buffer.from('\r\n')];
  });
  return {
    body: Buffer.concat([...pieces, Buffer.from(`--${boundary}--\r\n`)]),
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
  };
}
