import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { bearerToken } from '../auth/caller.ts';
import { hashToken, type Tokens } from '../auth/tokens.ts';
import type { Caller } from '../box.ts';
import { BoxError, ChallengeError } from '../box-error.ts';
import type { EmulatorClock } from '../clock.ts';
import type { ResolvedEmulatorOptions } from '../options.ts';
import { hostKindOf, plainPath } from '../request-path.ts';
import { type FaultAction, FaultBook, type RequestTraits } from './faults.ts';
import { callLimiter } from './limits.ts';
import { changeRequestByte, cutRequest } from './spoil-request.ts';
import { changeByte, sendNothing, stopWithin } from './spoil-response.ts';

/** All that can go wrong between a client and Box, on demand. */
export interface Weather {
  readonly faults: FaultBook;
  /** Asked first of all about each request: calls `done` when it may go on. */
  meet(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void;
  /** Asked once more when a JSON or form body has been read. */
  meetBody(request: FastifyRequest, reply: FastifyReply, done: (error?: Error) => void): void;
  /** Throws 429 when the caller has made too many calls. */
  limit(caller: Caller, request: FastifyRequest): void;
  /** Back to how the emulator was started. */
  reset(): void;
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The token that this request asks for shall be expired when it is handed out. */
    wantsExpiredToken: boolean;
  }
}

type Done = (error?: Error) => void;

export function openWeather(
  options: ResolvedEmulatorOptions,
  clock: EmulatorClock,
  tokens: Tokens,
): Weather {
  const faults = new FaultBook(options.seed);
  const limiter = options.limits && callLimiter(options.limits, clock);
  const reset = () => {
    faults.clear();
    for (const rule of options.faults) faults.add(rule);
    limiter?.reset();
  };
  reset();

  function meet(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    if (options.latencyMs === 0 && faults.isEmpty) {
      done();
      return;
    }
    const traits = traitsOf(request);
    const action = isOwn(traits.path) ? undefined : faults.decide(traits);
    // The request's bytes must be caught now; only then may time pass.
    const goOn = action === undefined ? done : befall(action, traits, { request, reply, done });
    if (options.latencyMs === 0 || isOwn(traits.path)) goOn();
    else setTimeout(goOn, options.latencyMs);
  }

  function meetBody(request: FastifyRequest, reply: FastifyReply, done: Done): void {
    const traits = faults.asksForBodies && isText(request.body) ? traitsOf(request) : undefined;
    const action =
      traits === undefined || isOwn(traits.path)
        ? undefined
        : faults.decideByBody(traits, textOf(request.body));
    if (traits === undefined || action === undefined) done();
    else befall(action, traits, { request, reply, done })();
  }

  /** Prepares what happens to a request, and returns what to do with it next. */
  function befall(action: FaultAction, traits: RequestTraits, exchange: Exchange): () => void {
    const { request, reply, done } = exchange;
    if ('status' in action) return () => answer(action, traits, reply, clock);
    if ('cut' in action) return cut(action, traits, exchange);
    if ('wrongBytes' in action) {
      if ((action.of ?? defaultOf(traits)) === 'request') changeRequestByte(request.raw);
      else changeByte(reply.raw);
      return done;
    }
    if ('stall' in action) {
      if (action.stall === 'before') return () => {};
      stopWithin(reply.raw, action.afterBytes, () => {});
      return done;
    }
    if ('expireToken' in action) return () => done(expireToken(request, traits));
    if ('commit202' in action) {
      return () => reply.code(202).header('retry-after', String(action.commit202)).send();
    }
    return () => setTimeout(done, action.delayMs);
  }

  function expireToken(request: FastifyRequest, traits: RequestTraits): Error | undefined {
    if (traits.host === 'oauth') {
      request.wantsExpiredToken = true;
      return undefined;
    }
    const token = bearerToken(request);
    // An eternal token cannot expire, so this request alone is refused.
    if (token !== undefined && tokens.expireAccess(hashToken(token))) return undefined;
    return new ChallengeError('invalid_token');
  }

  return {
    faults,
    meet,
    meetBody,
    limit(caller, request) {
      if (limiter === undefined) return;
      const isUpload = startsUpload(request.method, plainPath(request.url));
      const waitSeconds = limiter.take(caller.userId, isUpload);
      if (waitSeconds === 0) return;
      throw new BoxError('rate_limit_exceeded', {
        headers: { 'retry-after': String(waitSeconds) },
      });
    },
    reset,
  };
}

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  done: Done;
}

