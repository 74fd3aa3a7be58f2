import type { Dispatcher } from 'undici';
import { type Address, addressOf, redirectAddress } from './address.ts';
import { type AnswerHead, decodeAnswer, refusal, serverTimeMs } from './answer.ts';
import { BoxConnectionError, BoxhaulError } from './errors.ts';
import { failureOf } from './failure.ts';
import type { ResolvedConnection } from './options.ts';
import type { ExchangeRecord } from './record.ts';
import type { AnswerStream, BoxRequest, BoxResponse, Send } from './request.ts';
import { openSource, type Source } from './source.ts';

/** An answer whose body is still to be read. */
interface Answer extends AnswerHead {
  readonly body: Dispatcher.ResponseData['body'];
  readonly address: Address;
}

/** All that a download host is sent of a request's headers: nothing that says who asks. */
const REDIRECTED_HEADERS = ['range', 'if-range', 'accept'];

const MOST_REDIRECTS = 5;

/**
 * One HTTP exchange, and those that its redirects lead to: the request as it is, its answer decoded, or handed
 * on as a stream. Neither retried, nor paced, nor signed.
 */
export function exchange(
  dispatcher: Dispatcher,
  options: ResolvedConnection,
  report: (record: ExchangeRecord) => void,
): Send {
  return async (request) => {
    const go = (sent: BoxRequest, address: Address) =>
      reported(dispatcher, options, report, sent, address);
    let answer = await go(request, addressOf(request, options.hosts));
    const follows = request.redirect !== 'answer';
    for (let hop = 0; follows && isRedirect(answer.status) && hop < MOST_REDIRECTS; hop++) {
      const next =
        request.method === 'GET' && redirectAddress(answer.headers.location, answer.address);
      if (!next) break;
      await drain(answer, options.timeouts.answerMs);
      answer = await go(redirected(request), next);
    }
    return await read(answer, request, options);
  };
}

/** Sends once and gives the head of the answer. Every try is reported, whatever became of it. */
async function reported(
  dispatcher: Dispatcher,
  options: ResolvedConnection,
  report: (record: ExchangeRecord) => void,
  request: BoxRequest,
  address: Address,
): Promise<Answer> {
  request.signal?.throwIfAborted();
  const startedMs = options.clock.now();
  const source = openSource(request);
  const record = (result: Partial<ExchangeRecord>) =>
    report({
      method: request.method,
      host: address.host,
      path: address.shown,
      durationMs: options.clock.now() - startedMs,
      sentBytes: source?.sentBytes() ?? 0,
      ...result,
    });
  try {
    const answer = await dispatched(dispatcher, options, request, address, source);
    record(recordOf(answer));
    return answer;
  } catch (error) {
    const failure = blame(error, request, address, source);
    record({ errorCode: failure instanceof BoxhaulError ? failure.code : 'aborted' });
    throw failure;
  }
}

async function dispatched(
  dispatcher: Dispatcher,
  { timeouts, userAgent }: ResolvedConnection,
  request: BoxRequest,
  address: Address,
  source: Source | undefined,
): Promise<Answer> {
  const { statusCode, headers, body } = await dispatcher.request({
    origin: address.origin,
    path: address.path,
    method: request.method,
    headers: {
      ...definedOnly(request.headers),
      'user-agent': userAgent,
      ...(source && {
        'content-type': source.contentType,
        'content-length': String(source.sizeBytes),
      }),
    },
    // Its types leave out iterables, which it takes as it takes streams, and closes when it is done with them.
    body: (source?.content ?? null) as Exclude<Dispatcher.DispatchOptions['body'], undefined>,
    signal: request.signal ?? null,
    headersTimeout: request.headersTimeoutMs ?? timeouts.headersMs,
    bodyTimeout: timeouts.bodyIdleMs,
    // Without this it would close the connection after each preflight, an OPTIONS with a body.
    reset: false,
  });
  return { status: statusCode, headers: singleValues(headers), body, address };
}

