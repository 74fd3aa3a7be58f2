/** Files by http and https: one address each, told apart by what their servers say of them. */
import { createHash } from 'node:crypto';
import {
  type FileFacts,
  mended,
  type Source,
  spooledSource,
  streamedSource,
  TransferFailure,
} from '@boxhaul/transfer';
import type { Dispatcher } from 'undici';
import { type FarFacts, isSettledSince } from '../far-origin.ts';
import { answerMeans } from '../http-answers.ts';
import { answered, unlessSilent } from '../silence.ts';
import { fromOffset } from '../skipping.ts';
import { boxTime } from './with-times.ts';

/** How to ask; undici, which is loaded when the first URL is met. */
export interface Web {
  request(url: string, options: RequestOptions): Promise<Dispatcher.ResponseData>;
  close(): Promise<void>;
}

interface RequestOptions {
  readonly method: 'GET' | 'HEAD';
  readonly headers: Record<string, string>;
  readonly signal: AbortSignal;
}

/** So often a server may send on to another address. */
const MOST_REDIRECTIONS = 10;

/** @param env what names a proxy: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY` */
export async function openWeb(env: Readonly<Record<string, string | undefined>>): Promise<Web> {
  const { EnvHttpProxyAgent, interceptors } = await import('undici');
  const httpProxy = env.HTTP_PROXY ?? env.http_proxy;
  const httpsProxy = env.HTTPS_PROXY ?? env.https_proxy;
  const agent = new EnvHttpProxyAgent({
    ...(httpProxy && { httpProxy }),
    ...(httpsProxy && { httpsProxy }),
    noProxy: env.NO_PROXY ?? env.no_proxy ?? 'localhost,127.0.0.1,::1',
    connections: 16,
    // Of HTTP/1.1 it is seen whether anything tells where a file ends.
    allowH2: false,
    // Silence is watched where the bytes are read: what Box takes its time for is none.
    bodyTimeout: 0,
  });
  const dispatcher = agent.compose(interceptors.redirect({ maxRedirections: MOST_REDIRECTIONS }));
  return {
    request(url, options) {
      const { origin, pathname, search } = new URL(url);
      return dispatcher.request({ ...options, origin, path: pathname + search });
    },
    close: () => agent.destroy(),
  };
}

/** A file on the web. Its address may hold a password or a signature: neither is ever shown. */
export class WebFile {
  /** What it goes by: the address, without what may be secret. */
  readonly key: string;
  readonly #url: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #web: Web;

  constructor(address: string, web: Web) {
    const url = new URL(address);
    const { username, password, search } = url;
    this.#headers = {
      // Bytes are wanted as they are stored: those are what is counted and compared.
      'accept-encoding': 'identity',
      ...(username !== '' && { authorization: basic(username, password) }),
    };
    url.username = '';
    url.password = '';
    url.hash = '';
    this.#url = url.href;
    const digest = createHash('sha256').update(search).digest('hex').slice(0, 16);
    this.key = `${url.origin}${url.pathname}${search === '' ? '' : `?${digest}`}`;
    this.#web = web;
  }

  /** Undefined if it cannot be looked at, or nobody knows how long it is. */
  async facts(signal: AbortSignal): Promise<FileFacts | undefined> {
    const seen = await this.#look(signal).catch(() => undefined);
    return seen?.sizeBytes === undefined ? undefined : { ...seen, sizeBytes: seen.sizeBytes };
  }

  async open(signal: AbortSignal): Promise<Source> {
    const seen = await mended(() => this.#look(signal), { signal });
    const { sizeBytes, ...rest } = seen;
    if (sizeBytes === undefined) return this.#openUnmeasured(rest, signal);
    const facts = { ...rest, sizeBytes };
    return streamedSource(
      {
        ...facts,
        key: this.key,
        stream: (offset, until) =>
          unlessSilent((end) => this.#stream(seen.etag, offset, end), until),
        look: async (until) => (await this.#look(until)).fingerprint,
      },
      { signal },
    );
  }

  /** A server that makes it up as it goes tells its length by its end: it is fetched before it can be sent. */
  async #openUnmeasured(seen: Seen, signal: AbortSignal): Promise<Source> {
    const { fingerprint, isSettled, modifiedMs } = seen;
    const modifiedAt = modifiedMs === undefined ? undefined : boxTime(modifiedMs);
    const file = {
      key: this.key,
      fingerprint,
      isSettled,
      ...(modifiedAt !== undefined && { contentModifiedAt: modifiedAt }),
    };
    let mayBeCut = false;
    const hear = (headers: Dispatcher.ResponseData['headers']) => {
      mayBeCut = !tellsItsEnd(headers);
    };
    const bytes = () => unlessSilent((end) => this.#stream(seen.etag, 0, end, hear), signal);
    const source = await mended(() => spooledSource(file, bytes(), signal), { signal });
    return mayBeCut ? Object.assign(source, { mayBeCut, isSettled: false }) : source;
  }

  async *#stream(
    etag: string,
    offset: number,
    signal: AbortSignal,
    hear: (headers: Dispatcher.ResponseData['headers']) => void = () => undefined,
  ): AsyncGenerator<Uint8Array, void, void> {
    const headers = {
      ...(offset > 0 && { range: `bytes=${offset}-` }),
      // One that may be the same for other bytes is not for this.
      ...(isStrong(etag) && { 'if-match': etag }),
    };
    const answer = await this.#ask('GET', headers, signal);
    hear(answer.headers);
    yield* fromOffset(offset, { bytes: answer.body, contentRange: rangeOf(answer) });
  }

  #look(signal: AbortSignal): Promise<Seen> {
    return answered((end) => this.#lookUntil(end), signal);
  }

  async #lookUntil(until: AbortSignal): Promise<Seen> {
    try {
      const { headers, body } = await this.#ask('HEAD', {}, until);
      await body.dump();
      return seenIn(headers, numberIn(headers['content-length']));
    } catch (error) {
      // Some servers, and all signed addresses, answer only whoever wants the file itself.
      if (!(error instanceof TransferFailure) || error.code === 'not-found') throw error;
    }
    const { headers, body } = await this.#ask('GET', { range: 'bytes=0-0' }, until);
    // The rest of it is not wanted, and its end is no error.
    body.on('error', () => undefined).destroy();
    const [, whole] = /\/(\d+)$/.exec(String(headers['content-range'] ?? '')) ?? [];
    return seenIn(headers, numberIn(whole ?? headers['content-length']));
  }

  async #ask(
    method: 'GET' | 'HEAD',
    headers: Record<string, string>,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const asked = { method, headers: { ...this.#headers, ...headers }, signal };
    const answer = await this.#web.request(this.#url, asked).catch((error: unknown) => {
      throw isLoop(error) ? sentInCircles() : error;
    });
    const { statusCode } = answer;
    if (statusCode < 300) return answer;
    await answer.body.dump();
    throw whyNot(statusCode);
  }
}