function traitsOf(request: FastifyRequest): RequestTraits {
  const path = plainPath(request.url);
  const { method, headers } = request;
  return { method, path, host: hostKindOf(method, path), headers };
}

/** The emulator's own endpoints have no weather. */
function isOwn(path: string): boolean {
  return path.startsWith('/_emulator/');
}

/** Contents of files are not looked into. */
function isText(body: unknown): boolean {
  return body !== undefined && body !== null && !(body instanceof Readable);
}

function textOf(body: unknown): string {
  if (body instanceof URLSearchParams) return body.toString();
  return typeof body === 'string' ? body : JSON.stringify(body);
}

/** Whose bytes are spoilt, if the rule does not say: those that are a file's. */
function defaultOf({ method, path }: RequestTraits): 'request' | 'response' {
  const isPart = method === 'PUT' && path.startsWith('/files/upload_sessions/');
  const isDirect = method === 'POST' && /^\/files\/(\d+\/)?content$/.test(path);
  return isPart || isDirect ? 'request' : 'response';
}

/** What Box counts as an upload: a direct one, or the beginning of a session. */
function startsUpload(method: string, path: string): boolean {
  return method === 'POST' && /^\/files\/(\d+\/)?(content|upload_sessions)$/.test(path);
}

function cut(
  action: Extract<FaultAction, { cut: unknown }>,
  traits: RequestTraits,
  { request, reply, done }: Exchange,
): () => void {
  const breakOff = () => {
    request.raw.socket.destroy();
  };
  const isRequest = (action.of ?? defaultOf(traits)) === 'request';
  switch (action.cut) {
    case 'before':
      return breakOff;
    case 'in':
      if (isRequest) cutRequest(request.raw, action.afterBytes);
      else stopWithin(reply.raw, action.afterBytes, breakOff);
      return done;
    case 'after':
      if (isRequest) sendNothing(reply.raw, breakOff);
      else reply.raw.once('finish', breakOff);
      return done;
  }
}

const USUAL_CODES: Record<number, string> = {
  400: 'bad_request',
  403: 'access_denied_insufficient_permissions',
  404: 'not_found',
  409: 'conflict',
  412: 'precondition_failed',
  429: 'rate_limit_exceeded',
  500: 'internal_server_error',
  502: 'bad_gateway',
  503: 'unavailable',
};

function answer(
  action: Extract<FaultAction, { status: number }>,
  traits: RequestTraits,
  reply: FastifyReply,
  clock: EmulatorClock,
): void {
  reply.code(action.status);
  if (action.retryAfter !== undefined) {
    const at = new Date(clock.now() + action.retryAfter * 1000);
    reply.header('retry-after', action.retryAfterDate ? at.toUTCString() : `${action.retryAfter}`);
  }
  reply.headers(action.headers ?? {});
  if (action.body !== undefined) {
    reply.send(action.body);
  } else if (action.status < 400) {
    reply.send();
  } else if (action.status === 401 && action.code === undefined) {
    reply.header('www-authenticate', new ChallengeError('invalid_token').challenge).send();
  } else {
    reply.send(errorBody(action, traits));
  }
}

function errorBody(
  { status, code, message }: Extract<FaultAction, { status: number }>,
  { host }: RequestTraits,
): Record<string, unknown> {
  const said = code ?? USUAL_CODES[status] ?? 'error';
  const words = message ?? 'The emulator was told to refuse this';
  if (host === 'oauth') return { error: said, error_description: words };
  return {
    type: 'error',
    status,
    code: said,
    help_url: 'http://developers.box.com/docs/#errors',
    message: words,
    request_id: 'fault000000000000',
  };
}