/** The answer as the request asked for it, or the error that it is. */
async function read(
  answer: Answer,
  request: BoxRequest,
  { timeouts, clock }: ResolvedConnection,
): Promise<BoxResponse> {
  const { status, headers, address } = answer;
  if (request.answer === 'stream' && (status === 200 || status === 206)) {
    return { status, headers, data: undefined, stream: streamOf(answer, request) };
  }
  const text = await textOf(answer, request, timeouts.answerMs);
  const isWanted = status === 304 || (request.redirect === 'answer' && isRedirect(status));
  if (status >= 300 && !isWanted) {
    throw refusal(answer, text, request, address, clock.now());
  }
  return { status, headers, data: decodeAnswer(text, request, address) };
}

/** The whole body. undici holds it to its `Content-Length`; an end that comes too soon is an error. */
async function textOf(
  { body, address }: Answer,
  request: BoxRequest,
  answerMs: number,
): Promise<string> {
  try {
    return await within(answerMs, body, () => body.text());
  } catch (error) {
    throw blame(error, request, address);
  }
}

/** What trickles is never silent for long, and may never end. */
async function within<T>(ms: number, body: Answer['body'], read: () => Promise<T>): Promise<T> {
  const words = `not all of it came in ${ms / 1000} s`;
  const give = () =>
    body.destroy(Object.assign(new Error(words), { code: 'UND_ERR_BODY_TIMEOUT' }));
  const timer = ms > 0 ? setTimeout(give, ms) : undefined;
  try {
    return await read();
  } finally {
    clearTimeout(timer);
  }
}

function streamOf(answer: Answer, request: BoxRequest): AnswerStream {
  const { body, address, headers } = answer;
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') {
    cancel(answer);
    throw new BoxConnectionError(
      `the contents for ${request.method} ${address.shown} came as ${encoding}, which nobody asked for`,
      {
        code: 'unexpected_answer',
        method: request.method,
        path: address.shown,
        host: address.host,
      },
    );
  }
  return {
    async *[Symbol.asyncIterator]() {
      try {
        yield* body;
      } catch (error) {
        throw blame(error, request, address);
      }
    },
    async bytes() {
      try {
        return await body.bytes();
      } catch (error) {
        throw blame(error, request, address);
      }
    },
    cancel: () => cancel(answer),
  };
}

function cancel({ body }: Answer): void {
  // Whoever cancels does not want to hear that it was cut short.
  body.on('error', () => {}).destroy();
}

/** Reads what stands behind a redirect, so that its connection can be used again. */
async function drain({ body }: Answer, answerMs: number): Promise<void> {
  await within(answerMs, body, () => body.dump({ limit: 16_384 }));
}

/** Whose failure it is: the caller's who went away, the source's that could not be read, or the network's. */
function blame(error: unknown, request: BoxRequest, address: Address, source?: Source): unknown {
  if (request.signal?.aborted) return request.signal.reason;
  const unread = source?.failure();
  return unread ? unread.error : failureOf(error, request, address);
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
}

function redirected(request: BoxRequest): BoxRequest {
  const headers = Object.fromEntries(
    REDIRECTED_HEADERS.map((name) => [name, request.headers?.[name]]),
  );
  return { ...request, headers };
}

function recordOf({ status, headers }: AnswerHead): Partial<ExchangeRecord> {
  const requestId = headers['box-request-id'];
  const serverTime = serverTimeMs(headers);
  return {
    status,
    ...(requestId !== undefined && { requestId }),
    ...(serverTime !== undefined && { serverTimeMs: serverTime }),
  };
}

function definedOnly(headers: BoxRequest['headers']): Record<string, string> {
  const defined: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) defined[name] = value;
  }
  return defined;
}

function singleValues(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  const single: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value !== undefined) single[name] = Array.isArray(value) ? value.join(', ') : value;
  }
  return single;
}