/**
 * Whether an end that comes too soon is seen: bytes that are counted, and pieces that have a last one, show it. All
 * others end where the connection does.
 * @see https://www.rfc-editor.org/rfc/rfc9112#section-6.3
 */
function tellsItsEnd(headers: Dispatcher.ResponseData['headers']): boolean {
  const pieces = String(headers['transfer-encoding'] ?? '').toLowerCase();
  return headers['content-length'] !== undefined || pieces.endsWith('chunked');
}

/** A part that does not say which one it is is none that could be used. */
function rangeOf({ statusCode, headers }: Dispatcher.ResponseData): string | undefined {
  return statusCode === 206 ? String(headers['content-range'] ?? '') : undefined;
}

/** What a server said of a file; its length where it knows that. */
interface Seen extends Omit<FarFacts, 'sizeBytes'> {
  readonly sizeBytes?: number;
  /** Empty if there is none. */
  readonly etag: string;
}

function seenIn(headers: Dispatcher.ResponseData['headers'], sizeBytes: number | undefined): Seen {
  const etag = String(headers.etag ?? '');
  const modified = String(headers['last-modified'] ?? '');
  const modifiedMs = Date.parse(modified);
  // What came compressed all the same is another number of bytes.
  const isPlain = (headers['content-encoding'] ?? 'identity') === 'identity';
  return {
    ...(isPlain && sizeBytes !== undefined && { sizeBytes }),
    ...(!Number.isNaN(modifiedMs) && { modifiedMs }),
    fingerprint: `${sizeBytes ?? ''} ${modified} ${etag}`,
    etag,
    isSettled: isStrong(etag) || (!Number.isNaN(modifiedMs) && isSettledSince(modifiedMs)),
  };
}

/** @see https://www.rfc-editor.org/rfc/rfc9110#section-8.8.3 */
function isStrong(etag: string): boolean {
  return /^".*"$/.test(etag);
}

function numberIn(text: string | string[] | undefined): number | undefined {
  return typeof text === 'string' && /^\d+$/.test(text) ? Number(text) : undefined;
}

/** One file's password is no reason to end the others. */
function whyNot(statusCode: number): Error {
  if (statusCode === 401) {
    return new TransferFailure('no-permission', 'its server wants a password, or another one');
  }
  if (statusCode < 400) return sentInCircles();
  return answerMeans(statusCode, '', []) ?? new Error(`the server answered ${statusCode}`);
}

function sentInCircles(): TransferFailure {
  return new TransferFailure('unexpected', 'its server sends on from one address to another');
}

/** The library takes a server that sends on to the same address for a mistake of its caller. */
function isLoop(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'UND_ERR_INVALID_ARG';
}

function basic(username: string, password: string): string {
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return `Basic ${Buffer.from(pair).toString('base64')}`;
}
